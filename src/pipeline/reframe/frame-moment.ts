import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Aspect, Framing, SceneFraming } from '../../domain/clip.ts'
import type { MediaInfo, VideoStream } from '../../domain/media-info.ts'
import { roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import type { SceneOverride } from '../framing-overrides.ts'
import { applyOverrides } from './camera/apply-overrides.ts'
import { keptShare, largestBox } from './camera/fit-box.ts'
import { fit, frameScene, marginOnly, marginReason } from './camera/frame-scene.ts'
import type { FaceDetector } from './face-detector.ts'
import { settleBars } from './look/black-bars.ts'
import { keepLooking } from './look/keep-looking.ts'
import { lookAtScenes, type SceneSight } from './look/look-at-scenes.ts'
import { samplePictures } from './look/sample-pictures.ts'
import { identifyPeople } from './people/identify-people.ts'
import { whereFacesAre } from './people/where-faces-are.ts'
import { type Speech, whoSpeaks } from './people/who-speaks.ts'
import type { FaceSight } from './reframe.job.ts'

interface FrameSpanRequest {
  /** The span to frame, seconds of the recording. */
  range: TimeRange
  /** Scenes of the whole recording as found from its keyframes alone: a border may be late by up to one keyframe distance. */
  scenes: readonly TimeRange[]
  /** Looks at every frame of a stretch and answers with the times of the hard cuts in it, seconds of the recording. */
  findCuts: (range: TimeRange) => Promise<readonly number[]>
  /** What is said in the span, and by whom. */
  speeches: readonly Speech[]
  /** What a person decided, which nothing here changes. */
  overrides: readonly SceneOverride[]
  info: MediaInfo
  aspect: Aspect
  detector: FaceDetector
  media: Media
  path: string
  /** Whether something will be drawn over the picture: then faces are looked for even where the camera needs none. */
  mustKnowFaces?: boolean | undefined
  signal: AbortSignal
  /** 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined
}

export interface FramedSpan {
  framing: Framing
  /** Where faces are, whatever part of the picture is shown; undefined where nobody looked. */
  faces: FaceSight[] | undefined
  /** Why faces could not be looked for, or not everywhere; null when all went well. */
  failure: ErrorRecord | null
  /** How many people were told apart. */
  people: number
}

/**
 * Decides where the camera looks during a span: what is seen in it scene by scene, then the answer for each. Scenes come
 * back in order, without gaps, covering the span. The span is read once, small; where all of it is shown anyway not at all.
 */
export async function frameSpan(request: FrameSpanRequest): Promise<FramedSpan> {
  const { range, info, aspect, overrides, signal } = request
  const { video } = info
  if (!video) {
    const card: SceneFraming = { ...range, kind: 'card', crop: null, reason: 'The recording has no picture.' }
    return { framing: { aspect, scenes: [card] }, faces: undefined, failure: null, people: 0 }
  }
  signal.throwIfAborted()
  const easy = easyFraming({ range, video, aspect }) ?? framingByHand(range, overrides)
  const decided = await (easy ? withFaces(easy, request, video) : decide(request, video))
  const { scenes, ...seen } = decided
  return { framing: { aspect, scenes: applyOverrides(scenes, { overrides, aspect, size: video }) }, ...seen }
}

/** A framing that no look could change; who is to be seen in it is looked for where that matters for what is drawn over it. */
async function withFaces(scene: SceneFraming, request: FrameSpanRequest, video: VideoStream): Promise<Decided> {
  const unseen = { scenes: [scene], faces: undefined, failure: null, people: 0 }
  const byHand = scene.reason === handReason
  if (!request.mustKnowFaces || byHand) return unseen
  return { ...(await decide(request, video)), scenes: [scene] }
}

type Decided = Omit<FramedSpan, 'framing'> & { scenes: SceneFraming[] }

/** Where no look at the picture could change the answer; null else. */
export function easyFraming(about: { range: TimeRange; video: VideoStream; aspect: Aspect }): SceneFraming | null {
  const { range, video, aspect } = about
  const box = largestBox(video, aspect)
  if (!box) return fit(range, 'The picture is too small to be cropped.')
  const kept = keptShare(video, aspect)
  return kept < marginOnly ? null : { ...range, kind: 'crop', crop: box, reason: marginReason(kept, aspect) }
}

const handReason = 'Decided by hand.'

/** What stands below overrides that leave nothing to decide; null where they leave something. */
function framingByHand(range: TimeRange, overrides: readonly SceneOverride[]): SceneFraming | null {
  let decided = range.start
  for (const { start, end } of overrides) if (start <= decided) decided = Math.max(decided, end)
  return decided < range.end ? null : fit(range, handReason)
}

async function decide(request: FrameSpanRequest, video: VideoStream): Promise<Decided> {
  const { range, scenes, findCuts, info, aspect, detector, media, path, signal, speeches, onProgress } = request
  const patient = keepLooking(detector)
  const samples = samplePictures({ media, path, info, range, signal })
  const borders = scenes.map(({ start }) => start)
  const onSample = (time: number) => onProgress?.((time - range.start) / (range.end - range.start))
  const sights = await lookAtScenes({ range, samples, borders, findCuts, detector: patient, signal, onSample })
  const failure = patient.failure()
  const decided = decideFraming({ sights, speeches, aspect, size: video, failure })
  return { ...decided, faces: whereFacesAre(sights, video), failure }
}

/** The answer for what was seen: pure, so that the same sights give the same framing. */
export function decideFraming({
  sights,
  speeches,
  aspect,
  size,
  failure,
}: {
  sights: readonly SceneSight[]
  speeches: readonly Speech[]
  aspect: Aspect
  size: { width: number; height: number }
  failure: ErrorRecord | null
}): { scenes: SceneFraming[]; people: number } {
  const appearances = identifyPeople(sights)
  const turns = whoSpeaks(speeches, appearances)
  const bars = settleBars(sights.map(({ border }) => border))
  const scenes = sights.flatMap((sight, scene) => {
    const people = appearances.filter((appearance) => appearance.scene === scene)
    return frameScene({ sight, people, turns, aspect, size, bars: bars[scene] ?? null })
  })
  const told = failure ? scenes.map((scene) => ({ ...scene, reason: `${failure.message} ${scene.reason}` })) : scenes
  return { scenes: told.map(roundTimes), people: new Set(appearances.map(({ person }) => person)).size }
}

function roundTimes(scene: SceneFraming): SceneFraming {
  return { ...scene, start: roundToMs(scene.start), end: roundToMs(scene.end) }
}
