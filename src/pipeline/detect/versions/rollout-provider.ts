import { createHash } from 'node:crypto'
import type { ErrorCode, Provider, ResolutionDetails } from '@openfeature/server-sdk'
import type { LiveRollouts } from '../../../library/rollouts.store.ts'

/** The flag that says which detector a recording gets. */
export const detectorFlag = 'detector'

interface Decisions {
  rollouts: () => Promise<LiveRollouts>
  /** Named by a setting: wins over everything. */
  override: string | null
  standard: string
}

/**
 * OpenFeature's provider of the detector flag: what the database says is rolled out, looked up each time, so that a rollback counts from the next
 * recording on, in every process. The targeting key is the recording's content hash: the same recording gets the same version as long as the
 * rollout stands, and a greater share keeps those that had it.
 */
export function rolloutProvider({ rollouts, override, standard }: Decisions): Provider {
  return {
    metadata: { name: 'clipwright rollouts' },
    runsOn: 'server',
    async resolveStringEvaluation(flag, defaultValue, { targetingKey }) {
      if (flag !== detectorFlag) return unknownFlag(defaultValue)
      if (override !== null) return { value: override, variant: override, reason: 'setting' }
      const { current, trial } = await rollouts()
      if (trial !== null && targetingKey !== undefined && isDrawn({ key: targetingKey, ...trial }))
        return { value: trial.detector, variant: trial.detector, reason: 'trial' }
      const value = current?.detector ?? standard
      return { value, variant: value, reason: current === null ? 'standard' : 'current' }
    },
    resolveBooleanEvaluation: async (_flag, defaultValue) => unknownFlag(defaultValue),
    resolveNumberEvaluation: async (_flag, defaultValue) => unknownFlag(defaultValue),
    resolveObjectEvaluation: async (_flag, defaultValue) => unknownFlag(defaultValue),
  }
}

function unknownFlag<T>(value: T): ResolutionDetails<T> {
  return { value, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' as ErrorCode }
}

/** Whether a recording is among the share that a version is tried on. Each version draws anew, so that no recording is always the first. */
export function isDrawn({ key, detector, share }: { key: string; detector: string; share: number }): boolean {
  const drawn = createHash('sha256').update(`${detector}\n${key}`).digest().readUInt32BE(0) / 2 ** 32
  return drawn < share
}
