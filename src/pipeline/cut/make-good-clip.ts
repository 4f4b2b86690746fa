import type { AudioStream, MediaInfo } from '../../domain/media-info.ts'
import type { Progress } from '../../domain/run.ts'
import type { Media } from '../../media/create-media.ts'
import { type Bookends, softerBookends } from './brand/bookends/prepare-bookends.ts'
import { ClipFailedQuality } from './cut-errors.ts'
import { type FindFaces, withoutFaceCrops } from './gate/check-faces.ts'
import type { ClipInspection } from './gate/inspect-clip.ts'
import { checkQuality } from './gate/quality-gate.ts'
import { failuresOf, type QualityCheck } from './gate/quality-report.ts'
import { draftSize } from './graph/draft.ts'
import { planGraph } from './graph/plan-graph.ts'
import type { Timeline } from './graph/plan-timeline.ts'
import type { PreparedPictures } from './prepare-pictures.ts'
import { defaultLimit, type LoudnessPlan, measureSpanLoudness } from './sound/measure-span-loudness.ts'

export interface MakeRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  timeline: Timeline
  output: { width: number; height: number }
  track: AudioStream | null
  pictures: PreparedPictures
  /** Writes what is drawn over the picture once more, where it was not to be seen. */
  prepareAgain?: (() => Promise<PreparedPictures>) | undefined
  loudness: LoudnessPlan
  bookends?: Bookends | null
  threads: number
  draft?: boolean | undefined
  folder: string
  /** Of the clip, in that folder. */
  fileName: string
  findFaces?: FindFaces | null
  onProgress: ((progress: Progress) => void) | undefined
}

export interface GoodClip {
  checks: QualityCheck[]
  inspection: ClipInspection
  loudness: LoudnessPlan
  /** True when the first one was not good. */
  repaired: boolean
}

/**
 * Makes a clip and checks it; when it is not good, makes it once more with what was learned.
 * @throws ClipFailedQuality when the second one is not good either
 */
export async function makeGoodClip(request: MakeRequest): Promise<GoodClip> {
  const { loudness } = request
  const first = await makeAndCheck(request)
  if (failuresOf(first.checks).length === 0) return { ...first, loudness, repaired: false }
  const mended = await mendLoudness(request, first)
  const facesFailed = failuresOf(first.checks).some(({ name }) => name === 'faces')
  const timeline = facesFailed ? withoutFaceCrops(request.timeline) : request.timeline
  const bookends = mendBookends(request, first)
  const captionsFailed = failuresOf(first.checks).some(({ name }) => name === 'captions')
  const pictures = (captionsFailed && (await request.prepareAgain?.())) || request.pictures
  const second = await makeAndCheck({ ...request, timeline, loudness: mended, bookends, pictures })
  const failures = failuresOf(second.checks)
  if (failures.length > 0) throw new ClipFailedQuality(failures)
  return { ...second, loudness: mended, repaired: true }
}

async function makeAndCheck(request: MakeRequest): Promise<Pick<GoodClip, 'checks' | 'inspection'>> {
  const { media, source, timeline, output, track, pictures, loudness, threads, draft, folder, fileName, onProgress } =
    request
  const { burnIn, card, logo } = pictures
  const { bookends = null } = request
  const around = { before: bookends?.secondsBefore ?? 0, after: bookends?.secondsAfter ?? 0 }
  const { capabilities } = media.tools
  const { gain, treatment } = loudness
  const look = { source, timeline, output, burnIn, card, logo, bookends, draft }
  const graph = { ...look, gain, treatment, track, threads, capabilities, fileName }
  await media.ffmpeg({
    args: ['-y', ...planGraph(graph)],
    cwd: folder,
    duration: around.before + timeline.duration + around.after,
    onProgress: ({ fraction }) => onProgress?.({ fraction: 0.03 + 0.87 * fraction, message: 'rendering' }),
  })
  onProgress?.({ fraction: 0.9, message: 'checking the clip' })
  return checkQuality({
    media,
    source,
    timeline,
    output,
    fileSize: draft ? draftSize(output) : output,
    folder,
    fileName,
    ...pictures,
    around,
    expectedLoudness: bookends ? bookends.expectedLoudness : loudness.expected,
    findFaces: request.findFaces ?? null,
  })
}

/**
 * What the encoder added to the peaks is taken off the limiter's ceiling, and the sound measured again. Where sound was not
 * the trouble the same is made once more: a hiccup of disk or memory does not come twice.
 */
async function mendLoudness(request: MakeRequest, { checks, inspection }: Pick<GoodClip, 'checks' | 'inspection'>) {
  const { media, source, timeline, track, loudness, folder } = request
  const { treatment } = loudness
  if (!soundFailed(checks)) return loudness
  const over = overPeak(inspection)
  return measureSpanLoudness({ media, source, timeline, track, treatment, folder, limitDb: defaultLimit - over - 0.5 })
}

/** Peaks may also be those of an intro or outro. */
function mendBookends({ bookends }: MakeRequest, { checks, inspection }: Pick<GoodClip, 'checks' | 'inspection'>) {
  return bookends && soundFailed(checks) ? softerBookends(bookends, overPeak(inspection)) : (bookends ?? null)
}

function soundFailed(checks: readonly QualityCheck[]): boolean {
  return failuresOf(checks).some(({ name }) => name === 'loudness' || name === 'true-peak')
}

/** By how much the peaks are higher than is good, dB. */
function overPeak({ loudness }: ClipInspection): number {
  return Math.max(0, (loudness.truePeak ?? 0) + 1)
}
