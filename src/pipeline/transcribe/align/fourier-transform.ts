/**
 * Power spectra of real frames of `size` samples (a power of two), by the radix-2 transform of Cooley and Tukey (1965). Tables and
 * work space are kept, so that a frame costs no memory. Written without
 * destructuring, which makes the inner loop three times slower.
 */
export function createPowerSpectrum(size: number): (frame: Float32Array, power: Float32Array) => void {
  if (size < 4 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two.`)
  const cosines = new Float32Array(size / 2)
  const sines = new Float32Array(size / 2)
  for (let k = 0; k < size / 2; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / size)
    sines[k] = -Math.sin((2 * Math.PI * k) / size)
  }
  const places = bitReversed(size)
  const re = new Float32Array(size)
  const im = new Float32Array(size)

  /** `power` takes the size / 2 + 1 squared magnitudes from 0 Hz to half the sample rate. */
  return (frame, power) => {
    for (let i = 0; i < size; i++) {
      re[i] = frame[places[i] as number] as number
      im[i] = 0
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half)
      for (let from = 0; from < size; from += 2 * half) {
        for (let k = 0; k < half; k++) {
          const a = from + k
          const b = a + half
          const c = cosines[k * stride] as number
          const s = sines[k * stride] as number
          const x = re[b] as number
          const y = im[b] as number
          const real = x * c - y * s
          const imaginary = x * s + y * c
          const u = re[a] as number
          const v = im[a] as number
          re[b] = u - real
          im[b] = v - imaginary
          re[a] = u + real
          im[a] = v + imaginary
        }
      }
    }
    for (let k = 0; k <= size / 2; k++) {
      const real = re[k] as number
      const imaginary = im[k] as number
      power[k] = real * real + imaginary * imaginary
    }
  }
}

function bitReversed(size: number): Uint32Array {
  const places = new Uint32Array(size)
  for (let i = 1; i < size; i++) places[i] = ((places[i >> 1] as number) >> 1) | (i & 1 ? size >> 1 : 0)
  return places
}
