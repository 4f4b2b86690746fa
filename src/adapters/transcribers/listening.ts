import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import type { SpeechEngine } from '../../pipeline/transcribe/speech-engine.ts'
import type {
  CueDocument,
  ReadOptions,
  TranscribableRecording,
  Transcriber,
} from '../../pipeline/transcribe/transcriber.ts'
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
  /** Makes more of what was heard (speakers, punctuation), where there is something that can. */
  refine?: () => Refinement | null
  /** How a person could give it an engine, as an imperative without a full stop. */
  wayOut: (recording: TranscribableRecording) => string | null
}

/** What is done with the cues once all windows are heard. A failure of it is a warning, not a failure of the hearing. */
export interface Refinement {
  /** Names everything that could change its result. */
  fingerprint: string
  /** @throws the signal's reason, and nothing else */
  apply(
    heard: Pick<CueDocument, 'cues' | 'language'>,
    about: RefineAbout,
  ): Promise<Pick<CueDocument, 'cues' | 'warnings'>>
}

export interface RefineAbout extends ReadOptions {
  path: string
  info: MediaInfo
  media: Media
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
      const refinement = options.refine?.() ?? null
      return {
        origin,
        fingerprint: createHash('sha256')
          .update(
            [
              recording.hash,
              engine.fingerprint,
              listenVersion,
              broken,
              ...(refinement ? [refinement.fingerprint] : []),
            ].join('|'),
          )
          .digest('hex'),
        async read(read) {
          read.signal.throwIfAborted()
          const { path, info } = recording
          read.onProgress?.({ fraction: 0, message: 'looking for silences' })
          try {
            const silences = await findSilences({ path, info, media: media.withSignal(read.signal) })
            const { heardBy, ...heard } = await listen({ ...read, engine, media, path, info, silences, store })
            // Its memory may be needed for what comes after.
            await engine.close?.()
            const refined =
              heard.cues.length > 0 ? await refinement?.apply(heard, { ...read, path, info, media }) : undefined
            return {
              origin: { ...origin, name: heardBy.join(' and ') || origin.name },
              ...heard,
              ...refined,
              warnings: [...heard.warnings, ...(refined?.warnings ?? [])],
            }
          } finally {
            await engine.close?.()
          }
        },
      }
    },
    wayOut: ({ info, ...recording }) => (info.audio.length === 0 ? null : options.wayOut({ info, ...recording })),
  }
}
