import { type Detector, type Moment, rungs } from './moment.ts'

/** Who stands on the highest rung of those that found these moments; null when there are none. */
export function bestDetector(moments: readonly Pick<Moment, 'detector'>[]): Detector | null {
  const detectors = moments.map(({ detector }) => detector)
  return detectors.reduce<Detector | null>(
    (best, detector) => (best !== null && rungs.indexOf(best.rung) <= rungs.indexOf(detector.rung) ? best : detector),
    null,
  )
}
