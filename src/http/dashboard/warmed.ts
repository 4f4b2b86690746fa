interface WarmedOptions<T> {
  make: () => Promise<T>
  /** How often it is made anew while somebody asks. */
  everyMs?: number
  /** Nobody has asked for so long: it is made no more. */
  idleMs?: number
  /** Called when nobody asks any more. */
  onIdle?: () => void
}

/**
 * Something that takes a while to make, kept ready in memory while somebody asks for it and not longer. Who asks gets what is there, at most two
 * rounds old; else waits for the one being made. When making it fails, the last one is given out, and its own time says how old it is.
 */
export class Warmed<T> {
  readonly #options: Required<WarmedOptions<T>>
  #latest: { value: T; madeAt: number } | null = null
  #making: Promise<T> | null = null
  #timer: NodeJS.Timeout | null = null
  #askedAt = 0

  constructor(options: WarmedOptions<T>) {
    this.#options = { everyMs: 5000, idleMs: 30_000, onIdle: () => undefined, ...options }
  }

  /** @throws what `make` threw, when there is nothing to give out instead */
  async get(): Promise<T> {
    this.#askedAt = performance.now()
    const latest = this.#latest
    if (latest !== null && performance.now() - latest.madeAt < 2 * this.#options.everyMs) {
      this.#keepWarm()
      return latest.value
    }
    try {
      return await this.#make()
    } catch (error) {
      if (latest === null) throw error
      return latest.value
    } finally {
      this.#keepWarm()
    }
  }

  /** Makes nothing any more; resolves when nothing is being made. */
  async stop(): Promise<void> {
    this.#cool()
    await this.#making?.catch(() => undefined)
  }

  #make(): Promise<T> {
    this.#making ??= this.#options
      .make()
      .then((value) => {
        this.#latest = { value, madeAt: performance.now() }
        return value
      })
      .finally(() => {
        this.#making = null
      })
    return this.#making
  }

  #keepWarm(): void {
    const { everyMs, idleMs, onIdle } = this.#options
    this.#timer ??= setInterval(() => {
      if (performance.now() - this.#askedAt < idleMs) {
        this.#make().catch(() => undefined)
        return
      }
      this.#cool()
      onIdle()
    }, everyMs).unref()
  }

  #cool(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
