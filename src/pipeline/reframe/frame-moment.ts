import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Aspect, Framing, SceneFraming } from '../../domain/clip.ts'
import type { MediaInfo, VideoStream } from '../../domain/media-info.ts'
import { roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import type { SceneOverride } from '../framing-overrides.ts'
import { applyOverrides } from './apply-overrides.ts'
import { divideIntoScenes } from './divide-into-scenes.ts'
import type { FaceDetector } from './face-detector.ts'
import { keptShare, largestBox } from './fit-box.ts'
import { fit, frameScene } from './frame-scene.ts'
import { identifyPeople } from './identify-people.ts'
import { keepLooking } from './keep-looking.ts'
import { lookAtScenes, type SceneSight } from './look-at-scenes.ts'
import { samplePictures } from './sample-pictures.ts'
import { type Speech, whoSpeaks } from './who-speaks.ts'

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
  signal: AbortSignal
  /** 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined
}

export interface FramedSpan {
  framing: Framing
  /** Why faces could not be looked for, or not everywhere; null when all went well. */
  failure: ErrorRecord | null
  /** How many people were told apart. */
  people: number
}

/**
 * Farthest a cut can lie before the keyframe that shows it, in seconds. Encoders put keyframes at cuts or every 2 to 10 s
 * (x264's default is 250 frames); looking 20 s back would mean decoding everything of most talk shows.
 */
const keyframeDistance = 10
/** A keyframe's time and a frame's time of one and the same cut may differ by this much. */
const slack = 0.5
/** A crop that keeps this much of the picture is always right: what is lost is a margin. */
const marginOnly = 0.85

/**
 * Decides where the camera looks during a span: exact scenes first, then what is seen in them, then the answer for each. Scenes
 * come back in order, without gaps, covering the span. The span is read once, small; where all of it is shown anyway not at all.
 */
export async function frameSpan(request: FrameSpanRequest): Promise<FramedSpan> {
  const { range, info, aspect, overrides, signal } = request
  const { video } = info
  if (!video) {
    const card: SceneFraming = { ...range, kind: 'card', crop: null, reason: 'The recording has no picture.' }
    return { framing: { aspect, scenes: [card] }, failure: null, people: 0 }
  }
  const cuts = await exactCuts(request)
  signal.throwIfAborted()
  const scenes = divideIntoScenes(range, cuts)
  const easy = easyFraming({ scenes, video, aspect })
  const decided = easy ? { scenes: easy, failure: null, people: 0 } : await decide(request, scenes, video)
  const framed = applyOverrides(decided.scenes, { overrides, aspect, size: video })
  return { framing: { aspect, scenes: framed }, failure: decided.failure, people: decided.people }
}

/** Where no look at the picture could change the answer; null else. */
function easyFraming(about: { scenes: TimeRange[]; video: VideoStream; aspect: Aspect }): SceneFraming[] | null {
  const { scenes, video, aspect } = about
  const box = largestBox(video, aspect)
  if (!box) return scenes.map((scene) => fit(scene, 'The picture is too small to be cropped.'))
  const kept = keptShare(video, aspect)
  if (kept < marginOnly) return null
  return scenes.map(({ start, end }) => ({ start, end, kind: 'crop', crop: box, reason: marginReason(kept, aspect) }))
}

function marginReason(kept: number, aspect: string): string {
  const lost = Math.round((1 - kept) * 100)
  return lost === 0
    ? `The picture is ${aspect} already.`
    : `The picture is nearly ${aspect}: ${lost} % of it is lost at the borders.`
}

async function decide(request: FrameSpanRequest, scenes: TimeRange[], video: VideoStream) {
  const { range, info, aspect, detector, media, path, signal, speeches, onProgress } = request
  const patient = keepLooking(detector)
  const samples = samplePictures({ media, path, info, range, signal })
  const onSample = (time: number) => onProgress?.((time - range.start) / (range.end - range.start))
  const sights = await lookAtScenes({ scenes, samples, detector: patient, signal, onSample })
  const failure = patient.failure()
  return { ...decideFraming({ sights, speeches, aspect, size: video, failure }), failure }
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
  const scenes = sights.flatMap((sight, scene) => {
    const people = appearances.filter((appearance) => appearance.scene === scene)
    return frameScene({ sight, people, turns, aspect, size })
  })
  const told = failure ? scenes.map((scene) => ({ ...scene, reason: `${failure.message} ${scene.reason}` })) : scenes
  return { scenes: told.map(roundTimes), people: new Set(appearances.map(({ person }) => person)).size }
}

function roundTimes(scene: SceneFraming): SceneFraming {
  return { ...scene, start: roundToMs(scene.start), end: roundToMs(scene.end) }
}

async function exactCuts({ range, scenes, findCuts, signal }: FrameSpanRequest): Promise<number[]> {
  const borders = scenes
    .map(({ start }) => start)
    .filter((start) => start > range.start && start < range.end + keyframeDistance)
  const windows = joinOverlapping(borders.flatMap((border) => windowBefore(border, range)))
  const cuts: number[] = []
  for (const window of windows) {
    signal.throwIfAborted()
    cuts.push(...(await findCuts(window)))
  }
  // A border without a hard cut before it is a dissolve or a fast pan: the keyframe's own time is as good as any.
  const dissolves = borders.filter((border) => !cuts.some((cut) => isWithin(cut, windowBefore(border, range)[0])))
  return [...cuts, ...dissolves].map(roundToMs)
}

function windowBefore(border: number, { start, end }: TimeRange): TimeRange[] {
  const window = { start: Math.max(start, border - keyframeDistance), end: Math.min(end, border + slack) }
  return window.end > window.start ? [window] : []
}

function joinOverlapping(windows: TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const window of windows.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && window.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, window.end) }
    else joined.push(window)
  }
  return joined
}

function isWithin(time: number, window: TimeRange | undefined): boolean {
  return window !== undefined && time >= window.start && time <= window.end
}
