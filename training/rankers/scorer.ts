import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Labelled } from './labelled.ts'

interface Clip {
  start: number
  end: number
  score: number
}

export type Measures = Record<string, number>

export interface Interval {
  mean: number
  /** Of the 95 % interval. */
  lo: number
  hi: number
}

interface Row {
  item: string
  key: string
  m: Measures
}

/** The scorer that comes with the labelled recordings; it is run as it is and never part of this repository. */
interface ScorerModule {
  scoreClips: (clips: readonly Clip[], labels: Labelled['labels'], duration: number, task: 'clips') => Measures
  bootstrap: (rows: readonly Row[], draws?: number, seed?: number, other?: readonly Row[]) => Record<string, Interval>
  BASELINES: Record<string, (unit: { key: string; item: Labelled }, task: 'clips') => Clip[]>
}

export interface Scored {
  recording: Labelled
  clips: readonly Clip[]
}

export interface Scorer {
  /** Means with intervals over recordings. */
  score: (results: readonly Scored[]) => Record<string, Interval>
  /** The same for how much better the first are than the others, recording by recording. */
  compare: (results: readonly Scored[], others: readonly Scored[]) => Record<string, Interval>
  /** Speaker changes and marks of excitement in windows of half a minute. */
  exchange: (recordings: readonly Labelled[]) => Scored[]
}

export async function loadScorer(data: string): Promise<Scorer> {
  const scorer = (await import(pathToFileURL(join(data, 'score.mjs')).href)) as ScorerModule
  const rowsOf = (results: readonly Scored[]): Row[] =>
    results.map(({ recording, clips }) => ({
      item: recording.id,
      key: recording.id,
      m: scorer.scoreClips(clips, recording.labels, recording.duration, 'clips'),
    }))
  return {
    score: (results) => scorer.bootstrap(rowsOf(results)),
    compare: (results, others) => scorer.bootstrap(rowsOf(results), 2000, 7, rowsOf(others)),
    exchange: (recordings) =>
      recordings.map((recording) => ({
        recording,
        clips: scorer.BASELINES['exchange']?.({ key: recording.id, item: recording }, 'clips') ?? [],
      })),
  }
}

/** Whether the scorer takes a clip for a label: they share at least half of the shorter. */
export function isMatch(clip: { start: number; end: number }, label: { start: number; end: number }): boolean {
  const shared = Math.min(clip.end, label.end) - Math.max(clip.start, label.start)
  return shared > 0 && shared >= 0.5 * Math.min(clip.end - clip.start, label.end - label.start)
}
