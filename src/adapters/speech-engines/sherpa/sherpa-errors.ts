import { AppError, type Evidence } from '../../../domain/app-error.ts'

/** A model is not there, or is not one that can be used. */
export class SpeechModelUnusable extends AppError {
  readonly code = 'SPEECH_MODEL_UNUSABLE'
  constructor({ model, reason, evidence }: { model: string; reason: string; evidence?: Evidence }) {
    super(`The speech model ${model} can't be used: ${reason}.`, {
      hint: `Get it anew: \`clipwright models remove ${model}\`, then \`clipwright models download ${model}\`; or choose another one with LOCAL_MODEL.`,
      ...(evidence && { evidence }),
    })
  }
}

/** The program that hears, tells speakers apart or sets punctuation could not be started, or was ended from outside before it was ready. */
export class SpeechEngineFailed extends AppError {
  readonly code = 'SPEECH_ENGINE_FAILED'
  override readonly retry = 'later'
  constructor(reason: string, { cause, evidence }: { cause?: unknown; evidence?: Evidence } = {}) {
    super(`The local speech engine failed: ${reason}.`, {
      hint: 'Often the machine was short of memory: close other programs, or choose a smaller model with LOCAL_MODEL.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}

/** The optional package with the engine is not installed here. */
export class SpeechEngineMissing extends AppError {
  readonly code = 'SPEECH_ENGINE_MISSING'
  constructor(platform: string) {
    super(`There is a speech model, but the engine that runs it (sherpa-onnx) is not installed for ${platform}.`, {
      hint: 'Run `npm ci` without --omit=optional. It exists for Linux and macOS (x64, arm64) and Windows (x64); elsewhere name a transcript with --transcript.',
    })
  }
}
