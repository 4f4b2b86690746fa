import { basename, parse } from 'node:path'
import { decodeText } from '../../pipeline/transcribe/formats/decode-text.ts'
import { isTranscriptJson } from '../../pipeline/transcribe/formats/parse-transcript-json.ts'
import { normalizeLanguage } from '../../pipeline/transcribe/normalize-language.ts'
import { readTranscriptFile, type TranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import type { Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { TranscriptUnreadable } from '../../pipeline/transcribe/transcript-errors.ts'
import { fileSource } from './file-source.ts'
import { findSidecars, type Sidecar } from './find-sidecars.ts'

/**
 * A transcript file of the same name beside the recording. A JSON file there may be anything (download tools write
 * their notes so) and is passed over when it is no transcript; a broken SRT or WebVTT is an error a person should see.
 */
export const sidecar: Transcriber = {
  name: 'sidecar',
  async find({ path, info }, { signal }) {
    signal.throwIfAborted()
    const found = await findSidecars(path, normalizeLanguage(info.audio[0]?.language))
    const warnings: string[] = []
    for (const [index, candidate] of found.entries()) {
      const file = await readTranscriptFile(candidate.path, signal)
      const name = basename(candidate.path)
      if (candidate.extension === 'json' && !isTranscript(file)) {
        warnings.push(`${name} is not a transcript and was passed over.`)
        continue
      }
      warnings.push(...othersWarning(name, found.slice(index + 1)))
      return fileSource({
        file,
        origin: { kind: 'sidecar', name, format: null },
        language: candidate.language,
        warnings,
      })
    }
    return null
  },
  wayOut({ path }) {
    const { name } = parse(path)
    return `put ${name}.srt, ${name}.vtt, ${name}.json or one with a language such as ${name}.en.srt beside it`
  },
}

function isTranscript({ bytes }: TranscriptFile): boolean {
  try {
    return isTranscriptJson(decodeText(bytes, '').text)
  } catch (error) {
    if (error instanceof TranscriptUnreadable) return false
    throw error
  }
}

function othersWarning(name: string, others: Sidecar[]): string[] {
  if (others.length === 0) return []
  const names = others.slice(0, 5).map(({ path }) => basename(path))
  return [`${name} was read; there is also ${names.join(', ')}. Name another with --transcript.`]
}
