import { overlapOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Appearance } from './identify-people.ts'

/** Someone says something: a sentence or more, in seconds of the recording. */
export interface Speech extends TimeRange {
  /** Name from the transcript; null where it has none. */
  speaker: string | null
}

export interface Turn extends TimeRange {
  /** Who speaks, as far as that can be seen; null when nobody can tell. */
  person: number | null
}

/** A mouth that moves this much more while its speaker speaks than else belongs to that speaker. */
const clearlyMore = 1.2
/** Where somebody speaks all the time nothing is "more than else": then one mouth must move this many times as much as the other. */
const muchMore = 2
/** Samples with a mouth in them below which there is nothing to go by. */
const leastSamples = 5

/**
 * Who of the people in the picture speaks when. With names in the transcript each name is matched to the person whose mouth
 * moves most when the name speaks and least when others do (and who is on screen then: editors show who speaks). Without
 * names each sentence goes to the mouth that moves clearly more than the others.
 */
export function whoSpeaks(speeches: readonly Speech[], appearances: readonly Appearance[]): Turn[] {
  const people = [...new Set(appearances.map(({ person }) => person))]
  const spoken = speeches.toSorted((a, b) => a.start - b.start)
  const names = [...new Set(spoken.map(({ speaker }) => speaker))]
  const named = names.length > 1 || (names.length === 1 && names[0] !== null)
  const owners = named ? matchNames({ spoken, people, appearances }) : null
  const turns = spoken.map(({ start, end, speaker }) => ({
    start,
    end,
    person: owners ? (owners.get(speaker ?? '') ?? null) : busiestMouth({ start, end }, { people, appearances }),
  }))
  return joinTurns(turns)
}

interface Cast {
  people: readonly number[]
  appearances: readonly Appearance[]
}

function matchNames({ spoken, people, appearances }: Cast & { spoken: readonly Speech[] }): Map<string, number> {
  const names = [...new Set(spoken.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const owners = new Map<string, number>()
  // One voice and one face: nothing else to choose from.
  if (names.length === 1 && people.length === 1 && people[0] !== undefined)
    return new Map([[names[0] ?? '', people[0]]])
  const pairs = names
    .flatMap((name) =>
      people.map((person) => ({ name, person, ratio: ratioOf(name, person, { spoken, appearances }) })),
    )
    .filter(({ ratio }) => ratio >= clearlyMore)
    .toSorted((a, b) => b.ratio - a.ratio)
  const taken = new Set<number>()
  for (const { name, person } of pairs) {
    if (owners.has(name) || taken.has(person)) continue
    owners.set(name, person)
    taken.add(person)
  }
  // Two voices, two faces, one pair found: the others belong together.
  const [nameLeft, ...moreNames] = names.filter((name) => !owners.has(name))
  const [personLeft, ...morePeople] = people.filter((person) => !taken.has(person))
  if (
    owners.size > 0 &&
    nameLeft !== undefined &&
    personLeft !== undefined &&
    !moreNames.length &&
    !morePeople.length
  ) {
    owners.set(nameLeft, personLeft)
  }
  return owners
}

/** How much more a mouth moves, and how much more it is on screen, while a name speaks than while others do; 1 is "the same". */
function ratioOf(
  name: string,
  person: number,
  { spoken, appearances }: { spoken: readonly Speech[]; appearances: readonly Appearance[] },
): number {
  const points = appearances.filter((appearance) => appearance.person === person).flatMap(({ track }) => track.points)
  const own = spoken.filter(({ speaker }) => speaker === name)
  const others = spoken.filter(({ speaker }) => speaker !== name)
  const [during, else_] = [mouthsIn(points, own), mouthsIn(points, others)]
  const movement =
    during.length >= leastSamples && else_.length >= leastSamples ? (mean(during) + 0.3) / (mean(else_) + 0.3) : 1
  const shown = (speeches: readonly Speech[]) =>
    speeches.length === 0 ? 0.5 : pointsIn(points, speeches).length / 8 / Math.max(0.1, secondsIn(speeches))
  const presence = (shown(own) + 0.3) / (shown(others) + 0.3)
  return movement * Math.sqrt(presence)
}

function busiestMouth(speech: TimeRange, { people, appearances }: Cast): number | null {
  const mouths = people
    .map((person) => {
      const points = appearances
        .filter((appearance) => appearance.person === person)
        .flatMap(({ track }) => track.points)
      const during = mouthsIn(points, [speech])
      // Against its own usual movement: some faces are larger, some people chew.
      return { person, count: during.length, moves: mean(during), usual: mean(mouthsIn(points, null)) }
    })
    .filter(({ count }) => count >= leastSamples)
    .map(({ person, moves, usual }) => ({ person, moves, more: (moves + 0.3) / (usual + 0.3) }))
  const [only] = mouths
  if (mouths.length < 2) return people.length === 1 ? (only?.person ?? null) : null
  return most(mouths, ({ more }) => more, clearlyMore) ?? most(mouths, ({ moves }) => moves + 0.3, muchMore)
}

/** The person of the greatest value, when it is so many times the second greatest. */
function most<M extends { person: number }>(mouths: readonly M[], valueOf: (mouth: M) => number, times: number) {
  const [first, second] = mouths.toSorted((a, b) => valueOf(b) - valueOf(a))
  return first && second && valueOf(first) >= times * valueOf(second) ? first.person : null
}

function mouthsIn(points: readonly { time: number; mouth: number | null }[], within: readonly TimeRange[] | null) {
  const inside = within === null ? points : pointsIn(points, within)
  return inside.flatMap(({ mouth }) => (mouth === null ? [] : [mouth]))
}

function pointsIn<P extends { time: number }>(points: readonly P[], within: readonly TimeRange[]): P[] {
  return points.filter(({ time }) => within.some(({ start, end }) => time >= start && time < end))
}

function secondsIn(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** What one person says in several sentences is one turn. */
function joinTurns(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = []
  for (const turn of turns) {
    const last = joined.at(-1)
    if (last && last.person === turn.person) joined[joined.length - 1] = { ...last, end: Math.max(last.end, turn.end) }
    else joined.push({ ...turn })
  }
  return joined
}

/** Turns as far as they lie in a range. */
export function turnsIn(turns: readonly Turn[], range: TimeRange): Turn[] {
  return turns
    .filter((turn) => overlapOf(turn, range) > 0)
    .map(({ start, end, person }) => ({
      start: Math.max(start, range.start),
      end: Math.min(end, range.end),
      person,
    }))
}
