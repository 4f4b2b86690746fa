/** How loud something is as a whole (EBU R 128). */
export interface Loudness {
  /** Integrated loudness, LUFS; null for silence, which has none. */
  integrated: number | null
  /** Highest level between the samples, dB below full scale; null for silence. */
  truePeak: number | null
}

/** The meter's floor: below it nothing was measured. LUFS. */
const meterFloor = -69.9

/**
 * Collects the summary that ffmpeg's `ebur128` filter writes at its end, line by line:
 * `    I:         -14.4 LUFS` and, under `True peak:`, `    Peak:       -3.2 dBFS`. Throws when there was no summary.
 */
export function createLoudnessReader(): { take: (line: string) => void; read: () => Loudness } {
  let [inSummary, integrated, truePeak] = [false, Number.NaN, Number.NaN]
  return {
    take(line) {
      if (/Parsed_ebur128_\d+ @ .*Summary:/.test(line)) inSummary = true
      if (!inSummary) return
      integrated = numberAfter(/^\s*I:\s+(\S+) LUFS/, line) ?? integrated
      truePeak = numberAfter(/^\s*Peak:\s+(\S+) dBFS/, line) ?? truePeak
    },
    read() {
      if (Number.isNaN(integrated) || Number.isNaN(truePeak)) throw new Error('ffmpeg measured no loudness.')
      if (integrated <= meterFloor) return { integrated: null, truePeak: finite(truePeak) }
      return { integrated, truePeak: finite(truePeak) }
    },
  }
}

function numberAfter(pattern: RegExp, line: string): number | undefined {
  const text = pattern.exec(line)?.[1]
  if (text === undefined) return undefined
  return /^-inf$/i.test(text) || /nan/i.test(text) ? Number.NEGATIVE_INFINITY : Number(text)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
