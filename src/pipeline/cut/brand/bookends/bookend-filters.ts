import type { MediaInfo } from '../../../../domain/media-info.ts'
import { mediaInput } from '../../../../media/media-input.ts'
import { cardBackground } from '../../card/card-background.ts'
import { type FrameRate, perSecond } from '../../graph/choose-frame-rate.ts'
import { sceneFilters } from '../../graph/scene-filters.ts'
import { soundFilters } from '../../sound/audio-filters.ts'
import { pictureInput } from '../files/open-picture.ts'
import { scaledLogo } from '../overlay/draw-logo.ts'
import { type Bookend, type Bookends, timelineOf } from './prepare-bookends.ts'

interface Size {
  width: number
  height: number
}

interface BookendsRequest {
  bookends: Bookends
  frameRate: FrameRate
  output: Size
  capabilities: { filters: ReadonlySet<string> }
  /** Number of the first input that is free. */
  firstInput: number
}

export interface BookendPlan {
  /** Inputs for ffmpeg, in order. */
  inputs: string[]
  /** Chains from `[body]` and `[bodysound]` to `[picture]` and `[sound]`. */
  chains: string[]
}

/** Puts intro and outro around a clip inside its own graph: everything is still decoded once and encoded once. */
export function bookendFilters(request: BookendsRequest): BookendPlan {
  const { bookends, frameRate } = request
  const inputs: string[] = []
  const chains: string[] = []
  let next = request.firstInput
  const plan = (bookend: Bookend | null, name: string): string[] => {
    if (!bookend) return []
    const its = planBookend({ ...request, bookend, name, input: next })
    next += its.inputs.length
    inputs.push(...its.inputs.flat())
    chains.push(...its.chains)
    return [name]
  }
  const names = [...plan(bookends.before, 'intro'), 'body', ...plan(bookends.after, 'outro')]
  const stamp = `settb=expr=${frameRate.denominator}/${frameRate.numerator},setpts=N`
  const join = (kind: string) => `concat=n=${names.length}:${kind}`
  const pictures = names.map((name) => `[${name}]`).join('')
  const sounds = names.map((name) => `[${name}sound]`).join('')
  chains.push(`${pictures}${join('v=1:a=0')},${stamp},format=yuv420p[picture]`, `${sounds}${join('v=0:a=1')}[sound]`)
  return { inputs, chains }
}

interface OneRequest extends BookendsRequest {
  bookend: Bookend
  name: string
  input: number
}

function planBookend(request: OneRequest): { inputs: string[][]; chains: string[] } {
  const { bookend, bookends, name, input, frameRate, output } = request
  const { path, kind, frameCount, info, gain, picture: still } = bookend
  const seconds = frameCount / perSecond(frameRate) + 0.5
  const own = still ? pictureInput({ path, format: still.format }) : mediaInput(path, ['-t', seconds.toFixed(3)])
  const standIn = kind === 'sound' && bookends.logo ? [pictureInput(bookends.logo)] : []
  const timeline = timelineOf({ frameCount, frameRate })
  const track = info?.audio[0] ?? null
  // Its own sound, by the filters of every clip's sound, under names of its own.
  const sound = soundFilters({ timeline, inputs: [{ skip: 0 }], track, gain }).map((chain) =>
    chain.replaceAll('[0:', `[${input}:`).replaceAll('[sound', `[${name}sound`),
  )
  const picture = info?.video
    ? videoChain(request, info.video)
    : still
      ? stillChain(request, still)
      : backgroundChain({ ...request, logoInput: standIn.length > 0 ? input + 1 : null })
  return { inputs: [own, ...standIn], chains: [`${picture},${sizeOf(output)}[${name}]`, ...sound] }
}

