import type { LabelledRecording } from './labelled-recording.ts'

export type Vector = ReadonlyMap<string, number>

export interface Window {
  /** Indexes of its first and last segment. */
  first: number
  last: number
  /** Seconds. */
  start: number
  end: number
  /** Weight of each word, by how often it is said here and in how few windows. */
  vector: Vector
}

export interface WindowVectors {
  windows: Window[]
  /** How rare a word is among the windows. */
  rarity: (word: string) => number
}

/** Cuts a recording into overlapping windows of whole segments, each with its tf-idf vector (Salton and Buckley 1988). */
export function windowVectors(
  { segments, duration }: Pick<LabelledRecording, 'segments' | 'duration'>,
  { seconds, step }: { seconds: number; step: number },
): WindowVectors {
  const spans: { first: number; last: number }[] = []
  for (let time = 0, first = 0; time < duration; time += step) {
    while (first < segments.length && (segments[first]?.start ?? 0) < time) first++
    if (first >= segments.length) break
    if (spans.at(-1)?.first === first) continue
    const start = segments[first]?.start ?? 0
    let last = first
    while ((segments[last + 1]?.end ?? Number.POSITIVE_INFINITY) - start <= seconds) last++
    spans.push({ first, last })
  }
  const counts = spans.map(({ first, last }) =>
    countWords(
      segments
        .slice(first, last + 1)
        .map(({ text }) => text)
        .join(' '),
    ),
  )
  const windowsWith = new Map<string, number>()
  for (const count of counts) for (const word of count.keys()) windowsWith.set(word, (windowsWith.get(word) ?? 0) + 1)
  const rarity = (word: string) => Math.log(1 + spans.length / (0.5 + (windowsWith.get(word) ?? 0)))
  const windows = spans.map(({ first, last }, i) => {
    const start = segments[first]?.start ?? 0
    const end = Math.max(segments[last]?.end ?? start, Math.min(duration, start + 0.8 * seconds))
    return { first, last, start, end, vector: weigh(counts[i] ?? new Map(), rarity) }
  })
  return { windows, rarity }
}

/** The vector of a text that is not part of the recording, such as a question. */
export function vectorOf(text: string, { rarity }: WindowVectors): Vector {
  return weigh(countWords(text), rarity)
}

export function sumOf(vectors: readonly Vector[]): Vector {
  const sum = new Map<string, number>()
  for (const vector of vectors) {
    for (const [word, weight] of vector) sum.set(word, (sum.get(word) ?? 0) + weight)
  }
  return sum
}

/** Cosine of the angle between two vectors, 0 to 1. */
export function similarity(a: Vector, b: Vector): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let shared = 0
  for (const [word, weight] of few) shared += weight * (many.get(word) ?? 0)
  return shared / (sizeOf(a) * sizeOf(b) || 1)
}

function sizeOf(vector: Vector): number {
  let squares = 0
  for (const weight of vector.values()) squares += weight * weight
  return Math.sqrt(squares)
}

function weigh(counts: ReadonlyMap<string, number>, rarity: (word: string) => number): Vector {
  return new Map([...counts].map(([word, count]) => [word, (1 + Math.log(count)) * rarity(word)]))
}

// A baseline for English: what every sentence holds says nothing about its topic.
const common = new Set(
  `a about all also am an and any are as at be because been but by can did do does don't for from get go going got had has have he her here
  him his how i i'm if in into is it it's its just kind know like lot me mean more much my no not now of oh okay on one or our out people
  really right say she so some something sort than that that's the their them then there these they thing things think this those to too
  uh um up us very want was way we well were what when where which who why will with would yeah yes you you're your`.split(
    /\s+/,
  ),
)

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/\p{L}[\p{L}']+/gu) ?? []) {
    if (common.has(word) || word.length < 3) continue
    const stem = word.replace(/'.*$/, '').replace(/(?:ing|ed|es|s)$/, '')
    counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  return counts
}
