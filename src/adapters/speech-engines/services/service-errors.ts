import { AppError, type Retry } from '../../../domain/app-error.ts'

/** A service can't hear this recording, whatever window is sent: the next rung is asked. */
export abstract class ServiceFailure extends AppError {
  /** What happened, to follow the name of the service: "does not accept the key". */
  readonly reason: string
  constructor(label: string, reason: string, hint: string) {
    super(`${label} ${reason}.`, { hint })
    this.reason = reason
  }
}

/** It does not accept the key, the model or what it was sent, or has no credit left. */
export class ServiceRefused extends ServiceFailure {
  readonly code = 'SPEECH_SERVICE_REFUSED'
  /** It is the key or the credit: another model of the same service would say the same. */
  readonly isAboutAccount: boolean
  constructor(label: string, reason: string, { isAboutAccount = false }: { isAboutAccount?: boolean } = {}) {
    super(label, reason, 'Check the key, the credit and the model of this service; `clipwright doctor` shows them.')
    this.isAboutAccount = isAboutAccount
  }
}

/** It is out of reach, broken, overloaded or out of quota. */
export class ServiceUnavailable extends ServiceFailure {
  readonly code = 'SPEECH_SERVICE_UNAVAILABLE'
  override readonly retry = 'later'
  constructor(label: string, reason: string) {
    super(label, reason, 'Give the same command again later: what was heard is kept.')
  }
}

/** Hearing the rest would cost more than a person allowed. */
export class SpeechBudgetSpent extends ServiceFailure {
  readonly code = 'SPEECH_BUDGET_SPENT'
  constructor(label: string, reason: string) {
    super(
      label,
      reason,
      'TRANSCRIPTION_USD_PER_RECORDING and TRANSCRIPTION_USD_PER_DAY raise it. What was heard is kept.',
    )
  }
}

/** None of those who may listen could. */
export class NobodyHeard extends AppError {
  readonly code = 'SPEECH_NOBODY_HEARD'
  override readonly retry: Retry
  /** A sentence for each who was asked. */
  readonly reasons: readonly string[]
  constructor(failures: readonly AppError[]) {
    const reasons = [...new Set(failures.flatMap(reasonsOf))]
    super(`Nobody could hear the recording. ${reasons.join(' ')}`, {
      hint: 'What was heard is kept. Mend one of these, or name a transcript with --transcript.',
    })
    this.reasons = reasons
    this.retry = failures.some(({ retry }) => retry === 'later') ? 'later' : 'never'
  }
}

/** Why somebody could not hear, in sentences, also where that were several. */
export function reasonsOf(failure: AppError): readonly string[] {
  return failure instanceof NobodyHeard ? failure.reasons : [failure.message]
}
