import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findMediaTools } from '../../src/media/find-media-tools.ts'

const run = promisify(execFile)

export interface DecodedFrames {
  /** Raw pictures as stored (4:2:0), in the order of showing. */
  frames: Buffer[]
  /** When each is shown, seconds. */
  times: number[]
  /** What the decoder wrote. */
  complaints: string[]
}

/** Every frame of a tiny video, as an ffmpeg decodes it (the one tests use, unless told). `size`: bytes of one picture. */
export async function decodedFrames(path: string, size: number, ffmpegPath?: string): Promise<DecodedFrames> {
  const { ffmpeg } = await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {})
  const common = ['-nostdin', '-hide_banner', '-v', 'warning', '-i', path, '-map', '0:v']
  const options = { encoding: 'buffer', maxBuffer: 1e9, env: { ...process.env, ...ffmpeg.env } } as const
  const pixels = await run(ffmpeg.path, [...common, '-vsync', '0', '-f', 'rawvideo', '-'], options)
  const list = await run(ffmpeg.path, [...common, '-vsync', '0', '-copyts', '-f', 'framecrc', '-'], options)
  const text = list.stdout.toString()
  const [, over, under] = /^#tb 0: (\d+)\/(\d+)/m.exec(text) ?? []
  const times = text
    .split('\n')
    .filter((line) => line.startsWith('0,'))
    .map((line) => (Number(line.split(',')[2]) * Number(over)) / Number(under))
  // Of the option that both ages of ffmpeg know.
  const complaints = pixels.stderr
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.includes('-vsync'))
  const frames = []
  for (let at = 0; at + size <= pixels.stdout.length; at += size) frames.push(pixels.stdout.subarray(at, at + size))
  return { frames, times, complaints }
}
