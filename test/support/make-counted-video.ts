import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { mediaFolder, runFfmpeg } from './make-media.ts'

export interface CountedVideo {
  extension: 'mp4' | 'mkv' | 'ts' | 'mpg' | 'h264'
  /** 12 unless told. */
  seconds?: number
  /** `beeps`: 0.1 s at the start of every second; `halves`: a tone, 20 dB softer from second 6 on. `beeps` unless told; h264 has none. */
  sound?: 'beeps' | 'halves'
  /** Seconds by which the picture begins after the sound. */
  pictureDelay?: number
}

const width = 64
const height = 36
const sounds = {
  beeps: '0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)',
  halves: 'sin(2*PI*1000*t)*(0.2*lt(t,6)+0.02*gte(t,6))',
}

/** A tiny video whose gray tells the second (by `secondOf`), with keyframes 4 s apart. Made once per worker; don't change it. */
export async function makeCountedVideo(options: CountedVideo): Promise<string> {
  const { extension, seconds = 12, sound = 'beeps', pictureDelay = 0 } = options
  const path = join(mediaFolder(), `counted-${seconds}-${sound}-${pictureDelay}.${extension}`)
  if (existsSync(path)) return path
  const picture = `color=black:s=${width}x${height}:r=25:d=${seconds},geq=lum='16+${step(seconds)}*floor(T)':cb=128:cr=128`
  await runFfmpeg(
    [
      ['-itsoffset', String(pictureDelay), '-f', 'lavfi', '-i', picture],
      ['-f', 'lavfi', '-i', `aevalsrc='${sounds[sound]}':s=48000:d=${seconds + pictureDelay}`],
      ['-map', '0:v', ...(extension === 'h264' ? [] : ['-map', '1:a']), '-pix_fmt', 'yuv420p', '-g', '100'],
      // Pictures this small share packets in MPEG-PS; reordered ones would then get wrong times after a seek.
      extension === 'mpg'
        ? ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '0', '-sc_threshold', '1000000000', '-c:a', 'mp2']
        : ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-sc_threshold', '0', '-c:a', 'aac'],
      [path],
    ].flat(),
  )
  return path
}

/** Which second of such a video of that length a gray of it shows. */
export function secondOf(gray: number, seconds = 12): number {
  return Math.round((gray * 219) / 255 / step(seconds))
}

/** Steps of luma from one second to the next. */
function step(seconds: number): number {
  return Math.floor(216 / seconds)
}
