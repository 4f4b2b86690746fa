import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { mediaFolder, runFfmpeg } from './make-media.ts'

export interface CodedVideo {
  extension?: 'mp4' | 'mkv' | 'ts' | 'mov'
  /** 6 unless told. */
  seconds?: number
  /** ffmpeg's way to write it; 25 unless told. */
  rate?: string
  /** Parameters of x264, e.g. `bframes=3:open-gop=1`; a keyframe every second unless told. */
  x264?: string
  size?: string
  /** Further options of the output. */
  options?: string[]
}

/** A tiny H.264 video in which no two frames look the same, with beeps; coded as told. Made once per worker; don't change it. */
export async function makeCodedVideo(options: CodedVideo = {}): Promise<string> {
  const { extension = 'mp4', seconds = 6, rate = '25', size = '160x90', x264 = '', options: more = [] } = options
  const name = [seconds, rate, size, x264, ...more].join('-').replace(/[^\w.]+/g, '_')
  const path = join(mediaFolder(), `coded-${name}.${extension}`)
  if (existsSync(path)) return path
  const sound = "aevalsrc='0.3*sin(2*PI*(300+100*floor(t))*t)*lt(mod(t,1),0.1)':s=48000"
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds},noise=alls=8:allf=t`],
      ['-f', 'lavfi', '-i', `${sound}:d=${seconds}`, '-map', '0:v', '-map', '1:a', '-pix_fmt', 'yuv420p'],
      ['-c:v', 'libx264', '-preset', 'veryfast', '-g', String(Math.round(perSecond(rate)))],
      ['-x264-params', ['scenecut=0', x264].filter(Boolean).join(':'), '-c:a', 'aac', ...more, path],
    ].flat(),
  )
  return path
}

function perSecond(rate: string): number {
  const [over = 25, under = 1] = rate.split('/').map(Number)
  return over / under
}
