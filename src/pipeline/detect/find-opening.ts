import type { Sentence } from './sentence.ts'
import { endsInQuestion, plain } from './sentence-counts.ts'
import { leaningBeginning, leaningWords, standingBeginning } from './vocabulary.ts'

// Further back than this it is another thought; the ranker then sees how much the opening still leans. Banter needs more sentences.
const mostSteps = 3
const mostSeconds = 10
// Where hundreds of sentences share a second (broken times), the way back still ends.
const mostBanter = 40
// Across a longer silence nobody connects the two sentences.
const longestPause = 4
// From here on a sentence is not understood without the one before it.
export const leaning = 0.5

/** What a sentence says about being a beginning: read once for each sentence of a recording. */
export interface OpeningSigns {
  /** How much each sentence leans on what came before, 0 to 1. */
  lean: Float64Array
  /** 1 for each sentence that ends in a question. */
  asks: Uint8Array
}

export function openingSigns(sentences: readonly Sentence[]): OpeningSigns {
  return {
    lean: Float64Array.from(sentences, leanOf),
    asks: Uint8Array.from(sentences, ({ text }) => (endsInQuestion(text) ? 1 : 0)),
  }
}

/**
 * Where a moment that wants to begin at a sentence should begin instead, so that it stands alone: at the question rather than its
 * answer, and before "That's why he…" rather than on it. At most three sentences or 10 s earlier, never across a silence of 4 s.
 */
export function findOpening(sentences: readonly Sentence[], signs: OpeningSigns, index: number): number {
  let opening = index
  for (let step = 0; opening > 0 && step < mostBanter; step++) {
    const sentence = sentences[opening]
    const previous = sentences[opening - 1]
    if (sentence === undefined || previous === undefined) break
    if (step >= mostSteps && (sentences[index]?.start ?? 0) - previous.start > mostSeconds) break
    if (sentence.start - previous.end > longestPause) break
    if ((signs.lean[opening] ?? 0) < leaning && !isReply(sentences, signs, opening)) break
    opening--
  }
  return opening
}

/**
 * How much a sentence leans on what came before, 0 to 1: 1 for "And…", "Und…", "Y…", 0.7 for "He…", "C'est…", 0.5 for "So…", 0 when it stands
 * alone. Known are English, German, Spanish, French, Portuguese, Italian, Dutch, Russian, Chinese and Japanese; in others every sentence stands.
 */
export function leanOf(sentence: Sentence): number {
  if (sentence.opens === 'clause') return 1
  const text = plain(sentence.text)
  const first = text.match(/[\p{L}\p{M}\p{N}'-]+/u)?.[0] ?? ''
  const lean = standingBeginning.test(text) ? 0 : (leaningWords.get(first) ?? (leaningBeginning.test(text) ? 0.7 : 0))
  // "Was it…?", "So, what is…?": a question brings its own beginning, except for "And…?" and the like.
  return endsInQuestion(sentence.text) && lean < 1 ? lean / 2 : lean
}

/** Whether a sentence answers the one before: that one asks, or this is a short remark of somebody else's. */
export function isReply(sentences: readonly Sentence[], { asks }: OpeningSigns, index: number): boolean {
  if (asks[index - 1] === 1) return true
  const [sentence, previous] = [sentences[index], sentences[index - 1]]
  if (sentence === undefined || previous === undefined) return false
  const words = sentence.lastWord - sentence.firstWord + 1
  return sentence.speaker !== previous.speaker && words <= 3
}
