import { mkdir } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { Settings } from '../../config/settings.ts'
import type { Tables } from '../../database/tables.ts'
import type { Logger } from '../../observability/logger.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { HttpParts } from '../app.ts'
import { createUploadLocks, type UploadLocks } from './upload-locks.ts'
import { receivingFolder } from './uploads-folder.ts'

/** What all that is done with uploads stands on. */
export interface UploadDesk {
  db: Kysely<Tables>
  pipeline: Pipeline
  settings: Settings
  logger: Logger
  locks: UploadLocks
  dataFolder: string
  /** Makes the folders; once is enough. */
  makeFolders(): Promise<void>
}

export function createUploadDesk({ pipeline, settings, logger }: HttpParts): UploadDesk {
  const { dataFolder } = pipeline
  return {
    db: pipeline.database.kysely,
    pipeline,
    settings,
    logger,
    locks: createUploadLocks(),
    dataFolder,
    makeFolders: async () => void (await mkdir(receivingFolder(dataFolder), { recursive: true })),
  }
}
