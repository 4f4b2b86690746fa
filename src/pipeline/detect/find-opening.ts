import type { Sentence } from './sentence.ts'
import { endsInQuestion, plain } from './sentence-counts.ts'
import { leaningWords } from './vocabulary.ts'

// Further back than this it is another thought; the ranker then sees how much the opening still leans. Banter needs more sentences.
const mostSteps = 3
const mostSeconds = 10
// Across a longer silence nobody connects the two sentences.
const longestPause = 4

/**
 * Where a moment that wants to begin at a sentence should begin instead, so that it stands alone: at the question rather than its
 * answer, and before "That's why he…" rather than on it. At most three sentences or 10 s earlier, never across a silence of 4 s.
 */
export function findOpening(sentences: readonly Sentence[], index: number): number {
  let opening = index
  for (let step = 0; opening > 0; step++) {
    const sentence = sentences[opening]
    const previous = sentences[opening - 1]
    if (sentence === undefined || previous === undefined) break
    if (step >= mostSteps && (sentences[index]?.start ?? 0) - previous.start > mostSeconds) break
    if (sentence.start - previous.end > longestPause) break
    if (leanOf(sentence) < 0.5 && !isReply(sentence, previous)) break
    opening--
  }
  return opening
}

/** How much a sentence leans on what came before, 0 to 1: 1 for "And…", 0.7 for "He…", 0.5 for "So…", 0 when it stands alone. */
export function leanOf(sentence: Sentence): number {
  if (sentence.opens === 'clause') return 1
  const text = plain(sentence.text)
  const first = text.match(/[\p{L}\p{N}'-]+/u)?.[0] ?? ''
  const lean = leaningWords.get(first) ?? 0
  // "Was it…?", "So, what is…?": a question brings its own beginning, except for "And…?" and the like.
  return endsInQuestion(sentence.text) && lean < 1 ? lean / 2 : lean
}

/** Whether a sentence answers the one before: that one asks, or this is a short remark of somebody else's. */
function isReply(sentence: Sentence, previous: Sentence): boolean {
  if (endsInQuestion(previous.text)) return true
  const words = sentence.lastWord - sentence.firstWord + 1
  return sentence.speaker !== previous.speaker && words <= 3
}
