import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { saveEvent } from '../../../library/events.store.ts'
import { sumSpent } from '../../../library/model-calls.store.ts'
import type { Transcriber } from '../../../pipeline/transcribe/transcriber.ts'
import { aboutUsd, formatUsd } from './format-usd.ts'
import type { ServiceSetup } from './service-setup.ts'
import { isOnThisMachine } from './services-of.ts'

interface About {
  /** Who is asked first. */
  setup: ServiceSetup
  db: Kysely<Tables>
  recordingId: string | null
  runId: string | null
}

/**
 * A service that says, before it listens, where the sound goes and about what it costs, and at the end what it did cost, as events.
 * By list price; a part that was heard before costs nothing.
 */
export function announced(transcriber: Transcriber, { setup, db, recordingId, runId }: About): Transcriber {
  const about = { ...(recordingId === null ? {} : { recordingId }), ...(runId === null ? {} : { runId }) }
  return {
    ...transcriber,
    async find(recording, options) {
      const source = await transcriber.find(recording, options)
      if (source === null) return null
      const estimate = (setup.usdPerHour * recording.info.duration) / 3600
      return {
        ...source,
        async read({ onProgress, ...read }) {
          const data = { service: setup.service, model: setup.model, estimateUsd: estimate }
          await saveEvent(db, { ...event, ...about, name: 'hearing.begun', message: sayWhere(setup, estimate), data })
          const tell: typeof onProgress =
            onProgress &&
            (({ fraction, message }) => onProgress({ fraction, message: `${message}, by ${setup.label}` }))
          const document = await source.read({ ...read, ...(tell && { onProgress: tell }) })
          const usd = recordingId === null ? null : (await sumSpent(db, { kind: 'speech', recordingId })).usd
          const message = `${document.origin.name} heard the recording${usd === null ? '' : `, for ${formatUsd(usd)} in all`}.`
          await saveEvent(db, { ...event, ...about, name: 'hearing.ended', message, data: { ...data, usd } })
          return document
        },
      }
    },
  }
}

const event = { severity: 'info' as const, component: 'speech-engines' }

function sayWhere({ label, model, baseUrl }: ServiceSetup, estimate: number): string {
  const cost = estimate > 0 ? `, for ${aboutUsd(estimate)}` : ''
  return isOnThisMachine(baseUrl)
    ? `The recording has no transcript: ${label} on this machine (${model}) listens to it${cost}.`
    : `The recording has no transcript: its sound is sent to ${label} (${model})${cost}.`
}
