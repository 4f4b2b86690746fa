import { createHash } from 'node:crypto'
import type { TranscriptOrigin } from '../../domain/transcript.ts'
import { parseTranscript } from '../../pipeline/transcribe/formats/parse-transcript.ts'
import type { TranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import type { TranscriptSource } from '../../pipeline/transcribe/transcriber.ts'

interface FileSourceOptions {
  file: TranscriptFile
  origin: TranscriptOrigin
  /** What the file's name says; the content wins over it. */
  language: string | null
  warnings?: string[]
}

/** A transcript whose bytes are in hand. */
export function fileSource({ file, origin, language, warnings = [] }: FileSourceOptions): TranscriptSource {
  return {
    origin,
    // The name says the language, and through it how words and sentences are split.
    fingerprint: createHash('sha256')
      .update(`${file.fingerprint}|${language ?? ''}|${origin.kind}|${origin.name}`)
      .digest('hex'),
    async read({ signal }) {
      signal.throwIfAborted()
      const parsed = parseTranscript(file.bytes, { name: origin.name, language })
      return {
        origin: { ...origin, format: parsed.format },
        language: parsed.language,
        cues: parsed.cues,
        warnings: [...warnings, ...parsed.warnings],
      }
    },
  }
}
