import type { HeardWindow, SoundWindow, SpeechEngine, WindowForm } from '../../src/pipeline/transcribe/speech-engine.ts'
import { WindowLost } from '../../src/pipeline/transcribe/speech-errors.ts'
import { wordsToCues } from '../../src/pipeline/transcribe/words/place-words.ts'
import { hearTones } from './tone-speech.ts'

interface ContractEngineOptions {
  form?: Partial<WindowForm>
  atOnce?: number
  /** What it takes each window for. */
  language?: string | null | ((window: SoundWindow) => string)
  /** Without word times, as Moonshine has none. */
  timed?: boolean
  fingerprint?: string
  /** Called with each window before it is heard; what it throws, the engine throws. */
  before?: (window: SoundWindow, language: string | null, signal: AbortSignal) => Promise<void> | void
}

export interface ContractEngine extends SpeechEngine {
  /** Windows it was asked for, in order. */
  readonly asked: { start: number; duration: number; language: string | null }[]
  closed: number
}

/** An engine that really hears: words spoken as tones (`speakTones`). It keeps every promise of `SpeechEngine`. */
export function contractEngine(options: ContractEngineOptions = {}): ContractEngine {
  const { form = {}, atOnce = 1, language = 'en', timed = true, before, fingerprint = 'contract|tones|1' } = options
  const asked: ContractEngine['asked'] = []
  return {
    name: 'contract',
    model: 'tones',
    fingerprint,
    form: { format: 'wav', longest: 10, ...form },
    atOnce,
    asked,
    closed: 0,
    async listen(window, { signal, language: told }) {
      signal.throwIfAborted()
      asked.push({ start: window.start, duration: window.duration, language: told })
      await before?.(window, told, signal)
      signal.throwIfAborted()
      const words = await hearTones(window.path).catch((cause: unknown) => {
        throw new WindowLost('contract', 'the sound could not be read', { cause })
      })
      signal.throwIfAborted()
      const cues = wordsToCues(words.map((word) => ({ ...word, speaker: null })))
      return {
        language: cues.length === 0 ? null : typeof language === 'function' ? language(window) : language,
        cues: timed ? cues : cues.map((cue) => ({ ...cue, words: null })),
        usd: 0,
      } satisfies HeardWindow
    },
    async close() {
      this.closed++
    },
  }
}
