import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../src/compose.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import type { App } from '../../src/http/app.ts'
import { buildApp } from '../../src/http/build-app.ts'
import { getRun, type Run } from '../../src/library/runs.store.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { Pipeline } from '../../src/pipeline/open-pipeline.ts'
import { demandDocumentedAnswers } from './answers-as-documented.ts'
import { databaseUrlOf } from './database-url.ts'
import { makeTalk } from './make-talk.ts'
import { temporaryDatabase } from './temporary-database.ts'

export interface ServedTalk {
  app: App
  pipeline: Pipeline
  /** Path of a recording of 20 s that has a transcript. */
  media: string
  /** Resolves when the run has ended. */
  ended(runId: string): Promise<Run>
  close(): Promise<void>
}

/** The web server with the real stages and a worker, on a database of its own, and a recording to give it. */
export async function serveTalk(): Promise<ServedTalk> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-served-'))
  const database = await temporaryDatabase()
  const settings = loadSettings({
    DATABASE_URL: databaseUrlOf(database),
    LANGUAGE_MODELS: 'off',
    TRANSCRIBERS: 'off',
    ESPEAK_PATH: 'off',
  })
  const logger = createLogger('silent')
  const { media } = await makeTalk(folder)
  const pipeline = await compose({ settings, dataFolder: folder, logger })
  const app = await buildApp({ settings, pipeline, logger, version: '0.0.0' })
  demandDocumentedAnswers(app)
  const worker = await pipeline.startWorker()
  const ended = async (runId: string): Promise<Run> => {
    for (;;) {
      const run = await getRun(pipeline.database.kysely, runId)
      if (run.status !== 'working') return run
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    app,
    pipeline,
    media,
    ended,
    close: async () => {
      await worker.stop()
      await app.close()
      await pipeline.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
