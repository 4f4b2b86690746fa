import type { Detection } from '../../../domain/moment.ts'
import type { FindInput } from '../find-moments.ts'
import type { Shortlist } from '../language-model/passage.ts'
import type { Ranker } from '../ranker.ts'
import type { RecordingToWeigh } from '../weigh-recording.ts'
import { type Answered, createDetectionThreads } from './detection-threads.ts'
import { packSegments } from './pack-segments.ts'

/** The threads of this process; none runs before the first detection, nor long after the last. */
const threads = createDetectionThreads()

interface Options {
  /** Ends the work at once. */
  signal: AbortSignal
}

/** `findMoments` in a thread of its own: the same moments, while this thread does other things. @throws see DetectionThreads.ask */
export function findOffThread(input: Omit<FindInput, 'lighter'>, options: Options): Promise<Answered<Detection>> {
  const { settings, judgements = null } = input
  return threads.ask({ task: 'moments', ...aboutRecording(input), settings, judgements }, options)
}

/** `shortlistMoments` in a thread of its own. @throws see DetectionThreads.ask */
export function shortlistOffThread(
  input: Omit<RecordingToWeigh, 'lighter'>,
  options: Options,
): Promise<Answered<Shortlist>> {
  return threads.ask({ task: 'shortlist', ...aboutRecording(input), settings: input.settings }, options)
}

function aboutRecording({ segments, duration, analysis, ranker }: Omit<RecordingToWeigh, 'settings' | 'lighter'>) {
  return { segments: packSegments(segments), duration, analysis, ranker: nameOf(ranker) }
}

function nameOf({ detector, taste }: Ranker) {
  return { detector, ...(taste === undefined ? {} : { taste }) }
}
