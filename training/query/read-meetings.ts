import { join } from 'node:path'
import type { Segment } from '../../src/domain/transcript.ts'
import { type LabelledRecording, readLabelledSet, segmentsOf } from '../../src/evaluation/labelled-recording.ts'
import { readRecording } from '../../src/pipeline/detect/read-recording.ts'
import type { RecordingFacts } from '../../src/pipeline/detect/recording-facts.ts'

export interface Meeting extends Omit<LabelledRecording, 'segments'> {
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
  const meetings = await readLabelledSet(join(folder, 'dev', 'qmsum.jsonl'))
  meetings.sort((a, b) => (a.id < b.id ? -1 : 1))
  // By kind of meeting, so that each fold has some of each.
  const byKind = meetings.toSorted((a, b) => (a.domain === b.domain ? 0 : a.domain < b.domain ? -1 : 1))
  return meetings.map((meeting) => {
    const segments = segmentsOf(meeting)
    const { duration } = meeting
    return {
      ...meeting,
      segments,
      facts: readRecording({ segments, duration, analysis: null, limits: usualLimits }),
      fold: byKind.indexOf(meeting) % folds.length,
    }
  })
}
