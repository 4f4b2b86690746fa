import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runFfmpeg } from './make-media.ts'

const sentences = [
  [0.4, 3.6, 'Why do seven out of ten podcasts stop before the tenth episode?'],
  [3.9, 7.2, 'Because nobody told them that the first nine are practice!'],
  [7.6, 10.4, 'We counted every one of them last winter.'],
  [10.8, 14, 'I lost three hundred hours of tape in one night.'],
  [14.4, 17, 'And do you know what saved us?'],
  [17.3, 19.6, 'A broken script that had copied everything twice.'],
] as const

export interface Talk {
  media: string
  transcript: string
}

/**
 * A recording of 20 s in a folder: three scenes with hard cuts, a tone in bursts, and a transcript of six sentences in
 * which several moments of three to five seconds are found. `repeated` joins it to itself that many times, without
 * encoding it again: a longer recording whose transcript ends early.
 */
export async function makeTalk(folder: string, { repeated = 1 }: { repeated?: number } = {}): Promise<Talk> {
  const [once, transcript] = [join(folder, 'talk-once.mp4'), join(folder, 'talk.srt')]
  const media = join(folder, 'talk.mp4')
  await runFfmpeg([
    ...[
      '-f',
      'lavfi',
      '-i',
      `${scene('color=white', 6, 'a')};${scene('testsrc2', 7, 'b')};${scene('color=navy', 7, 'c')};[a][b][c]concat=n=3`,
    ],
    ...['-f', 'lavfi', '-i', "aevalsrc='0.3*sin(2*PI*440*t)*lt(mod(t,1),0.7)':s=44100:d=20"],
    ...'-c:v libx264 -preset ultrafast -g 50 -c:a aac -b:a 64k'.split(' '),
    once,
  ])
  await runFfmpeg(['-stream_loop', String(repeated - 1), '-i', once, '-c', 'copy', media])
  await writeFile(transcript, toSrt(sentences))
  return { media, transcript }
}

/** SubRip, as editors write it. */
export function toSrt(cues: readonly (readonly [start: number, end: number, text: string])[]): string {
  return cues.map(([start, end, text], i) => `${i + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`).join('\n')
}

/** The sentences of the talk, to change one. */
export const talkSentences: readonly (readonly [start: number, end: number, text: string])[] = sentences

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',')
}

function scene(source: string, seconds: number, label: string): string {
  const separator = source.includes('=') ? ':' : '='
  return `${source}${separator}s=640x360:r=25:d=${seconds},format=yuv420p[${label}]`
}
