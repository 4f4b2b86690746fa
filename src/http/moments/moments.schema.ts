import { z } from 'zod'
import { genres, modes, rungs } from '../../domain/moment.ts'

const seconds = z.number().describe('Seconds of the recording.')
const range = z.object({ start: seconds, end: seconds })

export const detectorView = z.object({ rung: z.enum(rungs), name: z.string(), version: z.string() })

const momentView = z
  .object({
    id: z.uuid(),
    rank: z.int().describe('1 is the best.'),
    start: seconds,
    end: seconds,
    score: z.number().min(0).max(1).describe('Comparable within the recording.'),
    confidence: z.number().min(0).max(1).describe('How sure the detector is that a person would keep it.'),
    genre: z.enum(genres),
    title: z.string(),
    text: z.string().describe('What is said in it.'),
    firstSegment: z.int(),
    lastSegment: z.int(),
    features: z.record(z.string(), z.number()).describe('What was measured, each from 0 to 1.'),
    reasons: z.array(z.object({ feature: z.string(), text: z.string(), weight: z.number() })),
    detector: detectorView,
    hook: z.string().optional(),
    span: range.optional().describe('The whole answer or chapter, of which the moment is the best part.'),
  })
  .meta({ id: 'Moment' })

export const detectionView = z
  .object({
    id: z.uuid(),
    mode: z.enum(modes),
    createdAt: z.iso.datetime(),
    candidateCount: z.int().describe('Spans that were compared.'),
    curve: z
      .object({ step: z.number().describe('Seconds.'), values: z.array(z.number()) })
      .describe('Score of the best span around each point of the recording.'),
    shortfall: z.string().nullable().describe('Why there are none, or fewer than asked for.'),
    notes: z.array(z.string()),
    chapters: z.array(range.extend({ title: z.string() })).optional(),
    moments: z.array(momentView).describe('The best first.'),
  })
  .meta({ id: 'Detection' })
