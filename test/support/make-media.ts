import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { runTool } from '../../src/media/run-tool.ts'

export interface VideoOptions {
  /** Length of the picture; 2 unless told. */
  seconds?: number
  width?: number
  height?: number
  rate?: number
  /** Clockwise degrees the player turns the picture: 0, 90, 180 or 270. */
  rotation?: number
  /** `tone`: 440 Hz; `quiet`: the same 40 dB lower; `silence`: digital zero; `none`: no track. `tone` unless told. */
  audio?: 'tone' | 'quiet' | 'silence' | 'none'
  /** Length of the sound, when it differs from the picture's. */
  audioSeconds?: number
  /** Seconds by which the sound begins after the picture. */
  audioDelay?: number
  /** More tracks of sound behind the first, by language. */
  moreAudio?: string[]
  /** Lengths in seconds of scenes that look different, instead of one moving test picture of `seconds`. */
  scenes?: number[]
  /** Seconds between two keyframes; cuts get none of their own. One second unless told. */
  keyframeEvery?: number
  /** ffmpeg's encoder of the picture; libx264 unless told. */
  codec?: string
  /** mp4 unless told. */
  extension?: 'mp4' | 'mkv' | 'mov' | 'ts' | 'avi'
  /** SubRip text to put in as a track. */
  subtitles?: string
}

export interface AudioOptions {
  seconds?: number
  /** `speech-like`: half-second bursts with half-second pauses. `tone` unless told. */
  sound?: 'tone' | 'quiet' | 'silence' | 'speech-like' | 'noisy-bursts'
  extension?: 'mp3' | 'wav' | 'm4a' | 'ogg' | 'flac'
  /** A still picture attached as its cover. */
  cover?: boolean
}

const sounds = {
  tone: '0.3*sin(2*PI*440*t)',
  quiet: '0.003*sin(2*PI*440*t)',
  silence: '0',
  'speech-like': '0.3*sin(2*PI*440*t)*lt(mod(t,1),0.5)',
  'noisy-bursts': '0.5*sin(2*PI*440*t)*lt(mod(t,1),0.5)+0.02*sin(2*PI*3000*t)',
}

/** Colours whose brightness differs by a fifth of the range and more from one to the next. */
const sceneColours = ['white', 'black', 'gray', 'yellow', 'navy', 'silver']

let folder: string | undefined
const made = new Map<string, Promise<string>>()

/** A folder of this test worker alone; it goes when the worker ends. */
export function mediaFolder(): string {
  if (folder === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'clipwright-test-media-'))
    process.once('exit', () => rmSync(created, { recursive: true, force: true }))
    folder = created
  }
  return folder
}

/** A tiny video, made once per worker for the same options. Don't change the file; copy it. */
export function makeVideo(options: VideoOptions = {}): Promise<string> {
  return once('video', options, options.extension ?? 'mp4', (path) => encodeVideo(path, options))
}

/** A tiny sound file, made once per worker for the same options. Don't change the file; copy it. */
export function makeAudio(options: AudioOptions = {}): Promise<string> {
  return once('audio', options, options.extension ?? 'mp3', (path) => encodeAudio(path, options))
}

/** A one-colour picture of 64×64 pixels. */
export function makePicture(extension: 'png' | 'jpg' = 'png'): Promise<string> {
  const args = ['-f', 'lavfi', '-i', 'color=teal:s=64x64', '-frames:v', '1']
  return once('picture', { extension }, extension, (path) => runFfmpeg([...args, path]))
}

function once(
  kind: string,
  options: object,
  extension: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256').update(kind).update(JSON.stringify(options)).digest('hex').slice(0, 12)
  const known = made.get(key)
  if (known) return known
  const path = join(mediaFolder(), `${kind}-${key}.${extension}`)
  const making = make(path).then(() => path)
  made.set(key, making)
  return making
}

async function encodeVideo(path: string, options: VideoOptions): Promise<void> {
  const { rate = 25, audio = 'tone', keyframeEvery = 1, codec = 'libx264', moreAudio = [], rotation = 0 } = options
  const seconds = options.scenes?.reduce((sum, each) => sum + each, 0) ?? options.seconds ?? 2
  const sound = `aevalsrc=${quoted(sounds[audio === 'none' ? 'silence' : audio])}:s=44100:d=${options.audioSeconds ?? seconds}`
  const subtitles =
    options.subtitles === undefined
      ? null
      : join(mediaFolder(), `${createHash('sha256').update(path).digest('hex')}.srt`)
  if (subtitles) await writeFile(subtitles, options.subtitles ?? '')
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', pictureOf({ ...options, seconds, rate })],
      audio === 'none'
        ? []
        : [...(options.audioDelay ? ['-itsoffset', String(options.audioDelay)] : []), '-f', 'lavfi', '-i', sound],
      subtitles ? ['-i', subtitles] : [],
      ['-map', '0:v', ...(audio === 'none' ? [] : ['-map', '1:a', ...moreAudio.flatMap(() => ['-map', '1:a'])])],
      subtitles ? ['-map', `${audio === 'none' ? 1 : 2}:s`, '-c:s', path.endsWith('.mkv') ? 'subrip' : 'mov_text'] : [],
      moreAudio.flatMap((language, i) => [`-metadata:s:a:${i + 1}`, `language=${language}`]),
      ['-c:v', codec, '-g', String(Math.max(1, Math.round(keyframeEvery * rate))), '-pix_fmt', pixelFormatFor(options)],
      codec === 'libx264' ? ['-preset', 'ultrafast', '-sc_threshold', '0', '-keyint_min', '1'] : [],
      ['-c:a', 'aac', '-b:a', '64k', path],
    ].flat(),
  )
  if (rotation !== 0) await turn(path, rotation)
}

