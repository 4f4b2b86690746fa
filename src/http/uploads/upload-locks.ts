import { UploadTakenOver } from './upload-errors.ts'

export interface UploadLocks {
  /**
   * Does something while no other request does anything with the same upload. Who holds it is asked to let go first: a client that comes
   * back has given its old connection up, though we may not know yet. What can't stop in the middle is waited for.
   */
  alone<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  isHeld(id: string): boolean
  /** Everybody is asked to let go; resolves when all have. */
  close(): Promise<void>
}

interface Hold {
  stop: AbortController
  ended: Promise<void>
}

/** For the uploads of one process: their bytes are on its disk. */
export function createUploadLocks(): UploadLocks {
  const holds = new Map<string, Hold>()
  return {
    async alone(id, work) {
      for (let holder = holds.get(id); holder !== undefined; holder = holds.get(id)) {
        holder.stop.abort(new UploadTakenOver())
        await holder.ended
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      const hold = { stop: new AbortController(), ended: promise }
      holds.set(id, hold)
      try {
        return await work(hold.stop.signal)
      } finally {
        holds.delete(id)
        resolve()
      }
    },
    isHeld: (id) => holds.has(id),
    async close() {
      for (const { stop } of holds.values()) stop.abort(new UploadTakenOver())
      await Promise.all([...holds.values()].map(({ ended }) => ended))
    },
  }
}
