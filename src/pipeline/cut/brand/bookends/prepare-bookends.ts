import type { BrandBookend } from '../../../../domain/brand.ts'
import type { MediaInfo } from '../../../../domain/media-info.ts'
import type { Media } from '../../../../media/create-media.ts'
import { type FrameRate, perSecond } from '../../graph/choose-frame-rate.ts'
import type { Timeline } from '../../graph/plan-timeline.ts'
import { type Gain, noGain } from '../../sound/audio-filters.ts'
import { measureSpanLoudness } from '../../sound/measure-span-loudness.ts'
import { headerOf } from '../files/open-picture.ts'
import type { PictureHeader } from '../files/picture-header.ts'
import type { OpenBrand } from '../open-brand.ts'

/** An intro or outro as it is played, in whole frames of the clip. */
export interface Bookend {
  path: string
  kind: BrandBookend['kind']
  fit: BrandBookend['fit']
  frameCount: number
  /** Of videos and sounds. */
  info: MediaInfo | null
  /** Of stills. */
  picture: PictureHeader | null
  gain: Gain
}

/** What plays around a clip. */
export interface Bookends {
  before: Bookend | null
  after: Bookend | null
  /** Seconds. */
  secondsBefore: number
  secondsAfter: number
  /** What the whole measures, LUFS; null for silence. */
  expectedLoudness: number | null
  /** `#RRGGBB`, behind what does not fill the picture. */
  background: string
  /** Shown where a bookend has no picture; null without a logo. */
  logo: { path: string; format: 'png' | 'jpeg' } | null
}

interface BookendsRequest {
  media: Media
  open: OpenBrand
  frameRate: FrameRate
  /** What the clip will measure, LUFS; null for silence. */
  loudness: number | null
  /** Seconds of the clip. */
  duration: number
}

/** What most platforms play at, for a bookend of a silent clip. LUFS. */
const usualLoudness = -14

/** Measures intro and outro and makes them as loud as the clip; null for a brand without either. @throws failures of ffmpeg */
export async function prepareBookends(request: BookendsRequest): Promise<Bookends | null> {
  const { intro, outro, logo } = request.open.brand
  if (!intro && !outro) return null
  const before = intro ? await prepare(intro, request) : null
  const after = outro ? await prepare(outro, request) : null
  const seconds = (bookend: Bookend | null) => (bookend?.frameCount ?? 0) / perSecond(request.frameRate)
  const own = { lufs: request.loudness, seconds: request.duration }
  const parts = [...(before ? [before.heard] : []), own, ...(after ? [after.heard] : [])]
  return {
    before,
    after,
    secondsBefore: seconds(before),
    secondsAfter: seconds(after),
    expectedLoudness: together(parts),
    background: request.open.palette.background,
    logo: logo ? { path: logo.file.path, format: (await headerOf(logo.file.path)).format } : null,
  }
}

interface Heard {
  lufs: number | null
  seconds: number
}

async function prepare(bookend: BrandBookend, { media, frameRate, loudness }: BookendsRequest) {
  const { file, kind, fit } = bookend
  const frameCount = Math.max(1, Math.round(bookend.seconds * perSecond(frameRate)))
  const its = { path: file.path, kind, fit, frameCount }
  const seconds = frameCount / perSecond(frameRate)
  if (kind === 'still') {
    return { ...its, info: null, picture: await headerOf(file.path), gain: noGain, heard: { lufs: null, seconds } }
  }
  const info = await media.probe(file.path)
  const track = info.audio[0] ?? null
  const timeline = timelineOf({ frameCount, frameRate })
  const plan = await measureSpanLoudness({ media, source: { path: file.path, info }, timeline, track })
  // A clip that could not be made as loud as wanted must not be shouted at.
  const less = plan.expected === null ? 0 : Math.min(0, (loudness ?? usualLoudness) - plan.expected)
  const gain = { ...plan.gain, decibels: Math.round(100 * (plan.gain.decibels + less)) / 100 }
  return {
    ...its,
    info,
    picture: null,
    gain,
    heard: { lufs: plan.expected === null ? null : plan.expected + less, seconds },
  }
}

/** The same with peaks lower by `decibels` and a little more. */
export function softerBookends(bookends: Bookends, decibels: number): Bookends {
  const softer = (bookend: Bookend | null): Bookend | null => {
    if (!bookend) return null
    const { gain } = bookend
    const less = decibels > 0 ? decibels + 0.5 : 0
    const limitDb = gain.limitDb === null ? null : gain.limitDb - less
    return { ...bookend, gain: { decibels: limitDb === null ? gain.decibels - less : gain.decibels, limitDb } }
  }
  return { ...bookends, before: softer(bookends.before), after: softer(bookends.after) }
}

/** A bookend as a timeline of its own: one stretch from its beginning. */
export function timelineOf({ frameCount, frameRate }: { frameCount: number; frameRate: FrameRate }): Timeline {
  const duration = frameCount / perSecond(frameRate)
  const scene = { start: 0, end: duration, kind: 'blurred-fit' as const, crop: null, reason: '' }
  const pieces = [{ firstFrame: 0, endFrame: frameCount, scene }]
  return { frameRate, frameCount, duration, stretches: [{ start: 0, frameCount, pieces }] }
}

/**
 * Loudness of parts played one after the other, by their energy. What is silent is left out by the meter's gate, except for the
 * three of its blocks that reach from sound into silence, at each border (ITU-R BS.1770-4: 400 ms, every 100 ms).
 */
export function together(parts: readonly Heard[]): number | null {
  const heard = parts.flatMap(({ lufs, seconds }) => (lufs === null ? [] : [{ lufs, seconds }]))
  const seconds = heard.reduce((sum, part) => sum + part.seconds, 0)
  if (seconds === 0) return null
  const lufs = 10 * Math.log10(heard.reduce((sum, part) => sum + part.seconds * 10 ** (part.lufs / 10), 0) / seconds)
  const borders = parts.filter((part, i) => i > 0 && (part.lufs === null) !== (parts[i - 1]?.lufs === null)).length
  const blocks = Math.max(1, Math.round((seconds - 0.4) / 0.1) + 1)
  // A quarter, a half and three quarters of a block.
  return lufs + 10 * Math.log10((blocks + 1.5 * borders) / (blocks + 3 * borders))
}
