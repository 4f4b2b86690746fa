import type { Face, ShareBox } from '../face-detector.ts'
import { followPatch, patchDifference } from '../look/follow-patch.ts'
import { type Sample, sampleRate } from '../look/sample-pictures.ts'
import { apart, between, likeness } from '../share-box.ts'
import { sameColours } from './appearance.ts'
import { mouthMovement } from './mouth-movement.ts'

/** A face at one time. */
export interface FacePoint {
  /** Seconds of the recording. */
  time: number
  box: ShareBox
  /** How much its mouth moved since the sample before; null where that is not known. */
  mouth: number | null
  turned: number | null
}

/** One face through one scene. */
export interface FaceTrack {
  /** In order of time; where the face was hidden for a while there are none. */
  points: FacePoint[]
  /** See `appearanceOf`; the mean of what was seen. */
  colours: number[]
  /** How often a detector saw it, and how sure it was at best. */
  seen: number
  score: number
}

/** What a detector saw in one sample. */
export interface Look {
  sample: Sample
  faces: (Face & { colours: number[] })[]
}

/** A face that comes back after this long may be somebody else. Seconds. */
const longestAbsence = 4
/** Boxes of one face in two looks, a second apart, in widths of it: sitting people stay within one; who gets up and walks over gets three as far. */
const near = 1.1
const far = 4
/** In the same clothes it may have come from farther away. */
const sameClothes = 0.5

interface OpenTrack extends FaceTrack {
  /** Where the detector saw it last. */
  last: ShareBox
  lastTime: number
}

export interface FaceTracker {
  /**
   * Takes what was seen in a sample, and the samples since the look before. True when it was as expected: nobody came or went, all were
   * where their pictures were followed to, and the detector was sure of them.
   */
  look(look: Look, since: readonly Sample[]): boolean
  tracks(): FaceTrack[]
}

/** Widths of a face by which it may be off from where it was followed to: it is followed well. */
const followedWell = 0.3
/** Below it, a detector may be wrong. */
const sure = 0.5

/**
 * Joins what was seen in single samples of one scene to faces that go on. Between two looks a face is followed from sample to
 * sample by its own picture; what that is off by when it is seen again is spread over the way.
 */
export function createFaceTracker(): FaceTracker {
  const tracks: OpenTrack[] = []
  let previous: { sample: Sample; time: number } | null = null
  return {
    look: ({ sample, faces }, since) => {
      const free = new Set(tracks)
      const pairs = faces
        .flatMap((face) => tracks.map((track) => ({ face, track, cost: costOf(face, track, sample.time) })))
        .filter(({ cost }) => cost !== null)
        .toSorted((a, b) => (a.cost ?? 0) - (b.cost ?? 0))
      const left = new Set(faces)
      const here = tracks.filter(({ lastTime }) => lastTime === previous?.time)
      let asExpected = previous !== null && faces.length === here.length && faces.every(({ score }) => score >= sure)
      for (const { face, track } of pairs) {
        if (!left.has(face) || !free.has(track)) continue
        left.delete(face)
        free.delete(track)
        if (previous && track.lastTime === previous.time) {
          const off = followTo(track, face, [previous.sample, ...since, sample])
          asExpected &&= off <= followedWell
        } else {
          track.points.push(pointOf(face, sample.time))
          asExpected = false
        }
        noteSeen(track, face, sample.time)
      }
      for (const track of free) {
        if (previous && track.lastTime === previous.time)
          track.points.push(...seenOn(track.last, previous.sample, since))
      }
      for (const face of left) {
        const track: OpenTrack = {
          points: [...seenOn(face.box, sample, since.toReversed()).reverse(), pointOf(face, sample.time)],
          colours: face.colours,
          seen: 0,
          score: 0,
          last: face.box,
          lastTime: sample.time,
        }
        noteSeen(track, face, sample.time)
        tracks.push(track)
        asExpected = false
      }
      previous = { sample, time: sample.time }
      return asExpected
    },
    tracks: () => tracks.map(({ points, colours, seen, score }) => ({ points, colours, seen, score })),
  }
}

