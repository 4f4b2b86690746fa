import { z } from 'zod'
import { placeTrim, type Verdict } from '../../domain/feedback.ts'
import { modes } from '../../domain/moment.ts'
import { formatClock, lengthOf, type TimeRange } from '../../domain/time-range.ts'
import type { Feedback, ListedFeedback } from '../../library/feedback.store.ts'
import { detectorView } from '../moments/moments.schema.ts'
import { plainText } from '../plain-text.ts'
import { BadRequest } from '../problem.ts'

// Longer than any recording, in seconds.
const mostSeconds = 1e6

export const givenVerdict = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('keep') }),
  z.strictObject({ verdict: z.literal('discard') }),
  z.strictObject({ verdict: z.literal('stars'), stars: z.int().min(1).max(5) }),
  z.strictObject({
    verdict: z.literal('trim'),
    from: z.number().min(0).max(mostSeconds).describe('Seconds of the clip.'),
    to: z.number().min(0).max(mostSeconds),
  }),
  z.strictObject({ verdict: z.literal('comment'), text: plainText(2000).trim().min(1) }),
])

/** A trim is told in seconds of the clip, and kept in seconds of the recording. @throws BadRequest when it does not fit the clip */
export function toVerdict(given: z.infer<typeof givenVerdict>, span: TimeRange): Verdict {
  switch (given.verdict) {
    case 'keep':
    case 'discard':
      return { kind: given.verdict }
    case 'stars':
      return { kind: 'stars', stars: given.stars }
    case 'comment':
      return { kind: 'comment', text: given.text }
    case 'trim': {
      const placed = placeTrim(span, given)
      if ('range' in placed) return { kind: 'trim', range: placed.range }
      const beyond = `The clip is ${formatClock(lengthOf(span))} long.`
      const message = placed.problem === 'beyond' ? beyond : 'The trim leaves nothing of the clip.'
      throw new BadRequest([{ path: '/to', message }])
    }
  }
}

const seconds = z.number().describe('Seconds of the recording.')

export const feedbackView = z
  .object({
    id: z.int(),
    verdict: z.enum(['keep', 'discard', 'stars', 'trim', 'comment']),
    stars: z.int().optional(),
    range: z.object({ start: seconds, end: seconds }).optional().describe('What a trim leaves.'),
    text: z.string().optional(),
    at: z.iso.datetime(),
    by: z.string(),
    recordingId: z.uuid(),
    recordingTitle: z.string().optional(),
    clipId: z.uuid().nullable(),
    clipTitle: z.string().nullable().optional(),
    start: seconds,
    end: seconds,
    mode: z.enum(modes),
    detector: detectorView,
  })
  .meta({ id: 'Feedback' })

export function toFeedbackView(one: Feedback | ListedFeedback): z.infer<typeof feedbackView> {
  const { verdict, span, at, ...same } = one
  const { kind, ...more } = verdict
  return { ...same, ...span, at: at.toISOString(), verdict: kind, ...more }
}
