import type { CropBox } from '../../../domain/clip.ts'
import type { AudioStream, MediaInfo, VideoStream } from '../../../domain/media-info.ts'
import { dropPicture, type SoughtInput, seekInput } from '../../../media/seek-input.ts'
import { bookendFilters } from '../brand/bookends/bookend-filters.ts'
import type { Bookends } from '../brand/bookends/prepare-bookends.ts'
import { logoFilters } from '../brand/overlay/draw-logo.ts'
import type { LogoPicture } from '../brand/overlay/prepare-overlays.ts'
import { type Gain, soundFilters } from '../sound/audio-filters.ts'
import { musicArgs, type Treatment } from '../sound/treat/treatment.ts'
import { type FrameRate, perSecond } from './choose-frame-rate.ts'
import { draftEncoding, draftSize } from './draft.ts'
import { ordinaryColours } from './ordinary-colours.ts'
import { planReads, type Read } from './plan-reads.ts'
import { looksTheSame, type Timeline, type TimelinePiece } from './plan-timeline.ts'
import { sceneFilters } from './scene-filters.ts'

/**
 * Goes into memo keys. Raise it with every change of the picture or sound a clip gets: the graph, the encoder's settings,
 * the loudness rule.
 */
export const graphVersion = '2'

/** What is drawn over the picture, as names of files in ffmpeg's working folder. */
export interface BurnIn {
  /** ASS scripts, drawn in this order. */
  scripts: string[]
  /** The one of them that captions what is said; none where nothing is captioned. */
  captions?: string | undefined
  /** Folder with their fonts. */
  fonts: string
}

/** A still picture made by filters, with the recording's cover on it where it has one. */
export interface CardPicture {
  /** A filter source (ffmpeg's lavfi syntax) of any size and rate. */
  lavfiSource: string
  /** A picture file in ffmpeg's working folder, and the box it is fitted into, pixels of the clip. */
  cover: { fileName: string; box: CropBox } | null
}

export interface GraphRequest {
  source: { path: string; info: MediaInfo }
  timeline: Timeline
  /** The clip's picture, pixels. */
  output: { width: number; height: number }
  burnIn: BurnIn
  gain: Gain
  /** What is done to the sound before its gain; left out where nothing is. */
  treatment?: Treatment | undefined
  /** Which of the audio tracks; null for a silent clip. */
  track: AudioStream | null
  /** Stands in for the picture of a recording without one. */
  card: CardPicture | null
  /** A brand's logo, under all that is written. */
  logo?: LogoPicture | null
  /** What plays before and after. */
  bookends?: Bookends | null
  /** Threads of the video encoder: part of what decides the bytes. */
  threads: number
  capabilities: { filters: ReadonlySet<string> }
  /** True for a smaller picture, made faster; drawn as large as any other first, so that it looks the same. */
  draft?: boolean | undefined
  /** Name of the file to write, in ffmpeg's working folder. */
  fileName: string
}

/** Read a little more than is played: the last frame may be shown longer than to its neighbour's time. Seconds. */
const readOn = 0.5

/**
 * Arguments for one ffmpeg run that makes a clip: every read is its own fast, frame-exact seek into the recording, so that
 * hardly anything outside the clip is decoded; one decode, one filter graph, one encode. The picture becomes a constant frame rate
 * first, so that everything after it is counted in frames and does not depend on a source's jitter.
 *
 * The same request gives the same bytes: no dates, no versions in the file, threads pinned (x264's result depends on them).
 */
export function planGraph(request: GraphRequest): string[] {
  const { source, timeline, card, track, gain, treatment, fileName } = request
  const reads = planReads(timeline)
  const seeks = reads.map(({ start, frameCount }) => {
    const seconds = frameCount / perSecond(timeline.frameRate) + readOn
    return seekInput({ path: source.path, container: source.info.container, start, seconds })
  })
  // A silent card needs nothing of the recording.
  const inputs = card && !track ? [] : seeks
  const opened = [
    ...inputs.flatMap(({ args }) => args),
    ...(card?.cover ? ['-f', 'image2', '-i', card.cover.fileName] : []),
  ]
  const musicInput = inputsIn(opened)
  if (treatment?.music) opened.push(...musicArgs(treatment.music))
  const logoInput = inputsIn(opened)
  if (request.logo) opened.push('-f', 'image2', '-i', request.logo.fileName)
  const body = [
    ...pictureFilters({ ...request, logoInput }, { reads, inputs }),
    ...soundFilters({ timeline, inputs, track, gain, treatment, musicInput }),
  ]
  const around = bookendsOf(request, inputsIn(opened))
  const graph = (around ? [...body.map(asBody), ...around.chains] : body).join(';')
  return [
    opened,
    around?.inputs ?? [],
    ['-filter_complex', graph, '-map', '[picture]', '-map', '[sound]'],
    encoderArgs(request),
    [fileName],
  ].flat()
}

