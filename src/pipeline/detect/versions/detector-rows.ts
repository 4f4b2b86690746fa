import type { Feedback } from '../../../library/feedback.store.ts'
import type { DetectionRun, LiveRollouts } from '../../../library/rollouts.store.ts'
import { geometricMean } from './compare-versions.ts'
import { detectorIds, standardDetector } from './detectors.ts'
import { trackRecords } from './track-record.ts'

/** One version, for a person. */
export interface DetectorRow {
  /** `name@version`. */
  detector: string
  /** Null for one that no recording gets now. */
  role: 'standard' | 'current' | 'trial' | null
  /** Of the recordings, 0 to 1. */
  share: number
  runs: number
  errors: number
  /** Geometric mean of the seconds it took for an hour of recording; null before the first time. */
  secondsPerHour: number | null
  /** Moments that people judged, and did not want. */
  judged: number
  discarded: number
}

interface Known {
  rollouts: LiveRollouts
  runs: readonly DetectionRun[]
  verdicts: readonly Feedback[]
}

/** All versions that can be run, and those that once ran here, with what they did. */
export function detectorRows({ rollouts, runs, verdicts }: Known): DetectorRow[] {
  const records = trackRecords(runs, verdicts)
  const ran = [...new Set(runs.map(({ detector }) => detector))].filter((detector) => !detectorIds.includes(detector))
  return [...detectorIds, ...ran].map((detector) => {
    const record = records.get(detector) ?? { runs: [], judged: [] }
    const times = record.runs.flatMap(({ secondsPerHour }) => secondsPerHour ?? [])
    return {
      detector,
      ...partOf(detector, rollouts),
      runs: record.runs.length,
      errors: record.runs.filter(({ failed }) => failed).length,
      secondsPerHour: geometricMean(times),
      judged: record.judged.length,
      discarded: record.judged.filter(({ discarded }) => discarded).length,
    }
  })
}

function partOf(detector: string, { current, trial }: LiveRollouts): Pick<DetectorRow, 'role' | 'share'> {
  const rest = 1 - (trial?.share ?? 0)
  if (detector === trial?.detector) return { role: 'trial', share: trial.share }
  if (detector === current?.detector) return { role: 'current', share: rest }
  if (detector === standardDetector && current === null) return { role: 'standard', share: rest }
  return { role: null, share: 0 }
}
