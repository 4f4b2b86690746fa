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

/**
 * The meetings with questions, chapters and summaries (QMSum; Zhong and others 2021) in `dev/qmsum.jsonl` of the data's folder, by id. With
 * `bySeries` all meetings of one group of people are in one fold: what a model knows of people and projects then helps it no more.
 */
export async function readMeetings(folder: string, { bySeries = false } = {}): Promise<Meeting[]> {
  const meetings = await readLabelledSet(join(folder, 'dev', 'qmsum.jsonl'))
  meetings.sort((a, b) => (a.id < b.id ? -1 : 1))
  // By kind of meeting, so that each fold has some of each.
  const byKind = meetings.toSorted((a, b) => (a.domain === b.domain ? 0 : a.domain < b.domain ? -1 : 1))
  const foldOfSeries = foldsBySeries(meetings)
  return meetings.map((meeting) => {
    const segments = segmentsOf(meeting)
    const { duration } = meeting
    return {
      ...meeting,
      segments,
      facts: readRecording({ segments, duration, analysis: null, limits: usualLimits }),
      fold: bySeries ? (foldOfSeries.get(seriesOf(meeting)) ?? 0) : byKind.indexOf(meeting) % folds.length,
    }
  })
}

/** The same people on the same project, by the names that AMI, ICSI and the committees give: `ES2012` of `ES2012a`, `Bmr` of `Bmr009`. */
export function seriesOf({ id }: { id: string }): string {
  return id.replace(/^.*:/, '').replace(/(?:[a-d]|\d{3}|_\d+)$/, '')
}

/** The longest series first, each to the fold that has fewest meetings. */
function foldsBySeries(meetings: readonly { id: string }[]): Map<string, number> {
  const series = [...Map.groupBy(meetings, seriesOf)].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  )
  const sizes = folds.map(() => 0)
  return new Map(
    series.map(([name, list]) => {
      const fold = sizes.indexOf(Math.min(...sizes))
      sizes[fold] = (sizes[fold] ?? 0) + list.length
      return [name, fold]
    }),
  )
}
