import type { Verdict } from '../../../domain/feedback.ts'
import { seededRandom } from '../../../domain/seeded-random.ts'
import type { VerdictGiven } from './taste.ts'

/** A verdict on a moment of its own, of a recording of its own, unless told. */
export function verdictOn(changes: Partial<VerdictGiven> & { at?: number } = {}): VerdictGiven {
  const { at = 0, ...rest } = changes
  return {
    recordingId: 'talk',
    span: { start: at, end: at + 30 },
    features: {},
    verdict: { kind: 'keep' },
    by: 'cli',
    ...rest,
  }
}

interface Asked {
  count: number
  likes: (features: { humour: number; specifics: number; deadAir: number }, random: () => number) => boolean
  by?: string
  seed?: number
}

/** Verdicts on moments with features as chance has them, two of each recording. */
export function someVerdicts({ count, likes, by = 'cli', seed = 1 }: Asked): VerdictGiven[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const features = { humour: random(), specifics: random(), deadAir: random() }
    const verdict: Verdict = { kind: likes(features, random) ? 'keep' : 'discard' }
    return verdictOn({ recordingId: `recording ${Math.floor(i / 2)}`, at: 100 * i, features, verdict, by })
  })
}
