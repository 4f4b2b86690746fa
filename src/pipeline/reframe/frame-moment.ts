import type { Aspect, Framing, SceneFraming } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import { roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import { divideIntoScenes } from './divide-into-scenes.ts'
import type { SceneFramer } from './framer.ts'

interface FrameSpanRequest {
  /** The span to frame, seconds of the recording. */
  range: TimeRange
  /** Scenes of the whole recording as found from its keyframes alone: a border may be late by up to one keyframe distance. */
  scenes: readonly TimeRange[]
  /** Looks at every frame of a stretch and answers with the times of the hard cuts in it, seconds of the recording. */
  findCuts: (range: TimeRange) => Promise<readonly number[]>
  info: MediaInfo
  aspect: Aspect
  framer: SceneFramer
  media: Media
  path: string
  signal: AbortSignal
}

/**
 * Farthest a cut can lie before the keyframe that shows it, in seconds. Encoders put keyframes at cuts or every 2 to 10 s
 * (x264's default is 250 frames); looking 20 s back would mean decoding everything of most talk shows.
 */
const keyframeDistance = 10
/** A keyframe's time and a frame's time of one and the same cut may differ by this much. */
const slack = 0.5

/**
 * Decides where the camera looks during a span: exact scenes first, then the framer's answer for each. Scenes come back
 * in order, without gaps, covering the span. Decodes only the stretches before a scene border, not the span.
 */
export async function frameSpan(request: FrameSpanRequest): Promise<Framing> {
  const { range, info, aspect, framer, media, path, signal } = request
  const cuts = info.video ? await exactCuts(request) : []
  const scenes: SceneFraming[] = []
  for (const scene of divideIntoScenes(range, cuts)) {
    signal.throwIfAborted()
    scenes.push(await framer.frameScene({ scene, info, aspect, media, path, signal }))
  }
  return { aspect, scenes }
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
