import type { Detection, Detector } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import type { FindSettings } from '../find-moments.ts'
import type { Judgements } from '../language-model/judgement.ts'
import type { Shortlist } from '../language-model/passage.ts'
import type { Taste } from '../taste/taste.ts'
import type { RecordingToWeigh } from '../weigh-recording.ts'
import type { PackedSegments } from './pack-segments.ts'
import type { ThrownInThread } from './thread-errors.ts'

interface AboutRecording {
  segments: PackedSegments
  /** Length of the recording in seconds. */
  duration: number
  analysis: Analysis | null
  /** Names the ranker: functions can't be handed to a thread. */
  ranker: { detector: Detector; taste?: Taste }
}

/** What a thread is asked; all of it can be cloned. */
export type Question =
  | (AboutRecording & { task: 'moments'; settings: FindSettings; judgements: Judgements | null })
  | (AboutRecording & { task: 'shortlist'; settings: RecordingToWeigh['settings'] })

/** What comes back, by task. */
export interface Results {
  moments: Detection
  shortlist: Shortlist
}

export interface Asked {
  question: Question
  /** Whether to make do with little memory. */
  lighter: boolean
}

export type Answer =
  | {
      kind: 'done'
      result: unknown
      /** How long the thread worked on it. */
      seconds: number
    }
  | { kind: 'failed'; thrown: ThrownInThread }
