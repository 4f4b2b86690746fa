import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../../database/tables.ts'
import { contentHash } from '../../../pipeline/content-hash.ts'
import type { HeardWindow, SoundWindow, SpeechEngine } from '../../../pipeline/transcribe/speech-engine.ts'
import { WindowLost } from '../../../pipeline/transcribe/speech-errors.ts'
import { type Clock, sharedClock } from '../../language-models/clock.ts'
import { type HearCall, hearCall } from './hear-call.ts'
import { readHearing } from './read-hearing.ts'
import { refuseOverBudget } from './refuse-over-budget.ts'
import { ServiceRefused } from './service-errors.ts'
import type { ServiceLimits, ServiceSetup } from './service-setup.ts'
import { trustHearing } from './trust-hearing.ts'
import { windowRequest } from './window-request.ts'

/** Raise when the same answer could become other words, or the same window another question. */
const version = 1

export interface ServiceParts {
  db: Kysely<Tables>
  limits: ServiceLimits
  /** Whose budget it is; null when it is about no recording. */
  recordingId: string | null
  runId: string | null
  /** Length of the whole recording, so that none is begun that the budget does not allow; null or left out: unknown. */
  recordingSeconds?: number | null
  /** Nobody is asked after it: an outage is waited for, as far as patience goes. */
  isLast?: boolean
  clock?: Clock
}

/** What is kept of an answer, so that the same window need not be paid for twice. */
const keptAnswer = z.object({
  language: z.string().nullable(),
  cues: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      text: z.string(),
      speaker: z.string().nullable(),
      words: z
        .array(
          z.object({
            text: z.string(),
            start: z.number(),
            end: z.number(),
            confidence: z.number().nullable(),
            timing: z.enum(['exact', 'estimated']),
          }),
        )
        .nullable(),
    }),
  ),
  warnings: z.array(z.string()),
})

/**
 * A service that hears for a key, behind everything that can go wrong with it: quota, budget, retries, a circuit breaker and a memory for
 * answers, shared through the database by every process that uses it.
 */
export function serviceEngine(setup: ServiceSetup, parts: ServiceParts): SpeechEngine {
  const { service, model, label, form, baseUrl, usdPerHour } = setup
  const { clock = sharedClock, isLast = true } = parts
  // What is sent may be wrong in general, or this one window be a strange one: two in a row are no chance.
  let [accepted, rejected] = [false, 0]
  let allowed: Promise<void> | null = null

  const onRejected = (reason: string): Error => {
    rejected++
    return accepted || rejected < 2 ? new WindowLost(label, `it ${reason}`) : new ServiceRefused(label, reason)
  }

  return {
    name: service,
    model,
    fingerprint: contentHash({ service, model, baseUrl, version, format: form.format, longest: form.longest }),
    form,
    atOnce: parts.limits.callsAtOnce,
    async listen(window: SoundWindow, { signal, language }): Promise<HeardWindow> {
      signal.throwIfAborted()
      allowed ??= refuseOverBudget(setup, { ...parts, clock })
      await allowed
      const bytes = await readWindow(window, setup)
      const call: HearCall<z.infer<typeof keptAnswer>> = {
        setup,
        contentKey: contentHash({ service, model, baseUrl, version, language, sound: sha256(bytes) }),
        reservedUsd: (usdPerHour * window.duration) / 3600,
        request: () => windowRequest(setup, { bytes, path: window.path, language }),
        read: (text) => {
          const hearing = readHearing(text, { segmentsAreWords: service === 'mistral' && setup.times === 'words' })
          const { warnings, ...trusted } = trustHearing(hearing, window)
          const billed = Math.min(Math.max(hearing.seconds ?? 0, window.duration), 2 * window.duration + 60)
          const sentences = warnings.map((what) => `Left out as made up by ${label} (${model}): ${what}.`)
          return { answer: { ...trusted, warnings: sentences }, usd: (usdPerHour * billed) / 3600 }
        },
        kept: keptAnswer,
        onRejected,
      }
      const { answer, usd } = await hearCall({ ...parts, clock, isLast }, call, signal)
      accepted = true
      const { warnings, ...heard } = answer
      return { ...heard, usd, ...(warnings.length > 0 ? { warnings } : {}) }
    },
  }
}

async function readWindow({ path }: SoundWindow, { form, label }: ServiceSetup): Promise<Uint8Array> {
  const bytes = await readFile(path)
  if (form.mostBytes !== undefined && bytes.byteLength > form.mostBytes)
    throw new WindowLost(label, `the window has ${bytes.byteLength} bytes, and it takes ${form.mostBytes}`)
  return bytes
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
