import { join } from 'node:path'
import type { Media } from '../../src/media/create-media.ts'
import { mediaInput } from '../../src/media/media-input.ts'
import type { ShareBox } from '../../src/pipeline/reframe/face-detector.ts'
import type { Speech } from '../../src/pipeline/reframe/people/who-speaks.ts'
import type { Head } from './cut-heads.ts'
import { type Actor, type Script, scriptsFor } from './head-scripts.ts'

/** A film in which it is known where every face is. */
export interface HeadFilm {
  name: string
  isReal: boolean
  path: string
  /** Seconds. */
  duration: number
  /** Where the face of whoever speaks is, in shares of the picture; null while it can't be seen. */
  speakerAt: (time: number) => ShareBox | null
  speeches: Speech[]
}

/** All films, for each pair of heads. */
export async function makeHeadFilms({
  media,
  heads,
  folder,
  size,
}: {
  media: Media
  heads: Head[]
  folder: string
  size: { width: number; height: number }
}): Promise<HeadFilm[]> {
  const films: HeadFilm[] = []
  for (const isReal of [false, true]) {
    const [one, other] = heads.filter((head) => head.isReal === isReal)
    if (!one || !other) continue
    for (const script of scriptsFor(one, other)) films.push(await shoot(script, { media, folder, size }))
  }
  return films
}

interface Shooting {
  media: Media
  folder: string
  size: { width: number; height: number }
}

async function shoot({ name, wall, seconds, actors }: Script, { media, folder, size }: Shooting): Promise<HeadFilm> {
  const isReal = actors[0]?.head.isReal ?? false
  const path = join(folder, `${isReal ? 'real' : 'drawn'}-${name.replaceAll(' ', '-')}.mp4`)
  const patches = actors.map((actor) => patchSize(actor, size))
  const chains = actors.flatMap(({ head: _head, x, y, speaks, seen = [[0, seconds]] }, i) => {
    const { width = 2, height = 2 } = patches[i] ?? {}
    const at = `x='${x.expression}*W-w/2':y='${y}*H-h/2'`
    const scaled = `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`
    const mouths = speaks ?? seen
    return [
      `[${i}:v]setpts=PTS-STARTPTS,${scaled},split[talk${i}][mute${i}]`,
      `[mute${i}]trim=end_frame=1,loop=loop=-1:size=1:start=0,fps=25,setpts=N/25/TB[still${i}]`,
      `[base${i}][still${i}]overlay=${at}:shortest=0:eof_action=repeat:enable='${during(seen)}'[mid${i}]`,
      `[mid${i}][talk${i}]overlay=${at}:eof_action=repeat:enable='(${during(mouths)})*(${during(seen)})'[base${i + 1}]`,
    ]
  })
  const wallSource = `${wall}${wall.includes('=') ? ':' : '='}s=${size.width}x${size.height}:r=25`
  const frozen = 'trim=end_frame=1,loop=loop=-1:size=1:start=0,setpts=N/25/TB'
  await media.ffmpeg({
    args: [
      ...actors.flatMap(({ head }) => mediaInput(head.path, ['-stream_loop', '-1'])),
      '-filter_complex',
      [`${wallSource},${frozen},format=yuv420p[base0]`, ...chains, `[base${actors.length}]null[film]`].join(';'),
      ...[
        '-map',
        '[film]',
        '-t',
        String(seconds),
        '-r',
        '25',
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '16',
        '-y',
        path,
      ],
    ],
  })
  return {
    name: `${isReal ? 'real' : 'drawn'}: ${name}`,
    isReal,
    path,
    duration: seconds,
    speeches: speechesOf(actors, seconds),
    speakerAt: (time) => {
      const speaker = actors.find((actor) => isIn(actor.speaks ?? actor.seen ?? [[0, seconds]], time))
      if (!speaker || !isIn(speaker.seen ?? [[0, seconds]], time)) return null
      return faceOf(speaker, time, size)
    },
  }
}

function speechesOf(actors: readonly Actor[], seconds: number): Speech[] {
  return actors
    .flatMap(({ speaks, seen, head }) =>
      (speaks ?? seen ?? [[0, seconds]]).map(([start, end]) => ({ start, end, speaker: head.name })),
    )
    .toSorted((a, b) => a.start - b.start)
}

function patchSize({ head, height }: Actor, size: { width: number; height: number }) {
  const high = Math.round((height * size.height) / 2) * 2
  return { width: Math.round((high * head.width) / head.height / 2) * 2, height: high }
}

function faceOf(actor: Actor, time: number, size: { width: number; height: number }): ShareBox {
  const patch = patchSize(actor, size)
  const [wide, high] = [patch.width / size.width, patch.height / size.height]
  const { face } = actor.head
  return {
    x: actor.x.at(time) - wide / 2 + face.x * wide,
    y: actor.y - high / 2 + face.y * high,
    width: face.width * wide,
    height: face.height * high,
  }
}

function during(spans: readonly [number, number][]): string {
  return spans.map(([start, end]) => `gte(t,${start})*lt(t,${end})`).join('+')
}

function isIn(spans: readonly (readonly [number, number])[], time: number): boolean {
  return spans.some(([start, end]) => time >= start && time < end)
}
