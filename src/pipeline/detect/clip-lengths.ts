import type { Platform } from '../../domain/platform.ts'
import { platformLengths } from './platforms.ts'

/** Seconds; what is not given is chosen. */
export interface AskedLengths {
  platform?: Platform | undefined
  min?: number | undefined
  max?: number | undefined
}

const usualLengths = { min: 15, max: 60, limit: 600 }

/** What is not given is what the platform favours, as far as it leaves room for what is given. Seconds. */
export function lengthsOf({ platform, min, max }: AskedLengths): { minSeconds: number; maxSeconds: number } {
  const usual = platform === undefined ? usualLengths : platformLengths[platform]
  return {
    minSeconds: min ?? Math.min(usual.min, Math.max(3, (max ?? usual.max) / 2)),
    maxSeconds: max ?? Math.min(usual.limit, Math.max(usual.max, (min ?? usual.min) * 2)),
  }
}

/** What is wrong with lengths: the wrong way round, or more than the platform takes (its `limit`, seconds); null when nothing is. */
export function lengthProblem({
  platform,
  min,
  max,
}: AskedLengths): { is: 'min over max' } | { is: 'over limit'; name: 'min' | 'max'; limit: number } | null {
  if (min !== undefined && max !== undefined && min > max) return { is: 'min over max' }
  if (platform === undefined) return null
  const { limit } = platformLengths[platform]
  if (max !== undefined && max > limit) return { is: 'over limit', name: 'max', limit }
  return min !== undefined && min > limit ? { is: 'over limit', name: 'min', limit } : null
}
