import { clipBaselines } from '../../src/evaluation/baselines.ts'
import { bootstrap, type Estimate } from '../../src/evaluation/bootstrap.ts'
import { clipMeasureNames, measureClips, type PredictedClip } from '../../src/evaluation/clip-measures.ts'
import type { Labelled } from './labelled.ts'

/** What was found in a recording. */
export interface Scored {
  recording: Labelled
  clips: readonly (PredictedClip & { score: number })[]
}

/** Means with intervals over recordings, by measure. */
export function scoreClips(results: readonly Scored[]): Record<string, Estimate> {
  return estimates(results.map(measured))
}

/** The same for how much better the first are than the others, recording by recording. */
export function compareClips(results: readonly Scored[], others: readonly Scored[]): Record<string, Estimate> {
  const theirs = new Map(others.map((other) => [other.recording.id, measured(other).values]))
  return estimates(
    results.map(measured).map(({ recording, values }) => ({
      recording,
      values: Object.fromEntries(
        clipMeasureNames.map((name) => [name, values[name] - (theirs.get(recording)?.[name] ?? Number.NaN)]),
      ),
    })),
  )
}

/** The rule to beat: speaker changes and marks of excitement in windows of half a minute. */
export function byExchange(recordings: readonly Labelled[]): Scored[] {
  return recordings.map((recording) => ({
    recording,
    clips: clipBaselines.exchange({ recording }, 'clips').map((clip) => ({ score: 0, ...clip })),
  }))
}

function measured({ recording: { id, labels, duration }, clips }: Scored) {
  return { recording: id, values: measureClips({ predicted: clips, labels, duration, task: 'clips' }) }
}

function estimates(
  rows: readonly { recording: string; values: Readonly<Record<string, number>> }[],
): Record<string, Estimate> {
  const samples = (name: string) => rows.map(({ recording, values }) => ({ recording, value: values[name] ?? 0 }))
  return Object.fromEntries(clipMeasureNames.map((name) => [name, bootstrap(samples(name))]))
}