function inputsIn(args: readonly string[]): number {
  return args.filter((arg) => arg === '-i').length
}

function bookendsOf({ bookends, timeline, output, draft, capabilities }: GraphRequest, firstInput: number) {
  if (!bookends) return null
  const size = draft ? draftSize(output) : output
  return bookendFilters({ bookends, frameRate: timeline.frameRate, output: size, capabilities, firstInput })
}

/** With something before or after it, a clip's picture and sound are parts of others. */
function asBody(chain: string): string {
  return chain.replace(/\[picture\]$/, '[body]').replace(/\[sound\]$/, '[bodysound]')
}

/** With the number of the input that is the logo. */
type Numbered = GraphRequest & { logoInput: number }

interface Reading {
  reads: readonly Read[]
  /** One for each read; none where nothing of the recording is needed. */
  inputs: readonly SoughtInput[]
}

function pictureFilters(request: Numbered, { reads, inputs }: Reading): string[] {
  const { source, timeline, card } = request
  const { video } = source.info
  const last = lastFilters(request)
  if (card) return [...cardFilters({ request, card, coverInput: inputs.length }), `[card]${last}[picture]`]
  if (!video) throw new Error('A recording without a picture needs a card.')
  const pieces = reads.map((read, i) => readFilters({ request, read, input: i, skip: inputs[i]?.skip ?? 0, video }))
  const pads = pieces.flatMap((piece) => piece.pads)
  const joined = pads.length === 1 ? `${pads[0]}null` : `${pads.join('')}concat=n=${pads.length}:v=1:a=0`
  // Old ffmpeg guesses the length of joined pieces; every frame counts the same, so the times are simply set anew.
  const stamp = `settb=expr=${timeline.frameRate.denominator}/${timeline.frameRate.numerator},setpts=N`
  return [...pieces.flatMap((piece) => piece.chains), `${joined},${stamp},${last}[picture]`]
}

interface CardRequest {
  request: GraphRequest
  card: CardPicture
  /** Number of the input with the cover. */
  coverInput: number
}