function videoChain(request: OneRequest, video: NonNullable<MediaInfo['video']>): string {
  const { bookend, name, input, frameRate, output, capabilities } = request
  const rate = rateOf(frameRate)
  const deinterlacer = capabilities.filters.has('bwdif') ? 'bwdif' : 'yadif'
  const steady = [
    ...(video.interlaced ? [`${deinterlacer}=mode=0:parity=-1:deint=0`] : []),
    `fps=fps=${rate}:start_time=0,trim=end_frame=${bookend.frameCount}`,
    `scale=${video.width}:${video.height}:flags=bicubic,setsar=1,format=yuv420p`,
  ].join(',')
  // Its picture may end before its sound: the last one then stays. (`tpad` is not in builds from 2018.)
  const black = `color=c=black:s=${video.width}x${video.height}:r=${rate},trim=end_frame=${bookend.frameCount},setsar=1,format=yuv420p[${name}black]`
  const whole = `[${name}black][${name}seen]overlay=eof_action=repeat,format=yuv420p`
  return `[${input}:${video.streamIndex}]${steady}[${name}seen];${black};${whole},${fitFilters(request, video, output)}`
}

function stillChain(request: OneRequest, picture: Size): string {
  const { bookends, output, name, input, bookend, frameRate } = request
  const rate = rateOf(frameRate)
  const size = atMost(picture, 2 * Math.max(output.width, output.height))
  const art = `[${input}:v]${scaledLogo(`${size.width}:${size.height}`)},format=rgba[${name}art]`
  // Transparent parts show the background.
  const ground = `color=c=${hex(bookends.background)}:s=${size.width}x${size.height},trim=end_frame=1,format=rgba[${name}ground]`
  const whole = `[${name}ground][${name}art]overlay=format=rgb,setsar=1,format=yuv420p`
  const held = `loop=loop=-1:size=1,fps=fps=${rate},trim=end_frame=${bookend.frameCount},setpts=N/(${rate})/TB`
  return `${art};${ground};${whole},${fitFilters(request, size, output)},${held}`
}

interface BackgroundRequest extends OneRequest {
  logoInput: number | null
}

/** For a sound without a picture: the logo in the middle of the background. */
function backgroundChain({ bookend, bookends, name, output, frameRate, logoInput }: BackgroundRequest): string {
  const rate = rateOf(frameRate)
  const length = `fps=fps=${rate},trim=end_frame=${bookend.frameCount},setpts=N/(${rate})/TB`
  const ground = `${cardBackground(output, perSecond(frameRate), bookends.background)},${length}`
  if (logoInput === null) return ground
  const side = Math.round(0.5 * Math.min(output.width, output.height))
  const logo = `[${logoInput}:v]${scaledLogo(`${side}:${side}:force_original_aspect_ratio=decrease`)},format=yuva420p`
  return `${ground}[${name}ground];${logo}[${name}logo];[${name}ground][${name}logo]overlay=x=(W-w)/2:y=(H-h)/2`
}

function fitFilters({ bookend, bookends, name }: OneRequest, source: Size, output: Size): string {
  if (bookend.fit === 'crop') return coverFilters(output)
  if (bookend.fit === 'colour') return paddedFilters(output, bookends.background)
  const scene = { start: 0, end: 0, kind: 'blurred-fit' as const, crop: null, reason: '' }
  const sameShape = Math.abs(source.width / source.height - output.width / output.height) < 0.01
  return sameShape ? coverFilters(output) : sceneFilters({ scene, source, output, name: `${name}fit`, startsAt: 0 })
}

function coverFilters({ width, height }: Size): string {
  return `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bicubic,crop=${width}:${height},setsar=1`
}

function paddedFilters({ width, height }: Size, colour: string): string {
  const inside = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=bicubic`
  return `${inside},pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=${hex(colour)},setsar=1`
}

function sizeOf({ width, height }: Size): string {
  return `scale=${width}:${height},setsar=1,format=yuv420p`
}

function rateOf({ numerator, denominator }: FrameRate): string {
  return `${numerator}/${denominator}`
}

function hex(colour: string): string {
  return `0x${colour.slice(1)}`
}

/** The same shape with sides no longer than `most`, in even pixels. */
function atMost({ width, height }: Size, most: number): Size {
  const factor = Math.min(1, most / Math.max(width, height))
  const side = (pixels: number) => Math.max(2, 2 * Math.round((pixels * factor) / 2))
  return { width: side(width), height: side(height) }
}
