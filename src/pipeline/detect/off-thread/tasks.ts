import { findMoments } from '../find-moments.ts'
import { shortlistMoments } from '../language-model/shortlist-moments.ts'
import { rankerOf } from '../versions/detectors.ts'
import type { Asked, Results } from './messages.ts'
import { unpackSegments } from './pack-segments.ts'

/** What a thread does with what it is asked. */
export function carryOut({ question, lighter }: Asked): Results[keyof Results] {
  const { duration, analysis } = question
  const input = {
    segments: unpackSegments(question.segments),
    duration,
    analysis,
    ranker: rankerOf(question.ranker),
    lighter,
  }
  switch (question.task) {
    case 'moments':
      return findMoments({ ...input, settings: question.settings, judgements: question.judgements })
    case 'shortlist':
      return shortlistMoments({ ...input, settings: question.settings })
  }
}
