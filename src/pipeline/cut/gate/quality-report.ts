export type QualityCheckName =
  | 'streams'
  | 'size'
  | 'duration'
  | 'synchrony'
  | 'loudness'
  | 'true-peak'
  | 'black'
  | 'standstill'
  | 'captions'
  | 'faces'

/** One thing that was looked at in a finished clip. */
export interface QualityCheck {
  name: QualityCheckName
  /** `skipped`: does not apply to this clip, for the reason in `detail`. */
  status: 'passed' | 'failed' | 'skipped'
  /** What was found, a sentence for a person. */
  detail: string
}

/** What the quality gate found. */
export interface QualityReport {
  checks: QualityCheck[]
  /** True when the clip failed at first and was made again. */
  repaired: boolean
}

export function failuresOf(checks: readonly QualityCheck[]): QualityCheck[] {
  return checks.filter(({ status }) => status === 'failed')
}

export function verdict(name: QualityCheckName, isGood: boolean, detail: string): QualityCheck {
  return { name, status: isGood ? 'passed' : 'failed', detail }
}

export function skipped(name: QualityCheckName, detail: string): QualityCheck {
  return { name, status: 'skipped', detail }
}
