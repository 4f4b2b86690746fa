import type { Aspect, CropBox, SceneFraming } from '../../../domain/clip.ts'
import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Margins } from '../look/black-bars.ts'
import type { SceneSight } from '../look/look-at-scenes.ts'
import { type Appearance, firstTime, lastTime } from '../people/identify-people.ts'
import { planTurns } from '../people/plan-turns.ts'
import type { FaceTrack } from '../people/track-faces.ts'
import { type Turn, turnsIn } from '../people/who-speaks.ts'
import { around, centreOf } from '../share-box.ts'
import { keptShare, largestBox, type Size } from './fit-box.ts'
import { frameByDetail } from './frame-by-detail.ts'
import { areaInside, backFromArea, measuresInside, trackInside } from './inside-bars.ts'
import { planCamera } from './plan-camera.ts'
import { planSplit } from './plan-split.ts'

interface SceneRequest {
  sight: SceneSight
  /** The faces of this scene that matter, the largest first. */
  people: readonly Appearance[]
  turns: readonly Turn[]
  aspect: Aspect
  /** The picture as displayed, pixels. */
  size: Size
}

/** More faces than this that matter are a panel or an audience: all of it is shown. */
const mostPeople = 4
/**
 * Share of the picture covered by lines of text from which on it is a slide, a screen or a page: six lines on a slide are 0.06 to 0.11, a
 * page of code 0.16; rooms, drawn and real, have at most 0.007.
 */
const slideFrom = 0.03
/** Where there is no face, even a headline may not be cut through. */
const someText = 0.012
/** A face lower than this share of the picture is the small camera picture beside a slide. */
const slideFace = 0.3
/** Two people are both worth seeing when they take turns faster than this, in seconds on average. */
const quickTurns = 3
/** A face at the picture's very edge is cut off by the recording itself. Share of the width. */
const edge = 0.004

/** A crop that keeps this much of the picture is always right: what is lost is a margin. */
export const marginOnly = 0.85

export function marginReason(kept: number, aspect: string): string {
  const lost = Math.round((1 - kept) * 100)
  return lost === 0
    ? `The picture is ${aspect} already.`
    : `The picture is nearly ${aspect}: ${lost} % of it is lost at the borders.`
}

/**
 * Decides where the camera looks in one scene. One scene becomes several where it goes from one speaker to the other. Black bars of the
 * recording are no part of its picture.
 */
export function frameScene({ bars, ...request }: SceneRequest & { bars: Margins | null }): SceneFraming[] {
  if (!bars) return framePicture(request)
  const { sight, people, aspect, size } = request
  const area = areaInside(bars, size)
  const share = {
    x: area.x / size.width,
    y: area.y / size.height,
    width: area.width / size.width,
    height: area.height / size.height,
  }
  const box = largestBox(area, aspect)
  const kept = keptShare(area, aspect)
  const framed: SceneFraming[] =
    box && kept >= marginOnly
      ? [{ ...sight.scene, kind: 'crop', crop: box, reason: marginReason(kept, aspect) }]
      : framePicture({
          ...request,
          sight: { ...sight, picture: measuresInside(sight.picture, share) },
          people: people.map((person) => ({ ...person, track: trackInside(person.track, share) })),
          size: area,
        })
  return framed.map((scene) => backFromArea(scene, area))
}

function framePicture(request: SceneRequest): SceneFraming[] {
  const { sight, people, aspect, size } = request
  const { scene, picture } = sight
  const box = largestBox(size, aspect)
  if (!box) return [fit(scene, 'The picture is too small to be cropped.')]
  if (isSlide(request)) return [fit(scene, 'A slide or a screen: all of it is shown, so that no text is cut.')]
  const [first, second] = people
  if (!first) return [frameByDetail({ scene, picture, box, size })]
  if (!second) return [frameOne({ face: first.track, box, ...request })]
  if (people.length === 2 && isOneAfterTheOther(first.track, second.track)) return frameBoth(request, box)
  if (people.length > mostPeople) return [fit(scene, `${people.length} people: all of them are shown.`)]
  const together = frameTogether(request, box)
  if (together) return [together]
  return frameSpeakers(request, box)
}

function isSlide({ sight, people }: SceneRequest): boolean {
  const { picture } = sight
  if (people.length === 0 && picture.text >= someText) return true
  const largest = Math.max(0, ...people.map(({ track }) => heightOf(track)))
  const enough = picture.changing < 0.08 ? slideFrom : 2 * slideFrom
  return picture.text >= enough && largest < slideFace
}

/** Seconds two faces may be seen together and still be a cut or a swap that nobody noticed. */
const mostOverlap = 0.6

function isOneAfterTheOther(one: FaceTrack, other: FaceTrack): boolean {
  return lastTime(one) - firstTime(other) < mostOverlap || lastTime(other) - firstTime(one) < mostOverlap
}

/** First the one, then the other: what looks like one scene is two. */
function frameBoth({ people, sight, ...request }: SceneRequest, box: CropBox): SceneFraming[] {
  const [earlier, later] = people.toSorted((a, b) => firstTime(a.track) - firstTime(b.track))
  if (!earlier || !later) return []
  const { start, end } = sight.scene
  const change = roundToMs((lastTime(earlier.track) + firstTime(later.track)) / 2)
  return [
    { face: earlier.track, scene: { start, end: change } },
    { face: later.track, scene: { start: change, end } },
  ].map(({ face, scene }) => frameOne({ ...request, people, sight: { ...sight, scene }, face, box }))
}

interface OneRequest extends SceneRequest {
  face: FaceTrack
  box: CropBox
}

