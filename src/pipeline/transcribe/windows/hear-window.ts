import type { AppError } from '../../../domain/app-error.ts'
import { untilAborted } from '../../../domain/until-aborted.ts'
import type { HeardWindow, SoundWindow, SpeechEngine } from '../speech-engine.ts'
import { WindowLost } from '../speech-errors.ts'

interface Hearing {
  engine: SpeechEngine
  sound: SoundWindow
  language: string | null
  signal: AbortSignal
  onBroken: (reason: string) => Promise<void>
}

/** An engine that breaks twice on the same sound will do so again. */
const tries = 2

/**
 * What the engine hears in one window; the error when it broke on it twice.
 * @throws every other failure of the engine, and the signal's reason
 */
export async function hearWindow(hearing: Hearing): Promise<HeardWindow | AppError> {
  const { engine, sound, language, signal, onBroken } = hearing
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await untilAborted(engine.listen(sound, { signal, language }), signal)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof WindowLost)) throw error
      await onBroken(error.message)
      if (attempt >= tries) return error
    }
  }
}
