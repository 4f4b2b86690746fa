import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { countJobsByState, countStepsByStatus } from '../../library/counts.store.ts'
import { getPausedKinds } from '../../library/paused-kinds.store.ts'
import { sumRenderings } from '../../library/storage.store.ts'
import { queueRoom } from '../../pipeline/control/queue-room.ts'
import { downloadsFolder, uploadsFolder } from '../../pipeline/ingest/place-of-link.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { App, HttpParts } from '../app.ts'
import { queueStats, storageStats } from './admin.schema.ts'
import { bytesIn } from './bytes-in.ts'

const tags = ['operations']

/** Numbers of the queue and of what lies on the disk. */
export function statsRoutes(app: App, { pipeline, settings }: HttpParts): void {
  const { dataFolder } = pipeline
  const db = pipeline.database.kysely
  app.get(
    '/queue/stats',
    {
      config: { may: 'viewer' },
      schema: { tags, summary: 'What is to be done, and who works', response: { 200: queueStats } },
    },
    async () => {
      const [jobs, steps, paused, workers, room] = await Promise.all([
        countJobsByState(db),
        countStepsByStatus(db),
        getPausedKinds(db),
        livingWorkers(db),
        queueRoom(db, settings.MAX_QUEUE_SIZE),
      ])
      const runs = { unfinished: room.unfinished, most: room.most }
      return { jobs, steps, paused: [...paused], workers: workers.length, runs }
    },
  )
  app.get(
    '/storage/stats',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'What clips, uploads and downloads take, and what is free',
        response: { 200: storageStats },
      },
    },
    async () => {
      const [renderings, downloaded, uploaded, disk] = await Promise.all([
        sumRenderings(db),
        bytesIn(join(dataFolder, downloadsFolder)),
        bytesIn(join(dataFolder, uploadsFolder)),
        statfs(dataFolder),
      ])
      return {
        renderings,
        downloads: { bytes: downloaded, quota: settings.MAX_STORAGE_GB * 1e9 },
        uploads: { bytes: uploaded },
        disk: { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize },
      }
    },
  )
}