function frameOne({ face, box, sight, size }: OneRequest): SceneFraming {
  const { scene } = sight
  const side = sideOf(face)
  if (isAtEdge(face))
    return fit(scene, `The face ${side} is cut off by the picture's own border, so all of it is shown.`)
  const camera = planCamera({ points: face.points, range: scene, box, size })
  if (!camera) return fit(scene, tooMuch(face, { box, size }))
  const reason = camera.moves.length > 0 ? `Goes along with the person ${side}.` : `Looks at the person ${side}.`
  return { ...scene, kind: 'crop', crop: camera.crop, ...movesOf(camera), faces: 1, reason }
}

function frameTogether({ sight, people, size }: SceneRequest, box: CropBox): SceneFraming | null {
  const points = people.flatMap(({ track }) => track.points)
  const all = around(points.map((point) => point.box))
  const wide = Math.max(...people.map(({ track }) => around(track.points.map((point) => point.box)).width))
  // Half a face of air on both sides: shoulders belong to people.
  if ((all.width + 0.6 * wide) * size.width > box.width || all.height * size.height > box.height) return null
  const camera = planCamera({
    points: [{ time: sight.scene.start, box: all, mouth: null, turned: null }],
    range: sight.scene,
    box,
    size,
  })
  const count = people.length === 2 ? 'Both people' : `All ${people.length} people`
  return (
    camera && {
      ...sight.scene,
      kind: 'crop',
      crop: camera.crop,
      faces: people.length,
      reason: `${count} fit into the picture.`,
    }
  )
}

/** Several people too far apart for one crop: whoever speaks, both, or all of it. */
function frameSpeakers(request: SceneRequest, box: CropBox): SceneFraming[] {
  const { sight, people, turns } = request
  const { scene } = sight
  const spoken = turnsIn(turns, scene)
  const visible = new Set(people.map(({ person }) => person))
  const known = spoken.filter(({ person }) => person !== null && visible.has(person))
  const secondsOf = (list: readonly Turn[]) => list.reduce((sum, { start, end }) => sum + end - start, 0)
  const both = new Set(known.map(({ person }) => person)).size > 1
  if (people.length === 2 && both && known.length >= 4 && secondsOf(known) / known.length < quickTurns) {
    return [splitOr(request, 'Two people alternate quickly: both are shown.', box)]
  }
  if (secondsOf(known) < 0.5 * secondsOf(spoken) || known.length === 0) {
    const reason =
      spoken.length === 0 ? 'Nobody speaks: both people are shown.' : 'Either could be speaking: both are shown.'
    if (people.length === 2) return [splitOr(request, reason, box)]
    return [fit(scene, `${people.length} people, and nothing tells who speaks: all of them are shown.`)]
  }
  const parts = planTurns(scene, known)
  return parts.map(({ start, end, person }) => {
    const appearance = people.find((candidate) => candidate.person === person) ?? people[0]
    const range = { start, end }
    if (!appearance) return fit(range, 'Nobody can be told apart here.')
    return followSpeaker({ ...request, sight: { ...sight, scene: range }, face: appearance.track, box })
  })
}

function followSpeaker(request: OneRequest): SceneFraming {
  const { face, sight, box, size } = request
  const { scene } = sight
  // A little before and after, so that a face that was hidden at the border is known.
  const near = face.points.filter(({ time }) => time >= scene.start - 1 && time < scene.end + 1)
  const part = { ...face, points: near.length > 0 ? near : face.points }
  if (isAtEdge(part)) return fit(scene, `The speaker ${sideOf(face)} is cut off by the picture's own border.`)
  const camera = planCamera({ points: part.points, range: scene, box, size })
  if (!camera) return fit(scene, tooMuch(part, { box, size }))
  return {
    ...scene,
    kind: 'crop',
    crop: camera.crop,
    ...movesOf(camera),
    faces: 1,
    reason: `Follows the speaker ${sideOf(face)}.`,
  }
}

function splitOr({ sight, people, aspect, size }: SceneRequest, reason: string, _box: CropBox): SceneFraming {
  const [one, other] = people
  const panels = one && other ? planSplit({ faces: [one.track, other.track], aspect, size }) : null
  if (!panels) return fit(sight.scene, 'Two people who do not stay in place: all of the picture is shown.')
  return { ...sight.scene, kind: 'split', crop: null, panels, faces: 2, reason }
}

function tooMuch(face: FaceTrack, { box, size }: { box: CropBox; size: Size }): string {
  const widths = face.points.map((point) => point.box.width).toSorted((a, b) => a - b)
  const wide = (widths[Math.floor(widths.length / 2)] ?? 0) * size.width
  return wide * 1.24 > box.width
    ? `The face ${sideOf(face)} is too large for a crop, so all of the picture is shown.`
    : `The person ${sideOf(face)} moves too fast for a calm camera, so all of the picture is shown.`
}

export function fit({ start, end }: TimeRange, reason: string): SceneFraming {
  return { start, end, kind: 'blurred-fit', crop: null, reason }
}

function movesOf({ moves }: { moves: SceneFraming['moves'] }): Pick<SceneFraming, 'moves'> {
  return moves && moves.length > 0 ? { moves } : {}
}

function isAtEdge({ points }: FaceTrack): boolean {
  const cut = points.filter(({ box }) => box.x <= edge || box.x + box.width >= 1 - edge)
  return cut.length > 0.5 * points.length
}

function heightOf({ points }: FaceTrack): number {
  const heights = points.map(({ box }) => box.height).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 0
}

function sideOf({ points }: FaceTrack): string {
  const middles = points.map(({ box }) => centreOf(box).x).toSorted((a, b) => a - b)
  const x = middles[Math.floor(middles.length / 2)] ?? 0.5
  if (x < 0.42) return 'on the left'
  return x > 0.58 ? 'on the right' : 'in the middle'
}
