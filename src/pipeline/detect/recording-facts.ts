import type { Analysis } from '../../domain/observation.ts'
import type { Segment } from '../../domain/transcript.ts'
import { type Borders, bordersOf } from './borders.ts'
import { type DeadAir, findDeadAir } from './find-dead-air.ts'
import type { Sentence } from './sentence.ts'
import {
  bare,
  countAddresses,
  endsInQuestion,
  matchesOf,
  type NameSigns,
  namesIn,
  numbersIn,
  opensWithReaction,
} from './sentence-counts.ts'
import { type SoundFacts, soundFacts } from './sound-facts.ts'
import type { SpokenWord } from './spoken-words.ts'
import { type Topics, topicsOf } from './topics.ts'
import { withoutTopics } from './without-topics.ts'

const countNames = [
  'words',
  'sentences',
  'turns',
  'shortTurns',
  'questions',
  'reactions',
  'names',
  'numbers',
  'addresses',
  'you',
  'rarity',
  'humour',
  'emotion',
  'story',
  'advice',
  'insight',
  'news',
  'disagreement',
  'contrast',
  'superlative',
  'hook',
  'housekeeping',
] as const
/** What is counted sentence by sentence; `rarity` adds up 1 ÷ uses of each content word. */
export type CountName = (typeof countNames)[number]

/** A recording as the features see it: made once, so that measuring a span costs little however long it is. */
export interface RecordingFacts {
  /** Seconds. */
  duration: number
  segments: readonly Segment[]
  words: readonly SpokenWord[]
  sentences: readonly Sentence[]
  signs: NameSigns
  /** Whether two speakers or more are told apart. */
  hasSpeakers: boolean
  topics: Topics
  /** How well moments begin and end at each sentence. */
  borders: Borders
  sound: SoundFacts | null
  /** Where scenes change, in seconds, in order; empty without a picture. */
  cuts: readonly number[]
  /** Stretches in which nothing happens, in order. */
  deadAir: readonly DeadAir[]
  /** Running sums over the sentences; see `countIn`. */
  sums: Readonly<Record<CountName, Float64Array>>
}

interface FactsInput {
  segments: readonly Segment[]
  words: readonly SpokenWord[]
  sentences: readonly Sentence[]
  /** Seconds. */
  duration: number
  analysis: Analysis | null
  /** Leaves subjects out, where memory is short. */
  lighter?: boolean
}

export function recordingFacts(input: FactsInput): RecordingFacts {
  const { segments, words, sentences, duration, analysis, lighter = false } = input
  const signs = nameSigns(words, sentences)
  const topics = lighter ? withoutTopics(sentences) : topicsOf(words, sentences)
  return {
    duration,
    segments,
    words,
    sentences,
    signs,
    hasSpeakers: new Set(sentences.flatMap(({ speaker }) => (speaker === null ? [] : [speaker]))).size > 1,
    topics,
    borders: bordersOf(sentences, topics.shifts),
    sound: analysis === null ? null : soundFacts(analysis.loudness, duration),
    cuts: (analysis?.scenes ?? [])
      .slice(1)
      .map((scene) => scene.start)
      .filter(Number.isFinite),
    deadAir: findDeadAir({ words, silences: heardSilences(analysis), duration }),
    sums: runningSums({ words, sentences, signs, topics }),
  }
}

/** Null when nobody listened: no analysis, or no sound to analyse. */
function heardSilences(analysis: Analysis | null): Analysis['silences'] | null {
  return analysis !== null && analysis.loudness.values.length > 0 ? analysis.silences : null
}

/** How much of something there is from one sentence to another, both included. */
export function countIn(
  facts: RecordingFacts,
  name: CountName,
  { first, last }: { first: number; last: number },
): number {
  if (last < first) return 0
  const sums = facts.sums[name]
  return (sums[last + 1] ?? 0) - (sums[first] ?? 0)
}

