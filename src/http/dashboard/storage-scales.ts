import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { measureStored, type StoredSums } from '../../library/dashboard.store.ts'
import { bytesIn } from '../admin/bytes-in.ts'

/** What takes room, and how much is left. Bytes. */
export interface StorageFigures {
  /** By what it is: `renderings`, `database`, and the other folders of the data folder by their names. */
  kinds: { kind: string; bytes: number }[]
  recordings: StoredSums['recordings']
  clips: number
  disk: { free: number; total: number }
}

// A large data folder takes seconds to walk through, and changes slowly.
const walkedEveryMs = 300_000
// Known from the tables.
const notWalked = ['postgresql', 'renderings']

/** Weighs what is stored: the tables each time, the folders as they were when they were walked through, at most every five minutes. */
export class StorageScales {
  readonly #dataFolder: string
  #folders: { kind: string; bytes: number }[] = []
  #walkedAt = Number.NEGATIVE_INFINITY

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder
  }

  /** Walks through the folders when it is time to; to be called where no transaction waits for it. */
  async walk(): Promise<void> {
    if (performance.now() - this.#walkedAt < walkedEveryMs) return
    this.#walkedAt = performance.now()
    this.#folders = await weighFolders(this.#dataFolder)
  }

  async weigh(db: Kysely<Tables>): Promise<StorageFigures> {
    const sums = await measureStored(db)
    const { bavail, blocks, bsize } = await statfs(this.#dataFolder)
    return {
      kinds: [
        { kind: 'renderings', bytes: sums.renderings.bytes },
        { kind: 'database', bytes: sums.databaseBytes },
        ...this.#folders,
      ],
      recordings: sums.recordings,
      clips: sums.renderings.count,
      disk: { free: bavail * bsize, total: blocks * bsize },
    }
  }
}

async function weighFolders(dataFolder: string): Promise<{ kind: string; bytes: number }[]> {
  const entries = await readdir(dataFolder, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((each) => each.isDirectory() && !notWalked.includes(each.name))
  const weighed: { kind: string; bytes: number }[] = []
  for (const { name } of folders.toSorted((a, b) => a.name.localeCompare(b.name))) {
    weighed.push({ kind: name, bytes: await bytesIn(join(dataFolder, name)) })
  }
  return weighed
}
