import type { HealthPart } from './health-part.ts'

type Status = HealthPart['status']

interface LimitedOptions {
  name: string
  /** What it means that the part can't be asked. */
  otherwise: Exclude<Status, 'ok'>
  ask: () => Promise<Pick<HealthPart, 'status' | 'says'>>
}

/** Milliseconds. All parts are asked at the same time, so that together they take no longer. */
const patienceMs = 1500

/** Asks parts for how they do, and waits for none of them longer than 1.5 s. A part that hangs is not asked again until it has answered. */
export class LimitedParts {
  readonly #hanging = new Map<string, Promise<unknown>>()
  readonly #patienceMs: number

  constructor(patience = patienceMs) {
    this.#patienceMs = patience
  }

  async ask({ name, otherwise, ask }: LimitedOptions): Promise<HealthPart> {
    const silent = { name, status: otherwise, says: `has not answered within ${this.#patienceMs / 1000} s` }
    if (this.#hanging.has(name)) return { ...silent, says: 'has still not answered' }
    const asked = ask()
      .then((found) => ({ name, ...found }))
      .catch(() => ({ name, status: otherwise, says: 'can not be asked' }))
    const { promise: late, resolve } = Promise.withResolvers<HealthPart>()
    let hasAnswered = false
    const giveUp = () => {
      if (hasAnswered) return
      this.#hanging.set(
        name,
        asked.then(() => this.#hanging.delete(name)),
      )
      resolve(silent)
    }
    // When it was this process that stood still, the answer has come and is only not read yet.
    const timer = setTimeout(() => setImmediate(giveUp), this.#patienceMs)
    const part = await Promise.race([asked, late])
    hasAnswered = true
    clearTimeout(timer)
    return part
  }
}
