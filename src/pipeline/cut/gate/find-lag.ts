/** How much later one sound is than another. */
export interface Lag {
  /** Seconds; negative when it is earlier. */
  seconds: number
  /** How alike the two are there, −1 to 1. */
  likeness: number
}

/** Below it the two are not the same sound, or there is nothing in it to tell by: a tone, a hum. */
const leastLikeness = 0.5
/** A beat is as good a bar later: the best place must stand out from those farther away than `near`. */
const leastLead = 0.05
const near = 0.06

/**
 * How much later `clip` is than `source`, from the loudness of both, `rate` values a second: the shift at which their changes are most alike (normalised
 * cross-correlation). `source` begins `most` seconds before `clip` and ends as much after it. Null where that can't be told.
 */
export function findLag(
  source: readonly number[],
  clip: readonly number[],
  { rate, most }: { rate: number; most: number },
): Lag | null {
  const reach = Math.round(most * rate)
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => ({
    // Its own place in the source is `reach` values in.
    seconds: (reach - i) / rate,
    likeness: likenessAt(source, clip, i),
  }))
  const best = places.reduce((a, b) => (b.likeness > a.likeness ? b : a))
  const others = places.filter(({ seconds }) => Math.abs(seconds - best.seconds) > near)
  const next = Math.max(-1, ...others.map(({ likeness }) => likeness))
  return best.likeness >= leastLikeness && best.likeness - next >= leastLead ? best : null
}

function likenessAt(source: readonly number[], clip: readonly number[], from: number): number {
  let [a, b, aa, bb, ab, count] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < clip.length; i++) {
    const [x, y] = [source[from + i], clip[i]]
    if (x === undefined || y === undefined) continue
    a += x
    b += y
    aa += x * x
    bb += y * y
    ab += x * y
    count++
  }
  const spread = (aa - (a * a) / count) * (bb - (b * b) / count)
  return count < 10 || spread < 1e-9 ? 0 : (ab - (a * b) / count) / Math.sqrt(spread)
}

/** Loudness of mono samples, `rate` times a second: the logarithm of their energy, so that a quiet word counts as a loud one does. */
export function loudnessCurve(
  samples: Float32Array,
  { sampleRate, rate }: { sampleRate: number; rate: number },
): number[] {
  const each = Math.round(sampleRate / rate)
  return Array.from({ length: Math.floor(samples.length / each) }, (_, i) => {
    let energy = 0
    for (let at = i * each; at < (i + 1) * each; at++) energy += (samples[at] ?? 0) ** 2
    // What is below −70 dB is silence, whatever noise an encoder makes of it.
    return Math.max(-70, 10 * Math.log10(energy / each + 1e-12))
  })
}
