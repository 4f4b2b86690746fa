import { performance } from 'node:perf_hooks'
import { AppError } from '../../domain/app-error.ts'

/** The person pressed Ctrl-C, or the system asked us to go. */
export class Interrupted extends AppError {
  readonly code = 'INTERRUPTED'
  constructor() {
    super('Stopped. What was finished is kept; the same command goes on from there.')
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// npm and npx pass on what the terminal has sent to everyone already (@npmcli/run-script, signal-manager.js): two signals
// this close together are one Ctrl-C. A person who means it twice is slower.
const sameMs = 300

/**
 * Aborts its signal at Ctrl-C, so that everything can be put away in order. A second Ctrl-C ends the process at once,
 * unless `second` does something else.
 * Dispose it when there is nothing left to put away.
 */
export function listenForInterruption({ second = () => process.exit(130) }: { second?: () => void } = {}): {
  signal: AbortSignal
} & Disposable {
  const controller = new AbortController()
  let since = 0
  const onSignal = (): void => {
    if (!controller.signal.aborted) {
      since = performance.now()
      controller.abort(new Interrupted())
    } else if (performance.now() - since > sameMs) {
      second()
    }
  }
  for (const name of signals) process.on(name, onSignal)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of signals) process.off(name, onSignal)
    },
  }
}
