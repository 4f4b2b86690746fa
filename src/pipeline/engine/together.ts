interface Waiting<T> {
  item: T
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Writes one thing at a time, and what comes meanwhile together next: a transaction and a wait for the disk cost the same for one as for many. What
 * comes alone is written at once, unless `company` says to wait a moment for others that are about to come; it is asked before each writing. When
 * several can't be written together, each is written alone, and fails for itself.
 */
export function together<T>(
  write: (items: readonly T[]) => Promise<void>,
  company?: (isFirst: boolean) => Promise<void>,
): (item: T) => Promise<void> {
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
    for (let isFirst = true; waiting.length > 0; isFirst = false) {
      if (company) await company(isFirst)
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
