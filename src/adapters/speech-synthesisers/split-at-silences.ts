/**
 * The sounds between stretches of digital silence (samples of exactly 0) of at least `least` samples, each from its first to its
 * last sample that is not 0.
 */
export function splitAtSilences(samples: Int16Array, least: number): Int16Array[] {
  const sounds: Int16Array[] = []
  let [first, last] = [-1, -1]
  for (let i = 0; i < samples.length; i++) {
    if (samples[i] === 0) continue
    if (first !== -1 && i - last > least) {
      sounds.push(samples.slice(first, last + 1))
      first = i
    }
    if (first === -1) first = i
    last = i
  }
  if (first !== -1) sounds.push(samples.slice(first, last + 1))
  return sounds
}