function cardFilters({ request: { timeline, output }, card, coverInput }: CardRequest): string[] {
  const rate = rateOf(timeline.frameRate)
  const length = `fps=fps=${rate},trim=end_frame=${timeline.frameCount},setpts=N/(${rate})/TB`
  const back = `${card.lavfiSource},${length},scale=${output.width}:${output.height},setsar=1,format=yuv420p`
  if (!card.cover) return [`${back}[card]`]
  const { x, y, width, height } = card.cover.box
  const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=lanczos,setsar=1,format=yuv420p`
  return [
    `${back}[back]`,
    `[${coverInput}:v]${fitted}[cover]`,
    `[back][cover]overlay=x=${x}+(${width}-w)/2:y=${y}+(${height}-h)/2,format=yuv420p[card]`,
  ]
}

interface ReadRequest {
  request: GraphRequest
  read: Read
  input: number
  /** Seconds of the input that come before the read. */
  skip: number
  video: VideoStream
}

function readFilters(readRequest: ReadRequest): { chains: string[]; pads: string[] } {
  const { request, read, input, video } = readRequest
  const { output, timeline } = request
  const shots = shotsOf(read)
  const names = shots.map((_, j) => `s${input}p${j}`)
  const start = `[${input}:${video.streamIndex}]${sourceFilters(readRequest)}`
  const split = shots.length === 1 ? 'null' : `split=${shots.length}`
  const cut = shots.map((shot, j) => {
    const name = names[j] ?? ''
    const startsAt = read.start + (shot.windows[0]?.firstFrame ?? 0) / perSecond(timeline.frameRate)
    const keep = keepFilters(shot, { read, rate: rateOf(timeline.frameRate) })
    return `[${name}in]${keep},${sceneFilters({ scene: shot.scene, source: video, output, name, startsAt })}[${name}]`
  })
  return {
    chains: [`${start},${split}${names.map((name) => `[${name}in]`).join('')}`, ...cut],
    pads: names.map((name) => `[${name}]`),
  }
}

/** Frames of a read, with or without holes between them, that are framed the same way: one chain of filters. */
interface Shot {
  scene: TimelinePiece['scene']
  windows: { firstFrame: number; endFrame: number }[]
}

function shotsOf({ stretches }: Read): Shot[] {
  const shots: Shot[] = []
  for (const { stretch, firstFrame } of stretches) {
    for (const piece of stretch.pieces) {
      const window = { firstFrame: firstFrame + piece.firstFrame, endFrame: firstFrame + piece.endFrame }
      const shot = shots.at(-1)
      if (shot && looksTheSame(shot.scene, piece.scene)) shot.windows.push(window)
      else shots.push({ scene: piece.scene, windows: [window] })
    }
  }
  return shots
}

function keepFilters({ windows }: Shot, { read, rate }: { read: Read; rate: string }): string {
  const [first, ...others] = windows
  if (!first || others.length > 0) {
    const kept = windows.map(({ firstFrame, endFrame }) => `between(n,${firstFrame},${endFrame - 1})`).join('+')
    return `select='${kept}',setpts=N/(${rate})/TB`
  }
  const { firstFrame, endFrame } = first
  if (firstFrame === 0 && endFrame === read.frameCount) return 'null'
  return `trim=start_frame=${firstFrame}:end_frame=${endFrame},setpts=PTS-STARTPTS`
}

/**
 * From what is stored to upright, square pixels at a constant rate, for exactly as many frames as are played; ffmpeg has
 * turned rotated pictures already. The picture may end before the sound: its last frame then stays.
 */
function sourceFilters({ request, read, video, input, skip }: ReadRequest): string {
  const { timeline, capabilities } = request
  const rate = rateOf(timeline.frameRate)
  const deinterlacer = capabilities.filters.has('bwdif') ? 'bwdif' : 'yadif'
  const steady = [
    ...dropPicture(skip),
    ...(video.interlaced ? [`${deinterlacer}=mode=0:parity=-1:deint=0`] : []),
    `fps=fps=${rate}:start_time=0`,
  ].join(',')
  const upright = `scale=${video.width}:${video.height}:flags=bicubic,setsar=1,format=yuv420p`
  const played = `trim=end_frame=${read.frameCount}`
  if (capabilities.filters.has('tpad')) {
    const seconds = (read.frameCount / perSecond(timeline.frameRate)).toFixed(3)
    return `${steady},tpad=stop_mode=clone:stop_duration=${seconds},${played},${upright}`
  }
  // Builds from 2018 do not know `tpad`; laid over black that lasts long enough, the last frame is repeated as well.
  const black = `color=c=black:s=${video.width}x${video.height}:r=${rate},${played},setsar=1,format=yuv420p`
  return `${steady},${upright}[s${input}seen];${black}[s${input}black];[s${input}black][s${input}seen]overlay=eof_action=repeat,format=yuv420p`
}

/** On the finished picture: ordinary colours, then what is drawn over it. */
function lastFilters({ source, burnIn, output, draft, logo, logoInput, capabilities }: Numbered): string {
  const small = draftSize(output)
  return [
    ...ordinaryColours(source.info.video, capabilities.filters),
    ...(logo ? [logoFilters({ ...logo, input: logoInput })] : []),
    ...burnIn.scripts.map((script) => `ass=${script}:fontsdir=${burnIn.fonts}`),
    ...(draft ? [`scale=${small.width}:${small.height}:flags=fast_bilinear`] : []),
    'format=yuv420p',
  ].join(',')
}

/**
 * Crf 20 at `veryfast` looks the same as the source on a phone; a keyframe every 2 s lets players and editors seek.
 * 160 kbit/s AAC is transparent for speech.
 */
function encoderArgs({ timeline, threads, draft }: GraphRequest): string[] {
  const group = Math.round(2 * perSecond(timeline.frameRate))
  return [
    ['-c:v', 'libx264', ...(draft ? draftEncoding : ['-preset', 'veryfast', '-crf', '20'])],
    ['-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    // A `fps` filter at the end of the graph would do the same, but loses the last frame in builds from 2018.
    ['-r', rateOf(timeline.frameRate), '-g', String(group), '-threads', String(threads)],
    // Threads that each take a slice of one picture give the same bytes every time; threads that each take a picture do
    // not (x264 164, the same 81 frames 16 times on a busy machine: 3 results, against 1). It costs 0.5 % of size.
    ['-x264-params', 'sliced-threads=1'],
    ['-c:a', 'aac', '-b:a', '160k'],
    ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart'],
    ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4'],
  ].flat()
}

function rateOf({ numerator, denominator }: FrameRate): string {
  return `${numerator}/${denominator}`
}
