import { AppError } from '../../../domain/app-error.ts'
import { detectorId } from '../../../domain/detector-id.ts'
import type { Detector } from '../../../domain/moment.ts'
import { handSetRanker } from '../hand-set-ranker.ts'
import type { Ranker } from '../ranker.ts'
import type { Taste } from '../taste/taste.ts'
import { withTaste } from '../taste/with-taste.ts'
import { trainedRanker } from '../trained-ranker.ts'

/** Every version that can be run, the newest of a name last. An older one stays until nobody can want it back. */
const rankers: readonly Ranker[] = [handSetRanker, trainedRanker]

/** What looks for moments where nobody decided otherwise. */
export const standardDetector: string = detectorId(trainedRanker.detector)

/** What a library that has not seen it yet begins to try on a tenth of its recordings; null: nothing. */
export const shippedNewcomer: string | null = null

/** Names of all versions as people write them: `hand-set@2`. */
export const detectorIds: readonly string[] = rankers.map(({ detector }) => detectorId(detector))

export class DetectorUnknown extends AppError {
  readonly code = 'DETECTOR_UNKNOWN'
  constructor(name: string) {
    super(`There is no detector "${name}".`, { hint: `There are: ${detectorIds.join(', ')}.` })
  }
}

/** The version meant: `hand-set@2`, or the newest of a name, `hand-set`. @throws DetectorUnknown */
export function findDetector(name: string): string {
  const found = detectorIds.findLast((id) => id === name) ?? detectorIds.findLast((id) => id.split('@')[0] === name)
  if (found === undefined) throw new DetectorUnknown(name)
  return found
}

/** A ranker by what it is called, with a taste where there is one: plain data is enough to have it in another thread. @throws DetectorUnknown */
export function rankerOf({ detector, taste }: { detector: string | Detector; taste?: Taste | undefined }): Ranker {
  const id = typeof detector === 'string' ? detector : detectorId(detector)
  const ranker = rankers.find((candidate) => detectorId(candidate.detector) === id)
  if (ranker === undefined) throw new DetectorUnknown(id)
  return taste === undefined ? ranker : withTaste(ranker, taste)
}
