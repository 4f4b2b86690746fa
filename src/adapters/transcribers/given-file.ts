import { languageOfFileName } from '../../pipeline/transcribe/language-of-file-name.ts'
import { readTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import type { Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { fileSource } from './file-source.ts'
import { quotePath } from './quote-path.ts'

/** The transcript file a person named, of any format we know. Never falls back to another one: they chose this. */
export const givenFile: Transcriber = {
  name: 'given file',
  async find({ givenTranscript }, { signal }) {
    signal.throwIfAborted()
    if (givenTranscript === null) return null
    const file = await readTranscriptFile(givenTranscript, signal)
    const origin = { kind: 'given' as const, name: givenTranscript, format: null }
    return fileSource({ file, origin, language: languageOfFileName(givenTranscript) })
  },
  wayOut: ({ path }) =>
    `give it a transcript you have: \`clipwright transcript import ${quotePath(path)} FILE\`, or the same command with --transcript FILE (SRT, WebVTT, or JSON of Whisper, WhisperX, AssemblyAI, Deepgram or Podcasting 2.0)`,
}
