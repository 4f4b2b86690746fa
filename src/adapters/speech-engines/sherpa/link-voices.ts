import { roundToMs } from '../../../domain/time-range.ts'
import type { SpeakerTurn } from '../../../pipeline/transcribe/cues/assign-speakers.ts'

/** Who speaks in one piece of a recording; speakers are numbered in each piece anew. */
export interface PieceVoices {
  /** Where the piece begins in the recording, seconds. */
  start: number
  /** In seconds of the piece. */
  segments: { start: number; end: number; speaker: number }[]
  /** What each voice is like: vectors that point the same way for the same voice. */
  voices: { speaker: number; voice: number[] }[]
}

/** Cosine from which two voices are one person's; below it they are told apart. ERes2Net gives 0.6 and more for one, 0.3 and less for two. */
const sameVoice = 0.5

interface Person {
  name: string
  /** Sum of the vectors of length 1 of all pieces. */
  sum: number[]
}

/**
 * The same people over all pieces: each voice of a piece is whoever of the known ones it is most like, the surest pairs first, and
 * nobody twice in a piece; else someone new. Named in the order they are first heard: `Speaker 1`, `Speaker 2` …
 */
export function linkVoices(pieces: readonly PieceVoices[]): SpeakerTurn[] {
  const people: Person[] = []
  return pieces.flatMap(({ start, segments, voices }) => {
    const names = nameVoices(inOrderHeard(voices, segments), people)
    return segments.flatMap((segment) => {
      const speaker = names.get(segment.speaker)
      // Too little was said to know the voice.
      if (speaker === undefined) return []
      return [{ start: roundToMs(start + segment.start), end: roundToMs(start + segment.end), speaker }]
    })
  })
}

function inOrderHeard(voices: PieceVoices['voices'], segments: PieceVoices['segments']): PieceVoices['voices'] {
  const first = (speaker: number) => segments.find((segment) => segment.speaker === speaker)?.start ?? 0
  return voices.toSorted((a, b) => first(a.speaker) - first(b.speaker))
}

function nameVoices(voices: PieceVoices['voices'], people: Person[]): Map<number, string> {
  const known = people.length
  const pairs = voices
    .flatMap(({ speaker, voice }) =>
      people.map((person) => ({ speaker, person, likeness: cosine(unit(voice), person.sum) })),
    )
    .filter(({ likeness }) => likeness >= sameVoice)
    .toSorted((a, b) => b.likeness - a.likeness)
  const names = new Map<number, string>()
  const taken = new Set<string>()
  for (const { speaker, person } of pairs) {
    if (names.has(speaker) || taken.has(person.name)) continue
    names.set(speaker, person.name)
    taken.add(person.name)
  }
  for (const { speaker, voice } of voices) {
    const name = names.get(speaker) ?? `Speaker ${people.length + 1}`
    const person = people.slice(0, known).find((one) => one.name === name)
    if (person) person.sum = person.sum.map((value, index) => value + (unit(voice)[index] ?? 0))
    else people.push({ name, sum: unit(voice) })
    names.set(speaker, name)
  }
  return names
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector)
  return length === 0 ? [...vector] : vector.map((value) => value / length)
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
  const lengths = Math.hypot(...a) * Math.hypot(...b)
  return lengths === 0 ? 0 : product / lengths
}
