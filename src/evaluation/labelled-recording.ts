import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AppError } from '../domain/app-error.ts'
import type { Segment } from '../domain/transcript.ts'

const span = z.object({ start: z.number(), end: z.number() })
const label = span.extend({ weight: z.number().positive().default(1), kind: z.string().default('') })

const labelledRecording = z.object({
  id: z.string().min(1),
  /** Seconds. */
  duration: z.number().positive(),
  /** What the labels are about; a set without it is about highlights. */
  mode: z.enum(['viral', 'highlights', 'summary']).default('highlights'),
  segments: z.array(span.extend({ text: z.string(), speaker: z.string().nullish() })),
  /** Spans that people found worth sharing, or laughed at. */
  labels: z.array(label).default([]),
  /** Questions, with the spans that answer them. */
  queries: z.array(z.object({ qid: z.string().min(1), query: z.string(), labels: z.array(label) })).default([]),
  /** Where topics begin, in seconds, and what people called them. */
  chapters: z.array(z.object({ start: z.number(), title: z.string().default('') })).default([]),
  /** Single reactions, at `t` seconds; the trained ranker learns from them. */
  events: z.array(z.object({ t: z.number(), weight: z.number() })).default([]),
  /** What it belongs to, for folds and for leaving one out. */
  show: z.string().default(''),
  domain: z.string().default(''),
})

/** A recording's words, and what people said about it. A detector may see `segments` and `duration` alone. */
export type LabelledRecording = z.infer<typeof labelledRecording>
export type Label = z.infer<typeof label>

export class EvaluationDataUnreadable extends AppError {
  readonly code = 'EVALUATION_DATA_UNREADABLE'
  constructor(path: string, problem: string, cause?: unknown) {
    super(`The labelled recordings in ${path} can't be read: ${problem}.`, {
      hint: 'docs/guide/evaluation.md describes the format: JSON Lines, one recording a line.',
      cause,
    })
  }
}

/** Reads a set: JSON Lines, one recording a line. @throws EvaluationDataUnreadable naming the line */
export async function readLabelledSet(path: string): Promise<LabelledRecording[]> {
  const recordings: LabelledRecording[] = []
  let line = 0
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      line++
      if (text.trim() !== '') recordings.push(labelledRecording.parse(JSON.parse(text)))
    }
  } catch (cause) {
    throw new EvaluationDataUnreadable(
      path,
      line === 0 ? 'the file can’t be opened' : `line ${line} ${problemOf(cause)}`,
      cause,
    )
  }
  if (recordings.length === 0) throw new EvaluationDataUnreadable(path, 'it is empty')
  const twice = recordings.find(({ id }, i) => recordings.findIndex((other) => other.id === id) < i)
  if (twice) throw new EvaluationDataUnreadable(path, `${twice.id} is in it twice`)
  return recordings
}

function problemOf(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return 'is not JSON'
  const [issue] = cause.issues
  return `is no labelled recording (${issue?.path.join('.') || 'all of it'}: ${issue?.message ?? 'unknown'})`
}

/** The words as the product has them: no word times, speakers where they are told. */
export function segmentsOf({ segments }: Pick<LabelledRecording, 'segments'>): Segment[] {
  return segments.map((segment, ordinal) => ({ ...segment, ordinal, speaker: segment.speaker ?? null, words: [] }))
}
