import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import type { SpeechEngine } from '../../pipeline/transcribe/speech-engine.ts'
import type { TranscribableRecording, Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { listen, listenVersion } from '../../pipeline/transcribe/windows/listen.ts'
import { storedWindows } from './stored-windows.ts'

export interface ListeningOptions {
  /** e.g. `local model`, `openai`. */
  name: string
  kind: 'local' | 'cloud'
  /** The engine to ask; null when there is none. Quick, changes nothing; it is closed after each hearing. */
  engine: (recording: TranscribableRecording) => Promise<SpeechEngine | null>
  media: Media
  db: Kysely<Tables>
  findSilences: (request: { path: string; info: MediaInfo; media: Media }) => Promise<TimeRange[]>
  /** How a person could give it an engine, as an imperative without a full stop. */
  wayOut: (recording: TranscribableRecording) => string | null
}

/** A transcriber that listens: whoever hears windows, made to hear whole recordings. Without sound it has nothing to say. */
export function listening(options: ListeningOptions): Transcriber {
  const { name, kind, media, db, findSilences } = options
  return {
    name,
    async find(recording, { signal }) {
      signal.throwIfAborted()
      if (recording.info.audio.length === 0) return null
      const engine = await options.engine(recording)
      if (!engine) return null
      const store = storedWindows(db, { recordingHash: recording.hash, engine: engine.fingerprint })
      const origin = { kind, name: `${engine.name} (${engine.model})`, format: null }
      // Where it broke before, another hearing may do better: that is another transcript.
      const broken = await store.countBroken()
      return {
        origin,
        fingerprint: createHash('sha256')
          .update([recording.hash, engine.fingerprint, listenVersion, broken].join('|'))
          .digest('hex'),
        async read(read) {
          read.signal.throwIfAborted()
          const { path, info } = recording
          read.onProgress?.({ fraction: 0, message: 'looking for silences' })
          try {
            const silences = await findSilences({ path, info, media: media.withSignal(read.signal) })
            const { heardBy, ...heard } = await listen({ ...read, engine, media, path, info, silences, store })
            return { origin: { ...origin, name: heardBy.join(' and ') || origin.name }, ...heard }
          } finally {
            await engine.close?.()
          }
        },
      }
    },
    wayOut: ({ info, ...recording }) => (info.audio.length === 0 ? null : options.wayOut({ info, ...recording })),
  }
}
