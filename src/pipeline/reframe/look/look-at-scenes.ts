import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { type FaceDetector, mostFaces } from '../face-detector.ts'
import { appearanceOf } from '../people/appearance.ts'
import { createFaceTracker, type FaceTrack, type Look } from '../people/track-faces.ts'
import { type BlackBorder, createBarFinder } from './black-bars.ts'
import { createJumpFinder, differenceOf } from './find-jumps.ts'
import { createPictureMeasurer, type PictureMeasures } from './measure-picture.ts'
import { type Sample, sampleRate } from './sample-pictures.ts'

/** What was seen in one scene. */
export interface SceneSight {
  /** Seconds of the recording. */
  scene: TimeRange
  faces: FaceTrack[]
  picture: PictureMeasures
  /** What is black round it; null when all of it is, or nothing was seen. */
  border: BlackBorder | null
}

/** Samples between two looks, and where looks bring nothing new: the detector is what costs, and a face that sits is followed well. */
const oftenest = sampleRate
const seldomest = 2 * sampleRate
/** Mean steps of gray since the last look from which on something happens that only a look can tell; a talking head makes one or two. */
const muchChanged = 5

/** A shorter scene is a flash or a false alarm: a camera that jumps for it looks broken. Seconds. */
const shortestScene = 0.4
/**
 * Farthest a cut can lie before the keyframe that shows it, in seconds. Encoders put keyframes at cuts or every 2 to 10 s
 * (x264's default is 250 frames).
 */
const keyframeDistance = 10
/** Seconds: a sample's picture may be that of the frame before or after. */
const frame = 0.05
/** A keyframe's time and a frame's time of one and the same cut may differ by this much. */
const slack = 0.5

interface LookRequest {
  /** The span, seconds of the recording. */
  range: TimeRange
  samples: AsyncIterable<Sample>
  /**
   * Where scenes begin as found from the recording's keyframes: late by up to a keyframe's distance. They count where no cut is seen before
   * them: dissolves and fast pans.
   */
  borders: readonly number[]
  /** Looks at every frame of a stretch and answers with the times of the hard cuts in it, seconds of the recording. */
  findCuts: (range: TimeRange) => Promise<readonly number[]>
  detector: FaceDetector
  signal: AbortSignal
  onSample?: ((time: number) => void) | undefined
}

/**
 * Looks at a span sample by sample, finding its scenes on the way: where the picture jumps from one sample to the next, the frames between
 * are looked at. Only the samples since the last look are kept. Answers with one sight a scene, in order, without gaps.
 */
export async function lookAtScenes(request: LookRequest): Promise<SceneSight[]> {
  const { range, samples, signal, onSample } = request
  const sights: SceneSight[] = []
  const isJump = createJumpFinder()
  let open = openScene(range.start)
  let before: Sample | null = null
  for await (const sample of samples) {
    signal.throwIfAborted()
    onSample?.(sample.time)
    const jumps = isJump(sample)
    const border = before && (await borderBetween(before, sample, { request, jumps, start: open.start }))
    if (border !== null && border > range.start && border < range.end) {
      await closeScene(open, border, { request, sights })
      open = openScene(border)
    }
    await take(open, sample, request)
    before = sample
  }
  await closeScene(open, range.end, { request, sights })
  return sights
}

interface BorderRequest {
  request: LookRequest
  jumps: boolean
  /** Of the scene that is open. */
  start: number
}

/** When a scene begins between two samples; null when none does. */
async function borderBetween(
  before: Sample,
  now: Sample,
  { request, jumps, start }: BorderRequest,
): Promise<number | null> {
  if (jumps) {
    const cuts = await request.findCuts({ start: before.time - frame, end: now.time + frame })
    const cut = cuts.find((time) => time > start)
    if (cut !== undefined) return roundToMs(cut)
  }
  const border = request.borders.find((time) => time > before.time && time <= now.time)
  // The cut that this keyframe shows was seen already, or will be at once.
  return border === undefined || border - start < keyframeDistance + slack ? null : roundToMs(border)
}

interface OpenScene {
  start: number
  tracker: ReturnType<typeof createFaceTracker>
  measurer: ReturnType<typeof createPictureMeasurer>
  bars: ReturnType<typeof createBarFinder>
  /** Samples from one look to the next, as things are. */
  every: number
  /** Since the last look. */
  waiting: Sample[]
  looks: number
  last: Look | null
}

function openScene(start: number): OpenScene {
  const [tracker, measurer, bars] = [createFaceTracker(), createPictureMeasurer(), createBarFinder()]
  return { start, tracker, measurer, bars, every: oftenest, waiting: [], looks: 0, last: null }
}

async function closeScene(
  open: OpenScene,
  end: number,
  { request, sights }: { request: LookRequest; sights: SceneSight[] },
): Promise<void> {
  const last = sights.at(-1)
  if (last && end - open.start < shortestScene) {
    sights[sights.length - 1] = { ...last, scene: { start: last.scene.start, end } }
    return
  }
  await lookAtLast(open, request)
  sights.push({
    scene: { start: open.start, end },
    faces: open.tracker.tracks(),
    picture: open.measurer.measures(),
    border: open.bars.found(),
  })
}

async function take(open: OpenScene, sample: Sample, request: LookRequest): Promise<void> {
  open.waiting.push(sample)
  if (open.looks === 0 || isDue(open, sample)) await lookAtLast(open, request)
}

/** At whole seconds of the recording, so that spans that overlap look at the same pictures. */
function isDue({ waiting, every, last }: OpenScene, sample: Sample): boolean {
  const eighths = Math.round(sample.time * sampleRate)
  if (waiting.length >= every || (eighths % every === 0 && waiting.length >= every / 2)) return true
  if (eighths % oftenest !== 0 || waiting.length < oftenest / 2) return false
  return last !== null && differenceOf(last.sample, sample) >= muchChanged
}

/** Looks at the newest sample, unless it was looked at already. */
async function lookAtLast(open: OpenScene, { detector, signal }: LookRequest): Promise<void> {
  const sample = open.waiting.pop()
  if (!sample) return
  open.measurer.add(sample)
  open.bars.add(sample)
  open.looks++
  const faces = await facesIn(sample, open.last, { detector, signal })
  open.last = { sample, faces }
  const asExpected = open.tracker.look(open.last, open.waiting)
  open.every = asExpected ? seldomest : oftenest
  open.waiting = []
}

/** Mean steps of gray below which a picture still shows what it showed: a slide, a title, a photograph. */
const unchanged = 0.15

async function facesIn(
  sample: Sample,
  last: Look | null,
  { detector, signal }: Pick<LookRequest, 'detector' | 'signal'>,
): Promise<Look['faces']> {
  if (last && differenceOf(last.sample, sample) < unchanged) return last.faces
  const picture = sample.rgb()
  const found = await detector.findFaces(picture, { signal })
  // A detector that keeps no promise must not make a crowd cost minutes.
  return found.slice(0, mostFaces).map((face) => ({ ...face, colours: appearanceOf(picture, face.box) }))
}