/** H.264 halves the colour's size, which odd sizes don't allow. */
function pixelFormatFor({ width = 160, height = 90 }: VideoOptions): string {
  return width % 2 === 0 && height % 2 === 0 ? 'yuv420p' : 'yuv444p'
}

function pictureOf({
  scenes,
  seconds,
  rate,
  width = 160,
  height = 90,
}: VideoOptions & { seconds: number; rate: number }): string {
  const size = `s=${evenAbove(width)}x${evenAbove(height)}:r=${rate}`
  const isOdd = width % 2 === 1 || height % 2 === 1
  if (!scenes) return `testsrc2=${size}:d=${seconds}${isOdd ? `,format=yuv444p,crop=${width}:${height}` : ''}`
  const parts = scenes.map((length, i) => `color=${sceneColours[i % sceneColours.length]}:${size}:d=${length}[s${i}]`)
  return `${parts.join(';')};${scenes.map((_, i) => `[s${i}]`).join('')}concat=n=${scenes.length}:v=1:a=0`
}

async function encodeAudio(path: string, { seconds = 2, sound = 'tone', cover = false }: AudioOptions): Promise<void> {
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', `aevalsrc=${quoted(sounds[sound])}:s=44100:d=${seconds}`],
      cover
        ? ['-i', await makePicture(), '-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v', 'attached_pic']
        : [],
      path,
    ].flat(),
  )
}

/** The sources of ffmpeg make even sizes only. */
function evenAbove(size: number): number {
  return size + (size % 2)
}

function quoted(expression: string): string {
  return `'${expression}'`
}

/**
 * Turns the picture of an mp4 or mov by its track's matrix, as phones do. Written by hand, because every age of ffmpeg has
 * another option for it. ISO/IEC 14496-12, 8.3.2.
 */
export async function turn(path: string, degrees: number): Promise<void> {
  const bytes = await readFile(path)
  const matrix = bytes.indexOf('tkhd') + 4 + 40
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map(
    (x) => Math.round(x) * 0x10000,
  )
  for (const [i, value] of [cosine, sine, 0, -(sine ?? 0), cosine].entries())
    bytes.writeInt32BE(value ?? 0, matrix + i * 4)
  await replace(path, bytes)
}

/**
 * Writes a copy of an mp4 or mkv whose headers claim another length in seconds.
 * ISO/IEC 14496-12, 8.2.2 and 8.4.2; RFC 9559, 5.1.2.10 (Duration, a double in milliseconds).
 */
export async function claimDuration(path: string, { seconds, to }: { seconds: number; to: string }): Promise<string> {
  const bytes = await readFile(path)
  if (path.endsWith('.mkv')) {
    bytes.writeDoubleBE(seconds * 1000, bytes.indexOf(Buffer.from([0x44, 0x89, 0x88])) + 3)
  } else {
    for (const at of placesOf('mvhd', bytes)) bytes.writeUInt32BE(bytes.readUInt32BE(at + 16) * seconds, at + 20)
    for (const at of placesOf('mdhd', bytes)) bytes.writeUInt32BE(bytes.readUInt32BE(at + 16) * seconds, at + 20)
    for (const at of placesOf('tkhd', bytes)) bytes.writeUInt32BE(seconds * 1000, at + 24)
  }
  await writeFile(to, bytes)
  return to
}

function placesOf(box: string, bytes: Buffer): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(box); at >= 0; at = bytes.indexOf(box, at + 4)) places.push(at)
  return places
}

async function replace(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}

/** Runs the ffmpeg that tests use (the system's, else the one from npm) with these inputs and outputs. */
export async function runFfmpeg(args: string[]): Promise<void> {
  const { ffmpeg } = await findMediaTools({})
  await runTool({
    command: ffmpeg.path,
    env: ffmpeg.env,
    args: ['-nostdin', '-v', 'error', '-y', ...args],
    timeoutSeconds: 120,
  })
}
