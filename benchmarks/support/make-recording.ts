import { execFile } from 'node:child_process'
import { access, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadSettings } from '../../src/config/load-settings.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'

const run = promisify(execFile)

interface RecordingRequest {
  folder: string
  size: { width: number; height: number }
  /** Of the picture, bit/s. */
  bitrate: number
  seconds: number
}

/** What people have: a talk or a podcast in full HD, as cameras and platforms compress it. */
export const largePicture = { size: { width: 1920, height: 1080 }, bitrate: 5_500_000 }
/** For what does not depend on the picture. */
export const smallPicture = { size: { width: 640, height: 360 }, bitrate: 400_000 }

const baseSeconds = 120
const sceneSeconds = 20

/**
 * A long H.264/AAC recording: two minutes of moving, grainy pictures with a hard cut every twenty seconds and sound with
 * the rhythm of speech, looped by stream copy to any length. Made once in a folder.
 */
export async function makeRecording({ folder, size, bitrate, seconds }: RecordingRequest): Promise<string> {
  const shape = `${size.height}p-${Math.round(bitrate / 1000)}k`
  const base = join(folder, `base-${shape}.mp4`)
  const long = join(folder, `recording-${shape}-${seconds}s.mp4`)
  if (await exists(long)) return long
  const { ffmpeg } = await findMediaTools(loadSettings())
  const make = async (path: string, args: string[]) => {
    if (await exists(path)) return
    const part = path.replace('.mp4', '.part.mp4')
    await run(ffmpeg.path, ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args, part])
    await rename(part, path)
  }
  await make(base, baseArguments({ size, bitrate }))
  const loops = String(Math.ceil(seconds / baseSeconds) - 1)
  await make(long, ['-stream_loop', loops, '-i', base, '-t', String(seconds), '-c', 'copy', '-movflags', '+faststart'])
  await rm(base.replace('.mp4', '.part.mp4'), { force: true })
  return long
}

function baseArguments({ size: { width, height }, bitrate }: Pick<RecordingRequest, 'size' | 'bitrate'>): string[] {
  const length = `d=${sceneSeconds}`
  const full = `s=${width / 2}x${height / 2}:r=30`
  const square = `s=${height / 2}x${height / 2}:r=30`
  const wide = `scale=${width}:${height},format=yuv420p`
  // A lively middle on a quiet background, as of someone who speaks: there the camera can go close.
  const person = (colour: string) =>
    `scale=${height * 0.8}:${height * 0.8},pad=${width}:${height}:(ow-iw)/2:oh-ih:${colour},format=yuv420p`
  const pictures = [
    `mandelbrot=${square}:maxiter=300:start_scale=0.6,trim=duration=${sceneSeconds},${person('0x304050')}`,
    `mandelbrot=${full}:maxiter=300:start_x=-0.75:start_y=0.1:start_scale=0.3,trim=duration=${sceneSeconds},${wide}`,
    `life=${square}:ratio=0.3:seed=7:mold=20:life_color=0xe0b090:death_color=0x604030:mold_color=0x203040,trim=duration=${sceneSeconds},${person('0x283828')}`,
    `gradients=${full}:speed=0.02:n=6:seed=3:${length},${wide}`,
    `testsrc2=${full}:${length},${wide}`,
    `mandelbrot=${square}:maxiter=300:start_x=-1.25:start_y=0.03:start_scale=0.1,trim=duration=${sceneSeconds},${person('0x483838')}`,
  ]
  const chains = pictures.map((picture, i) => `${picture},setsar=1,fps=30,noise=alls=9:allf=t:all_seed=${i + 1}[v${i}]`)
  const joined = `${pictures.map((_, i) => `[v${i}]`).join('')}concat=n=${pictures.length}:v=1:a=0[picture]`
  // Syllables four a second, a breath every four seconds, another voice every ten.
  const envelope = '(0.05+pow(max(0\\,sin(2*PI*2.1*t))\\,2))*gt(mod(t\\,4)\\,0.5)'
  const voice = `(sin(2*PI*(120+60*gt(mod(t\\,20)\\,10))*t)+0.5*sin(2*PI*700*t)+0.3*sin(2*PI*1900*t)+0.2*random(0))`
  const sound = `aevalsrc='0.16*${envelope}*${voice}':s=48000:d=${baseSeconds},aformat=channel_layouts=stereo[sound]`
  return [
    ['-filter_complex', [...chains, joined, sound].join(';'), '-map', '[picture]', '-map', '[sound]'],
    ['-t', String(baseSeconds), '-c:v', 'libx264', '-preset', 'veryfast', '-g', '150', '-pix_fmt', 'yuv420p'],
    ['-b:v', String(bitrate), '-maxrate', String(1.4 * bitrate), '-bufsize', String(2 * bitrate)],
    ['-c:a', 'aac', '-b:a', '128k'],
  ].flat()
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
