import { z } from 'zod'
import type { InstalledModel } from '../../../models/installed-models.ts'
import { adoptPunctuation, lacksPunctuation } from '../../../pipeline/transcribe/cues/adopt-punctuation.ts'
import type { Cue } from '../../../pipeline/transcribe/transcriber.ts'
import { SpeechModelUnusable } from './sherpa-errors.ts'
import { SherpaProcess } from './sherpa-process-client.ts'

interface PunctuationRequest {
  model: InstalledModel
  signal: AbortSignal
  /** The program to start; another one in tests. */
  program?: URL
}

/** Cues to one question: an answer comes soon enough to be cancelled between two. */
const atOnce = 100
const mostMemory = 1e9

/**
 * Full stops, commas and capitals for cues that were heard without; others stay as they are. No word is changed.
 * @throws SpeechModelUnusable | SpeechEngineFailed | SherpaProcessBroken, the signal's reason
 */
export async function setPunctuation(
  cues: readonly Cue[],
  { model, signal, program }: PunctuationRequest,
): Promise<Cue[]> {
  if (!lacksPunctuation(cues)) return [...cues]
  const unusable = (reason: string) => new SpeechModelUnusable({ model: model.entry.name, reason })
  const process = new SherpaProcess({
    task: { task: 'punctuate', files: model.files, threads: 1 },
    mostMemory,
    unusable,
    ...(program && { program }),
  })
  try {
    const done: Cue[] = []
    for (let index = 0; index < cues.length; index += atOnce) {
      const some = cues.slice(index, index + atOnce)
      // The model was trained on bare lower-case words.
      const texts = some.map(({ text }) => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}'’\s-]/gu, ''))
      const answers = z
        .array(z.string())
        .parse(await process.ask({ ask: 'punctuate', texts }, { signal, seconds: 300 }))
      done.push(...some.map((cue, at) => adoptPunctuation(cue, answers[at] ?? '')))
    }
    return done
  } finally {
    process.end()
  }
}
