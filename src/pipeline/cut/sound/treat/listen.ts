/** Seconds of one window: shorter than a syllable, long enough for the lowest voice to have a level. */
export const windowSeconds = 0.05

/** The end of a filter graph that tells how loud each window is, in the log: `lavfi.astats.Overall.RMS_level=-23.4`. */
export const levelMeter =
  `asetnsamples=n=${48_000 * windowSeconds}:p=0,astats=metadata=1:reset=1,` +
  'ametadata=mode=print:key=lavfi.astats.Overall.RMS_level'

/** Collects the levels that `levelMeter` writes; silence is −120. dB below full scale. */
export function createLevelReader(): { take: (line: string) => void; levels: number[] } {
  const levels: number[] = []
  return {
    levels,
    take(line) {
      const found = /lavfi\.astats\.Overall\.RMS_level=(\S+)/.exec(line)?.[1]
      if (found === undefined) return
      const level = Number(found)
      levels.push(Number.isFinite(level) ? Math.max(-120, level) : -120)
    },
  }
}

/**
 * The level of a noise that never stops: that of the quietest tenth. Never near the voice itself, where there are no pauses to hear
 * the noise in: taking it away would take the voice. Null where there is no noise worth taking away. dB below full scale.
 */
export function noiseFloor(levels: readonly number[]): number | null {
  const sorted = levels.toSorted((a, b) => a - b)
  const [quiet, loud] = [0.1, 0.9].map((share) => sorted[Math.floor(share * sorted.length)])
  if (quiet === undefined || loud === undefined) return null
  const floor = Math.min(quiet, loud - leastAboveNoise)
  return floor < inaudible ? null : floor
}

const leastAboveNoise = 15
const inaudible = -75
