import type { SpeechSynthesiser } from '../../pipeline/transcribe/align/speech-synthesiser.ts'
import { espeak } from './espeak.ts'
import { findEspeak } from './find-espeak.ts'

const found = new Map<string, Promise<SpeechSynthesiser | null>>()

/** What says words, looked for once per process; null when there is none. @throws EspeakBroken when a setting names a broken one */
export function findSynthesiser(named: string | undefined): Promise<SpeechSynthesiser | null> {
  const key = named ?? ''
  const known = found.get(key)
  if (known) return known
  const search = findEspeak(named).then((program) => (program === null ? null : espeak(program)))
  found.set(key, search)
  // A failure is not kept: the person may mend it while we run.
  search.catch(() => found.delete(key))
  return search
}
