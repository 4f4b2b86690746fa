import type { Judgement } from './judgement.ts'
import type { Passage } from './passage.ts'
import type { Ranking } from './ranking-question.ts'

/**
 * An answer as judgements, best first. Only what is in the list counts: passages that don't exist are left out, one named twice counts once,
 * and a first sentence that is none of those allowed is the passage's own.
 */
export function readRanking({ moments }: Ranking, passages: readonly Passage[]): Judgement[] {
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]))
  const judgements: Judgement[] = []
  for (const { passage: number, first, title, hook, reason } of moments) {
    const passage = byNumber.get(number)
    if (passage === undefined) continue
    byNumber.delete(number)
    judgements.push({
      firstSentence: isAllowed(first, passage) ? first : passage.firstSentence,
      lastSentence: passage.lastSentence,
      rank: judgements.length + 1,
      title,
      hook,
      reason,
    })
  }
  return judgements
}

/** The passage's own first sentence or an earlier one in sight: never a later one, which would cut something off. */
function isAllowed(first: number, { firstSentence, earliestSentence }: Passage): boolean {
  return Number.isInteger(first) && first >= earliestSentence && first <= firstSentence
}
