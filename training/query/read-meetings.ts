import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Segment } from '../../src/domain/transcript.ts'
import { readRecording } from '../../src/pipeline/detect/read-recording.ts'
import type { RecordingFacts } from '../../src/pipeline/detect/recording-facts.ts'

const span = z.object({ start: z.number(), end: z.number(), weight: z.number().default(1) })

const labelledMeeting = z.object({
  id: z.string(),
  domain: z.string().default(''),
  /** Seconds. */
  duration: z.number(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string(), speaker: z.string().nullish() })),
  labels: z.array(span).default([]),
  queries: z.array(z.object({ qid: z.string(), query: z.string(), labels: z.array(span) })).default([]),
  chapters: z.array(z.object({ start: z.number(), end: z.number(), title: z.string() })).default([]),
})

export interface Meeting extends Omit<z.infer<typeof labelledMeeting>, 'segments'> {
  segments: Segment[]
  facts: RecordingFacts
  /** 0 to 4: recordings of one fold are tested with a model that has seen none of them. */
  fold: number
}

export const folds = [0, 1, 2, 3, 4]
/** As the command line gives them when nothing is said. */
export const usualLimits = { count: 20, minSeconds: 15, maxSeconds: 60 }

/** The meetings with questions, chapters and summaries (QMSum; Zhong and others 2021) in `dev/qmsum.jsonl` of the data's folder, by id. */
export async function readMeetings(folder: string): Promise<Meeting[]> {
  const lines = (await readFile(join(folder, 'dev', 'qmsum.jsonl'), 'utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')
  const meetings = lines.map((line) => labelledMeeting.parse(JSON.parse(line))).sort((a, b) => (a.id < b.id ? -1 : 1))
  // By kind of meeting, so that each fold has some of each.
  const byKind = meetings.toSorted((a, b) => (a.domain === b.domain ? 0 : a.domain < b.domain ? -1 : 1))
  return meetings.map((meeting) => {
    const segments = meeting.segments.map((segment, ordinal) => ({
      ...segment,
      speaker: segment.speaker ?? null,
      ordinal,
      words: [],
    }))
    const { duration } = meeting
    return {
      ...meeting,
      segments,
      facts: readRecording({ segments, duration, analysis: null, limits: usualLimits }),
      fold: byKind.indexOf(meeting) % folds.length,
    }
  })
}
