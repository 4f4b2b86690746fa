import type { SceneSight } from '../look/look-at-scenes.ts'
import { apart, centreOf } from '../share-box.ts'
import { sameColours } from './appearance.ts'
import { type FacePoint, type FaceTrack, secondsOf } from './track-faces.ts'

/** One face in one scene that matters, and who it belongs to. */
export interface Appearance {
  /** Number of the scene. */
  scene: number
  track: FaceTrack
  /** The same number for the same person in other scenes. */
  person: number
}

/** A face with less than this share of the largest one's height is somebody in the background or on a poster. */
const backgroundBelow = 0.45
/** Seen for less than this share of the scene is passing by. */
const passingBelow = 0.25
/** A face that the detector was sure of once is one; of what it never was sure of it takes several looks at the same place. */
const sure = 0.5
const leastWeakLooks = 3
/** How alike two faces of two scenes must be to belong to one person, 0 to 1. */
const samePersonFrom = 0.55
/** In other clothes it is somebody else, wherever they sit. */
const leastSameColours = 0.4

/**
 * The faces that matter, scene by scene, with the same number for the same person across cuts: by clothes and colours first, then
 * by size and place, because a camera that comes back shows people where they sat. Two faces of one moment are two people.
 */
export function identifyPeople(sights: readonly SceneSight[]): Appearance[] {
  const people: { tracks: { scene: number; track: FaceTrack }[] }[] = []
  const appearances: Appearance[] = []
  for (const [scene, sight] of sights.entries()) {
    const taken = new Set<number>()
    const tracks = mainFaces(sight)
    const pairs = tracks
      .flatMap((track) =>
        people.map(({ tracks: known }, person) => ({ track, person, alike: alikeness(track, known) })),
      )
      .filter(({ alike }) => alike >= samePersonFrom)
      .toSorted((a, b) => b.alike - a.alike)
    const persons = new Map<FaceTrack, number>()
    for (const { track, person } of pairs) {
      if (persons.has(track) || taken.has(person)) continue
      persons.set(track, person)
      taken.add(person)
    }
    for (const track of tracks) {
      const person = persons.get(track) ?? people.push({ tracks: [] }) - 1
      people[person]?.tracks.push({ scene, track })
      appearances.push({ scene, track, person })
    }
  }
  return appearances
}

/** The faces of a scene that are not passing by, not background and not a slip of the detector; the largest first. */
export function mainFaces(sight: SceneSight): FaceTrack[] {
  const length = sight.scene.end - sight.scene.start
  const lasting = believed(sight).filter((track) => {
    const seconds = secondsOf(track)
    return seconds >= passingBelow * length || seconds >= 4
  })
  return notInBackground(lasting)
}

/** The same with those who are only passing by. */
export function believedFaces(sight: SceneSight): FaceTrack[] {
  return notInBackground(believed(sight))
}

function believed({ scene, faces }: SceneSight): FaceTrack[] {
  return joinPieces(faces).filter((track) =>
    track.score >= sure ? track.seen >= 2 || scene.end - scene.start < 1.5 : track.seen >= leastWeakLooks,
  )
}

function notInBackground(tracks: readonly FaceTrack[]): FaceTrack[] {
  const largest = Math.max(0, ...tracks.map((track) => typicalHeight(track)))
  return tracks
    .filter((track) => typicalHeight(track) >= backgroundBelow * largest)
    .toSorted((a, b) => typicalHeight(b) - typicalHeight(a))
}

/** A face that was lost and found again is one face: pieces that never overlap in time, near each other and alike. */
function joinPieces(tracks: readonly FaceTrack[]): FaceTrack[] {
  const joined: FaceTrack[] = []
  for (const track of tracks.toSorted((a, b) => firstTime(a) - firstTime(b))) {
    const earlier = joined.find((known) => lastTime(known) < firstTime(track) && isSamePlace(known, track))
    if (!earlier) {
      joined.push({ ...track, points: [...track.points] })
      continue
    }
    earlier.points.push(...track.points)
    earlier.seen += track.seen
    earlier.score = Math.max(earlier.score, track.score)
  }
  return joined
}

/** Whoever was hidden for a moment is found near where they were; after a longer while they may have walked on. */
function isSamePlace(a: FaceTrack, b: FaceTrack): boolean {
  const [end, start] = [a.points.at(-1), b.points[0]]
  if (!end || !start) return false
  const ratio = end.box.height / Math.max(1e-6, start.box.height)
  const reach = start.time - end.time < 1.6 ? 1.5 : 4
  return sameColours(a.colours, b.colours) >= 0.5 && ratio > 0.5 && ratio < 2 && apart(end.box, start.box) <= reach
}

function alikeness(track: FaceTrack, known: readonly { track: FaceTrack }[]): number {
  return Math.max(0, ...known.map((other) => alike(track, other.track)))
}

function alike(a: FaceTrack, b: FaceTrack): number {
  const [here, there] = [typicalPoint(a), typicalPoint(b)]
  const colours = sameColours(a.colours, b.colours)
  if (!here || !there || colours < leastSameColours) return 0
  const size = Math.min(here.box.height, there.box.height) / Math.max(here.box.height, there.box.height, 1e-6)
  const [from, to] = [centreOf(here.box), centreOf(there.box)]
  const place = Math.max(0, 1 - 2 * Math.hypot(from.x - to.x, from.y - to.y))
  return 0.6 * colours + 0.15 * size + 0.25 * place
}

/** The point in the middle of its time. */
export function typicalPoint({ points }: FaceTrack): FacePoint | undefined {
  return points[Math.floor(points.length / 2)]
}

function typicalHeight({ points }: FaceTrack): number {
  const heights = points.map(({ box }) => box.height).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 0
}

export function firstTime({ points }: FaceTrack): number {
  return points[0]?.time ?? 0
}

export function lastTime({ points }: FaceTrack): number {
  return points.at(-1)?.time ?? 0
}
