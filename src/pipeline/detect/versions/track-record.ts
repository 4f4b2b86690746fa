import { detectorId } from '../../../domain/detector-id.ts'
import type { Feedback } from '../../../library/feedback.store.ts'
import type { DetectionRun } from '../../../library/rollouts.store.ts'
import { judgedMoments } from '../taste/judged-moments.ts'

/** What one version did on the recordings it was given. */
export interface TrackRecord {
  detector: string
  runs: DetectionRun[]
  /** Moments of it that people judged, by their last verdict. */
  judged: { recordingId: string; discarded: boolean }[]
}

/** What each version did, those first that ran first. Verdicts on moments that a language model put in place are about that, and left out. */
export function trackRecords(runs: readonly DetectionRun[], verdicts: readonly Feedback[]): Map<string, TrackRecord> {
  const records = new Map<string, TrackRecord>()
  const recordOf = (detector: string) => {
    const record = records.get(detector) ?? { detector, runs: [], judged: [] }
    records.set(detector, record)
    return record
  }
  for (const run of runs) recordOf(run.detector).runs.push(run)
  for (const [detector, given] of Map.groupBy(verdicts, (verdict) => detectorId(verdict.detector))) {
    for (const { recording, liked } of judgedMoments(given)) {
      recordOf(detector).judged.push({ recordingId: recording, discarded: !liked })
    }
  }
  return records
}
