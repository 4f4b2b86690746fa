import { createHash } from 'node:crypto'
import type { Cue, Transcriber } from '../../src/pipeline/transcribe/transcriber.ts'

interface FakeTranscriberOptions {
  name?: string
  /** What it has for every recording; null when it has nothing. */
  cues: Cue[] | null
  language?: string | null
  wayOut?: string | null
}

/** Has, or has not, the cues it was given; keeps the promises of the interface. */
export function fakeTranscriber({
  name = 'fake',
  cues,
  language = 'en',
  wayOut = null,
}: FakeTranscriberOptions): Transcriber {
  return {
    name,
    async find(_, { signal }) {
      signal.throwIfAborted()
      if (cues === null) return null
      const origin = { kind: 'local' as const, name, format: null }
      return {
        origin,
        fingerprint: createHash('sha256')
          .update(JSON.stringify([cues, language]))
          .digest('hex'),
        async read({ signal: reading, onProgress }) {
          reading.throwIfAborted()
          onProgress?.({ fraction: 1, message: 'done' })
          return { origin, language, cues: structuredClone(cues), warnings: [] }
        },
      }
    },
    wayOut: () => wayOut,
  }
}
