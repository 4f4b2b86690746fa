import type { RecordingFacts } from '../recording-facts.ts'
import { endsInQuestion, plain } from '../sentence-counts.ts'
import { depthsOf } from '../two-windows.ts'
import { topicCue } from '../vocabulary.ts'
import { backFrom, onFrom } from './around.ts'
import { type Content, contentOf } from './content-of.ts'
import { likenessAcross } from './likeness-across.ts'
import { measureTurns } from './measure-turns.ts'

// Seconds on either side over which words are compared.
const reaches = [30, 60, 120, 240] as const

/** What is measured before each sentence, in the order the model reads it; never give a name another meaning. */
export const borderFeatures = [
  ...reaches.map((reach) => `likeness${reach}`),
  ...reaches.map((reach) => `depth${reach}`),
  'newWords',
  'newWordsChange',
  'lastWords',
  'lastWordsChange',
  'cue',
  'cueNear',
  'cueRank',
  'topicCue',
  'topicCueNear',
  'thanksBefore',
  'closesBefore',
  'asks',
  'sentenceWords',
  'wordsBefore',
  'turnStart',
  'turnWords',
  'turnWordsBefore',
  'longestTurnAfter',
  'longestTurnBefore',
  'turnsAfter',
  'turnsBefore',
  'speakerChange60',
  'speakerChange180',
  'speakerAway',
  'speakerShare',
  'speakerTurns',
  'speakerBeforeShare',
  'startSeconds',
  'leftSeconds',
] as const

export type Columns = Record<string, Float64Array>

/**
 * A row for each sentence, in the order of `borderFeatures`: how much looks like a new subject there. `cues` says for each sentence how much
 * the words around it announce. NaN for what can't be measured.
 */
export function measureBorders(facts: RecordingFacts, cues: Float64Array): Float64Array[] {
  return borderRows(measureApartFromCues(facts), cues)
}

/** What is measured without any learnt words; training reads it once for a recording. */
export function measureApartFromCues(facts: RecordingFacts): Columns {
  return {
    ...measureWords(facts),
    ...measureSigns(facts),
    ...(facts.hasSpeakers ? measureTurns(facts) : {}),
    ...measurePlace(facts),
  }
}

export function borderRows(measured: Columns, cue: Float64Array): Float64Array[] {
  const columns: Columns = {
    ...measured,
    cue,
    cueNear: cue.map((_, i) => mostNear(cue, i)),
    cueRank: standardised(cue),
  }
  return Array.from(cue, (_, i) =>
    Float64Array.from(borderFeatures, (name) => rounded(columns[name]?.[i] ?? Number.NaN)),
  )
}

function mostNear(values: ArrayLike<number>, i: number): number {
  return Math.max(...[-2, -1, 1, 2].map((step) => values[i + step] ?? 0))
}

function measureWords(facts: RecordingFacts): Columns {
  const { sentences } = facts
  const content = contentOf(facts)
  const columns: Columns = {}
  for (const reach of reaches) {
    const likeness = likenessAcross(sentences, content, reach)
    columns[`likeness${reach}`] = standardised(likeness)
    columns[`depth${reach}`] = standardised(depthsOf(likeness))
  }
  const { fresh, final, all } = lifespans(facts, content)
  const shares = (part: Float64Array) => ({
    after: sentences.map((_, i) => ratio(part, all, i, onFrom(sentences, i, 60))),
    before: sentences.map((_, i) => ratio(part, all, backFrom(sentences, i, 60), i - 1)),
  })
  const [news, lasts] = [shares(fresh), shares(final)]
  columns['newWords'] = standardised(news.after)
  columns['newWordsChange'] = standardised(news.after.map((value, i) => value - (news.before[i] ?? 0)))
  columns['lastWords'] = standardised(lasts.before)
  columns['lastWordsChange'] = standardised(lasts.before.map((value, i) => value - (lasts.after[i] ?? 0)))
  return columns
}

// A word that has not been said for four minutes is a new one.
const forgottenSeconds = 240

/** Running sums of the weight of words that come anew, of words that go for long, and of all. */
function lifespans({ sentences }: RecordingFacts, { ids, weights }: Content) {
  const [fresh, final, all] = [0, 1, 2].map(() => new Float64Array(sentences.length + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const seen = new Float64Array(weights.length).fill(Number.NEGATIVE_INFINITY)
  for (const [i, { start }] of sentences.entries()) {
    let [total, anew] = [0, 0]
    for (const id of ids[i] ?? []) {
      total += weights[id] ?? 0
      if (start - (seen[id] ?? 0) > forgottenSeconds) anew += weights[id] ?? 0
      seen[id] = start
    }
    all[i + 1] = (all[i] ?? 0) + total
    fresh[i + 1] = (fresh[i] ?? 0) + anew
  }
  seen.fill(Number.POSITIVE_INFINITY)
  const going = new Float64Array(sentences.length)
  for (let i = sentences.length - 1; i >= 0; i--) {
    const start = sentences[i]?.start ?? 0
    for (const id of ids[i] ?? []) {
      if ((seen[id] ?? 0) - start > forgottenSeconds) going[i] = (going[i] ?? 0) + (weights[id] ?? 0)
      seen[id] = start
    }
  }
  for (const [i, value] of going.entries()) final[i + 1] = (final[i] ?? 0) + value
  return { fresh, final, all }
}

const thanks = /\bthank(?:s| you)\b/
const closes = /\b(?:okay|ok|alright|all right|right|good|great|fine|perfect|excellent|cool)[.!,]?\s*$/

function measureSigns({ sentences }: RecordingFacts): Columns {
  const texts = sentences.map(({ text }) => plain(text))
  const hasCue = texts.map((text) => Number(topicCue.test(text)))
  const words = sentences.map(({ firstWord, lastWord }) => lastWord - firstWord + 1)
  return {
    topicCue: Float64Array.from(hasCue),
    topicCueNear: Float64Array.from(hasCue, (_, i) => mostNear(hasCue, i)),
    thanksBefore: Float64Array.from(
      texts,
      (_, i) => [1, 2, 3].filter((back) => thanks.test(texts[i - back] ?? '')).length,
    ),
    closesBefore: Float64Array.from(
      texts,
      (_, i) => [1, 2, 3].filter((back) => closes.test(texts[i - back] ?? '')).length,
    ),
    asks: Float64Array.from(
      sentences,
      (_, i) => [0, 1, 2].filter((on) => endsInQuestion(sentences[i + on]?.text ?? '')).length,
    ),
    sentenceWords: Float64Array.from(words, (count) => Math.log1p(count)),
    wordsBefore: Float64Array.from(words, (_, i) => Math.log1p(words[i - 1] ?? 0)),
  }
}

function measurePlace({ sentences, duration }: RecordingFacts): Columns {
  return {
    startSeconds: Float64Array.from(sentences, ({ start }) => Math.min(600, start)),
    leftSeconds: Float64Array.from(sentences, ({ start }) => Math.min(600, duration - start)),
  }
}

function ratio(part: Float64Array, all: Float64Array, from: number, to: number): number {
  if (to < from) return 0
  return ((part[to + 1] ?? 0) - (part[from] ?? 0)) / Math.max(1e-9, (all[to + 1] ?? 0) - (all[from] ?? 0))
}

/** In standard deviations from the mean of the recording, so that it means the same in every one. */
function standardised(values: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(values)
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length)
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, all.length)
  const deviation = Math.max(1e-6, Math.sqrt(variance))
  return all.map((value) => (value - mean) / deviation)
}

function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : value
}
