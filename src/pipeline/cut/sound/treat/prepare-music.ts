import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../../../media/create-media.ts'
import { mediaInput } from '../../../../media/media-input.ts'
import { meter } from '../measure-span-loudness.ts'
import { createLoudnessReader, type Loudness } from '../parse-loudness.ts'
import { rawSound } from './treatment.ts'

interface PrepareMusicRequest {
  media: Media
  path: string
  /** Of the clip. */
  seconds: number
  /** ffmpeg's working folder. */
  folder: string
}

const [tuneFile, bedFile] = ['tune.pcm', 'music.pcm']
const sampleRate = 48_000
const bytesPerSample = 8
/** Music comes in and goes out like this; in a very short clip for a quarter of its time. Seconds. */
const [fadeIn, fadeOut] = [1, 2]
/** Where a piece of music begins again, its end and its start overlap by this much, or by a quarter of a shorter one. Seconds. */
const overlap = 2

/** Makes a bed of exactly the clip's length from a piece of music of any length, and says how loud it is. */
export async function prepareMusic({ media, path, seconds, folder }: PrepareMusicRequest): Promise<{
  fileName: string
  loudness: Loudness
}> {
  const wanted = Math.round(seconds * sampleRate)
  await media.ffmpeg({
    args: [
      mediaInput(path, ['-vn', '-sn', '-dn', '-t', (seconds + 1).toFixed(3)]),
      ['-map', '0:a:0', '-af', `aresample=${sampleRate},aformat=sample_fmts=flt:channel_layouts=stereo`],
      ['-y', ...rawSound, tuneFile],
    ].flat(),
    cwd: folder,
    duration: seconds,
  })
  const { size } = await stat(join(folder, tuneFile))
  const reader = createLoudnessReader()
  await media.ffmpegLines({
    args: [
      [...rawSound, '-i', tuneFile],
      ['-filter_complex', bedFilters({ has: Math.floor(size / bytesPerSample), wanted }), '-map', '[bed]'],
      ['-y', ...rawSound, bedFile],
    ].flat(),
    cwd: folder,
    duration: seconds,
    onLine: reader.take,
  })
  return { fileName: bedFile, loudness: reader.read() }
}

/** From `has` samples of music to `wanted` of them, softly in and out. */
export function bedFilters({ has, wanted }: { has: number; wanted: number }): string {
  const seconds = wanted / sampleRate
  const [rise, fall] = [Math.min(fadeIn, seconds / 4), Math.min(fadeOut, seconds / 4)]
  const fades = [
    `apad,atrim=end_sample=${wanted},asetpts=N/SR/TB,afade=t=in:st=0:d=${rise.toFixed(4)}`,
    `afade=t=out:st=${(seconds - fall).toFixed(4)}:d=${fall.toFixed(4)},${meter}[bed]`,
  ].join(',')
  return has >= wanted ? `[0:a]${fades}` : [...loop(has), `[looped]${fades}`].join(';')
}

/** The first time through but for its end, then again and again: end and start over each other, and the middle. */
function loop(has: number): string[] {
  const cross = Math.max(1, Math.min(overlap * sampleRate, Math.floor(has / 4)))
  const seconds = (cross / sampleRate).toFixed(6)
  const cut = (start: number, end: number) => `atrim=start_sample=${start}:end_sample=${end},asetpts=N/SR/TB`
  return [
    '[0:a]asplit=4[first][end][start][middle]',
    `[first]${cut(0, has - cross)}[once]`,
    `[end]${cut(has - cross, has)},afade=t=out:st=0:d=${seconds}:curve=qsin[goes]`,
    `[start]${cut(0, cross)},afade=t=in:st=0:d=${seconds}:curve=qsin[comes]`,
    '[goes][comes]amerge=inputs=2,pan=stereo|c0=c0+c2|c1=c1+c3,aformat=sample_fmts=flt:channel_layouts=stereo[joint]',
    `[middle]${cut(cross, has - cross)}[between]`,
    `[joint][between]concat=n=2:v=0:a=1,aloop=loop=-1:size=${has - cross}[again]`,
    '[once][again]concat=n=2:v=0:a=1[looped]',
  ]
}
