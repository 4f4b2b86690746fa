import { z } from 'zod'
import type { Segment } from '../../../domain/transcript.ts'
import { transcriptSchemaName } from './write-transcript.ts'

const time = z.number().nonnegative()
const schema = z.object({
  schema: z.literal(transcriptSchemaName),
  recording: z.object({ hash: z.string(), duration: time }),
  language: z.string().nullable(),
  segments: z.array(
    z.object({
      start: time,
      end: time,
      text: z.string(),
      speaker: z.string().min(1).nullable(),
      words: z
        .array(
          z.object({
            text: z.string().min(1),
            start: time,
            end: time,
            confidence: z.number().min(0).max(1).nullable(),
            timing: z.enum(['exact', 'estimated']),
          }),
        )
        .min(1),
    }),
  ),
})

export interface OwnTranscript {
  recording: { hash: string; duration: number }
  language: string | null
  segments: Segment[]
}

/** What `writeTranscript` wrote as JSON, segment by segment; null when it is something else or its times are not in order. */
export function readOwnTranscript(text: string): OwnTranscript | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return null
  const { recording, language, segments } = parsed.data
  const words = segments.flatMap((segment) => segment.words)
  const isInOrder = words.every(
    ({ start, end }, i) => start < end && start >= (words[i - 1]?.start ?? 0) && end <= recording.duration,
  )
  if (!isInOrder) return null
  return { recording, language, segments: segments.map((segment, ordinal) => ({ ordinal, ...segment })) }
}