/** Null when it can't be the same face. */
function costOf(face: Look['faces'][number], track: OpenTrack, time: number): number | null {
  const absence = time - track.lastTime
  if (absence > longestAbsence) return null
  const distance = apart(face.box, track.last)
  const size = Math.max(face.box.width, track.last.width) / Math.max(1e-6, Math.min(face.box.width, track.last.width))
  if (size > 2.2) return null
  const alike = sameColours(face.colours, track.colours)
  if (distance > (alike >= sameClothes ? far : near)) return null
  return distance - likeness(face.box, track.last) + 0.5 * (1 - alike) + 0.2 * absence
}

/** From the last look to this one, with a point for each sample in between. Answers how far off the way's end was, in widths. */
function followTo(track: OpenTrack, face: Face, samples: readonly Sample[]): number {
  const start = track.last
  const way: ShareBox[] = [start]
  for (let i = 1; i < samples.length; i++) {
    const [from, to, box] = [samples[i - 1], samples[i], way[i - 1]]
    if (from && to && box) way.push(followPatch(from, box, to))
  }
  const reached = way.at(-1) ?? start
  // Lost on the way: what is known are its ends.
  const off = apart(reached, face.box)
  const isLost = off > 0.5
  for (let i = 1; i < samples.length; i++) {
    const share = i / (samples.length - 1)
    const straight = between(start, face.box, share)
    const followed = way[i] ?? straight
    const box = isLost ? straight : corrected(followed, { reached, face: face.box, straight, share })
    const [before, now] = [samples[i - 1], samples[i]]
    const wasAt = track.points.at(-1)?.box ?? start
    if (!before || !now) continue
    const mouth = mouthMovement({ picture: before, box: wasAt }, { picture: now, box })
    track.points.push({ time: now.time, box, mouth, turned: face.turned })
  }
  return off
}

/** Mean steps of gray up to which a place still shows the same face: heads turn, but a wall where a head was differs by 30 and more. */
const stillThere = 20

/** A face that came or went between two looks: the samples, from the look outwards, in which its place still shows it. */
function seenOn(box: ShareBox, look: Sample, outwards: readonly Sample[]): FacePoint[] {
  const points: FacePoint[] = []
  let [from, place] = [look, box]
  for (const sample of outwards) {
    place = followPatch(from, place, sample)
    if (patchDifference(look, box, sample, place) > stillThere) break
    points.push({ time: sample.time, box: place, mouth: null, turned: null })
    from = sample
  }
  return points
}

interface Correction {
  reached: ShareBox
  face: ShareBox
  straight: ShareBox
  share: number
}

function corrected(followed: ShareBox, { reached, face, straight, share }: Correction): ShareBox {
  const drift = { x: middle(face, 'x') - middle(reached, 'x'), y: middle(face, 'y') - middle(reached, 'y') }
  return {
    x: middle(followed, 'x') + drift.x * share - straight.width / 2,
    y: middle(followed, 'y') + drift.y * share - straight.height / 2,
    width: straight.width,
    height: straight.height,
  }
}

function middle(box: ShareBox, axis: 'x' | 'y'): number {
  return box[axis] + (axis === 'x' ? box.width : box.height) / 2
}

function pointOf({ box, turned }: Face, time: number): FacePoint {
  return { time, box, mouth: null, turned }
}

function noteSeen(track: OpenTrack, face: Look['faces'][number], time: number): void {
  track.colours = track.colours.map((share, i) => (share * track.seen + (face.colours[i] ?? 0)) / (track.seen + 1))
  track.seen++
  track.score = Math.max(track.score, face.score)
  track.last = face.box
  track.lastTime = time
}

/** Seconds that a track is seen for. */
export function secondsOf({ points }: FaceTrack): number {
  return points.length / sampleRate
}
