import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { type ErrorRecord, toErrorRecord } from '../../domain/app-error.ts'
import { NoSpace } from '../../domain/no-space.ts'
import { sumAnnouncedBytes } from '../../library/uploads.store.ts'
import { QueueFull, queueRoom } from '../../pipeline/control/queue-room.ts'
import { downloadsFolder, uploadsFolder } from '../../pipeline/ingest/place-of-link.ts'
import { bytesIn } from '../admin/bytes-in.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadStorageFull, UploadTooLarge } from './upload-errors.ts'

// Bytes left free on the disk: the database has to go on.
const leftFree = 0.2e9

/** How much room there is. All are bytes, but for the queue's. */
export interface UploadRoom {
  /** Of one upload. */
  largest: number
  /** What uploads and downloads take, with what was announced and is still to come. */
  storage: { used: number; quota: number; free: number }
  disk: { free: number; total: number }
  queue: { unfinished: number; most: number }
}

type Looking = Pick<UploadDesk, 'settings' | 'dataFolder'> & { db: Kysely<Tables> }

export async function uploadRoom({ db, settings, dataFolder }: Looking): Promise<UploadRoom> {
  const { used, disk } = await measure({ db, dataFolder })
  const { unfinished, most } = await queueRoom(db, settings.MAX_QUEUE_SIZE)
  const quota = quotaOf(settings)
  return {
    largest: settings.MAX_FILE_SIZE,
    storage: { used, quota, free: Math.max(0, quota - used) },
    disk: { ...disk, free: Math.max(0, disk.free - leftFree) },
    queue: { unfinished, most },
  }
}

/** What is full, each as it would be refused; empty when an upload of so many bytes can begin. */
export function whatIsFull({ storage, disk, queue, largest }: UploadRoom, bytes: number): ErrorRecord[] {
  const full: Error[] = []
  if (bytes > largest) full.push(new UploadTooLarge(largest))
  if (queue.unfinished >= queue.most) full.push(new QueueFull(queue.most))
  if (bytes > storage.free) full.push(new UploadStorageFull({ used: storage.used, most: storage.quota, bytes }))
  if (bytes > disk.free) full.push(new NoSpace())
  return full.map(toErrorRecord)
}

/**
 * Refuses bytes there is no room for; inside the transaction that announces them, alone, so that of two for the last place one gets it.
 * @throws UploadStorageFull | NoSpace
 */
export async function demandBytes({ db, settings, dataFolder }: Looking, bytes: number): Promise<void> {
  const { used, disk } = await measure({ db, dataFolder })
  const most = quotaOf(settings)
  if (used + bytes > most) throw new UploadStorageFull({ used, most, bytes })
  if (disk.free - leftFree < bytes) throw new NoSpace()
}

/** What was announced is as good as here: of twenty who ask at once, none is promised another's place. */
async function measure({ db, dataFolder }: { db: Kysely<Tables>; dataFolder: string }) {
  const announced = await sumAnnouncedBytes(db)
  const [uploads, downloads, { bavail, blocks, bsize }] = await Promise.all([
    bytesIn(join(dataFolder, uploadsFolder)),
    bytesIn(join(dataFolder, downloadsFolder)),
    statfs(dataFolder),
  ])
  return {
    used: uploads + downloads + announced,
    disk: { free: Math.max(0, bavail * bsize - announced), total: blocks * bsize },
  }
}

function quotaOf({ MAX_STORAGE_GB }: UploadDesk['settings']): number {
  return Math.round(MAX_STORAGE_GB * 1e9)
}
