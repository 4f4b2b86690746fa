interface Waiting<T> {
  item: T
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Writes one thing at a time, and what comes meanwhile together next: a transaction and a wait for the disk cost the same for one as for many. Nobody
 * waits for company: what comes alone is written at once. When several can't be written together, each is written alone, and fails for itself.
 */
export function together<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let isWriting = false
  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.push({ item, resolve, reject })
    if (!isWriting) void writeAll()
    return promise
  }

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await writeBatch(batch)
    }
    isWriting = false
  }

  async function writeBatch(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await write(batch.map(({ item }) => item))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length > 1) for (const each of batch) await writeBatch([each])
      else for (const { reject } of batch) reject(error)
    }
  }
}
