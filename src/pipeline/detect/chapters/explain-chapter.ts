import type { Chapter, Reason } from '../../../domain/moment.ts'
import { formatClock } from '../../../domain/time-range.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { plain } from '../sentence-counts.ts'
import { shorten } from '../shorten.ts'
import { topicCue } from '../vocabulary.ts'

interface ExplainInput {
  facts: RecordingFacts
  span: { first: number; last: number }
  chapter: Chapter
  /** Of the chapter, from 0. */
  index: number
  count: number
}

/** Why a chapter begins where it does, in words. */
export function explainChapter({ facts, span, chapter, index, count }: ExplainInput): Reason[] {
  const reasons: Reason[] = [
    {
      feature: 'chapter',
      text: `From chapter ${index + 1} of ${count}, ${formatClock(chapter.start)} to ${formatClock(chapter.end)}`,
      weight: 0.5,
    },
  ]
  const opening = facts.sentences[span.first]
  if (opening === undefined || index === 0) return reasons
  if (topicCue.test(plain(opening.text))) {
    reasons.push({ feature: 'cue', text: `The chapter is announced: “${shorten(opening.text, 50)}”`, weight: 0.3 })
  }
  const before = facts.sentences[span.first - 1]
  if (opening.speaker !== null && before !== undefined && before.speaker !== opening.speaker) {
    reasons.push({ feature: 'turn', text: `${opening.speaker} takes the floor there`, weight: 0.2 })
  }
  return reasons
}
