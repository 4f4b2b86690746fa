import { AppError } from '../../domain/app-error.ts'

export class SignInTooOften extends AppError {
  readonly code = 'SIGN_IN_TOO_OFTEN'
  override readonly retry = 'later' as const
  /** For the header Retry-After. */
  readonly retryAfterSeconds: number
  constructor(seconds: number) {
    super(`Too many tries to sign in. Try again in ${seconds} s.`, {
      hint: 'Who forgot the password: `clipwright account reset-password EMAIL` on the machine that runs Clipwright.',
    })
    this.retryAfterSeconds = seconds
  }
}

interface Failures {
  count: number
  /** Milliseconds since 1970; nobody may try before. */
  blockedUntil: number
  lastAt: number
}

/** Tries that cost nothing, then each failure doubles the wait, up to the longest. Seconds. */
interface Limits {
  free: number
  firstWait: number
  longestWait: number
}

// An account from one address: somebody guesses. An address: somebody tries many accounts. An account from everywhere: many machines guess one
// password; its wait stays short, or whoever guesses could lock its owner out.
const limits = {
  pair: { free: 5, firstWait: 2, longestWait: 900 },
  address: { free: 20, firstWait: 2, longestWait: 900 },
  account: { free: 50, firstWait: 1, longestWait: 30 },
} satisfies Record<string, Limits>

// Failures are forgotten after this.
const memoryMs = 3600_000
// Who comes with ever new addresses pushes out the oldest, and no more memory is taken.
const mostKept = 20_000

/**
 * Slows down who guesses passwords, by account and by address. A try counts before it is answered, so that a hundred at once are not a hundred free ones.
 * Of this process alone: one process answers HTTP.
 */
export class SignInBrake {
  readonly #now: () => number
  readonly #failures = new Map<string, Failures>()

  constructor({ now = () => Date.now() }: { now?: () => number } = {}) {
    this.#now = now
  }

  /**
   * To be called before a password is looked at; afterwards `succeeded()` when it was right.
   * @throws SignInTooOften
   */
  begin({ email, address }: { email: string; address: string }): { succeeded(): void } {
    const counted = [
      [`pair ${address} ${email}`, limits.pair],
      [`address ${address}`, limits.address],
      [`account ${email}`, limits.account],
    ] as const
    const wait = Math.max(...counted.map(([key]) => this.#waitOf(key)))
    if (wait > 0) throw new SignInTooOften(Math.ceil(wait / 1000))
    for (const [key, limit] of counted) this.#count(key, limit)
    return {
      succeeded: () => {
        const [[pair], [from], [account]] = counted
        this.#failures.delete(pair)
        this.#failures.delete(account)
        // Only this try: who has an account could wipe out what they tried at others by signing in to their own.
        this.#takeBack(from)
      },
    }
  }

  #takeBack(key: string): void {
    const known = this.#failures.get(key)
    if (known === undefined) return
    this.#failures.set(key, { ...known, count: known.count - 1, blockedUntil: 0 })
  }

  /** Milliseconds. */
  #waitOf(key: string): number {
    return (this.#failures.get(key)?.blockedUntil ?? 0) - this.#now()
  }

  #count(key: string, { free, firstWait, longestWait }: Limits): void {
    const now = this.#now()
    const known = this.#failures.get(key)
    const count = known !== undefined && now - known.lastAt < memoryMs ? known.count + 1 : 1
    const seconds = count < free ? 0 : Math.min(firstWait * 2 ** Math.min(count - free, 30), longestWait)
    this.#failures.delete(key)
    this.#failures.set(key, { count, blockedUntil: now + seconds * 1000, lastAt: now })
    if (this.#failures.size > mostKept) this.#failures.delete(this.#failures.keys().next().value ?? '')
  }
}