/** Index of the first sentence that starts at or after a time; the number of sentences when none does. */
export function sentenceFrom(facts: RecordingFacts, time: number): number {
  let [low, high] = [0, facts.sentences.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts.sentences[middle]?.start ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

function nameSigns(words: readonly SpokenWord[], sentences: readonly Sentence[]): NameSigns {
  const openers = new Set(sentences.map((sentence) => sentence.firstWord))
  let [inside, capitals] = [0, 0]
  for (const [i, word] of words.entries()) {
    if (openers.has(i)) continue
    inside++
    if (/^[^\p{L}]*\p{Lu}/u.test(word.text)) capitals++
  }
  const speakers = new Set<string>()
  for (const { speaker } of sentences) {
    const first = bare(speaker?.split(/\s+/)[0] ?? '').toLowerCase()
    // "Speaker 1" and "A" are labels, not names that somebody would call.
    if (first.length > 2 && first !== 'speaker' && first !== 'unknown') speakers.add(first)
  }
  // English speech has about one capital in twenty words inside its sentences, German one in five.
  return { capitalsMeanNames: capitals > 0 && capitals < inside * 0.18, speakers }
}

// Up to a dozen words a turn is a remark, not a statement.
const shortTurnWords = 12

type SumInput = Pick<RecordingFacts, 'words' | 'sentences' | 'signs' | 'topics'>

function runningSums({ words, sentences, signs, topics }: SumInput): Record<CountName, Float64Array> {
  const sums = Object.fromEntries(countNames.map((name) => [name, new Float64Array(sentences.length + 1)])) as Record<
    CountName,
    Float64Array
  >
  const turnLengths = wordsOfTurns(sentences)
  for (const [i, sentence] of sentences.entries()) {
    const said = words.slice(sentence.firstWord, sentence.lastWord + 1)
    const opensTurn = i > 0 && sentence.speaker !== null && sentences[i - 1]?.speaker !== sentence.speaker
    const counts: Record<CountName, number> = {
      words: said.length,
      sentences: 1,
      turns: opensTurn ? 1 : 0,
      shortTurns: opensTurn && (turnLengths[i] ?? 0) <= shortTurnWords ? 1 : 0,
      questions: endsInQuestion(sentence.text) ? 1 : 0,
      reactions: opensWithReaction(sentence) ? 1 : 0,
      names: namesIn(said, signs).length,
      numbers: numbersIn(said).length,
      addresses: countAddresses(said, signs),
      you: said.filter((word) => /^you(?:r|'re|'ve|'ll)?$/i.test(bare(word.text))).length,
      rarity: topics.rarity(sentence),
      humour: matchesOf('humour', sentence.text).length,
      emotion: matchesOf('emotion', sentence.text).length,
      story: matchesOf('story', sentence.text).length,
      advice: matchesOf('advice', sentence.text).length,
      insight: matchesOf('insight', sentence.text).length,
      news: matchesOf('news', sentence.text).length,
      disagreement: matchesOf('disagreement', sentence.text).length,
      contrast: matchesOf('contrast', sentence.text).length,
      superlative: matchesOf('superlative', sentence.text).length,
      hook: matchesOf('hook', sentence.text).length,
      housekeeping: matchesOf('housekeeping', sentence.text).length,
    }
    for (const name of countNames) sums[name][i + 1] = (sums[name][i] ?? 0) + counts[name]
  }
  return sums
}

/** For each sentence, the words of the whole turn it belongs to. */
function wordsOfTurns(sentences: readonly Sentence[]): Float64Array {
  const lengths = new Float64Array(sentences.length)
  for (let i = 0; i < sentences.length; ) {
    let end = i
    let words = 0
    while (end < sentences.length && sentences[end]?.speaker === sentences[i]?.speaker) {
      words += (sentences[end]?.lastWord ?? 0) - (sentences[end]?.firstWord ?? 0) + 1
      end++
    }
    lengths.fill(words, i, end)
    i = end
  }
  return lengths
}
