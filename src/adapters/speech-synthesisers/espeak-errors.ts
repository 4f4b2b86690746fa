import { AppError } from '../../domain/app-error.ts'

/** A setting names an espeak-ng that does not run or is none. */
export class EspeakBroken extends AppError {
  readonly code = 'ESPEAK_BROKEN'
  constructor(path: string, cause?: unknown) {
    super(`The espeak-ng at ${path} does not work.`, {
      hint: 'Correct ESPEAK_PATH, leave it empty to use the one of your system, or set it to off to do without.',
      cause,
    })
  }
}

/** espeak-ng said something else than what it was asked to. */
export class EspeakMisspoke extends AppError {
  readonly code = 'ESPEAK_MISSPOKE'
  constructor(problem: string) {
    super(`espeak-ng ${problem}.`)
  }
}
