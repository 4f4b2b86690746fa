import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { compose } from '../../src/compose.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import type { Database } from '../../src/database/connect.ts'
import { openDatabase } from '../../src/database/pool.ts'
import type { TimeRange } from '../../src/domain/time-range.ts'
import { getDetection } from '../../src/library/moments.store.ts'
import { getRun } from '../../src/library/runs.store.ts'
import { getStepsOfRun, type Step } from '../../src/library/steps.store.ts'
import { createLogger } from '../../src/observability/logger.ts'

/** Makes a data folder whose database has its tables, as the first command on a machine leaves it. */
export async function prepareData(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const pipeline = await compose({
    settings: { ...loadSettings(), LANGUAGE_MODELS: 'off' },
    dataFolder: folder,
    logger: createLogger('warn'),
  })
  await pipeline.close()
}

export async function withDatabase<T>(dataFolder: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ settings: loadSettings(), dataFolder, logger: createLogger('warn') })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

export interface LastRun {
  steps: Step[]
  /** Span of each moment, by rank. */
  moments: Map<number, TimeRange>
}

export async function lastRun(dataFolder: string): Promise<LastRun> {
  return withDatabase(dataFolder, async ({ kysely }) => {
    const { id } = await kysely.selectFrom('runs').select('id').orderBy('created_at', 'desc').executeTakeFirstOrThrow()
    const { detectionId } = await getRun(kysely, id)
    const moments = detectionId === null ? [] : (await getDetection(kysely, detectionId)).moments
    return { steps: await getStepsOfRun(kysely, id), moments: new Map(moments.map((each) => [each.rank, each])) }
  })
}

/** Forgets what reframe and cut have made, so that the next run does both again and nothing else. */
export async function forgetClips(dataFolder: string): Promise<void> {
  await withDatabase(dataFolder, async ({ kysely }) => {
    await sql`delete from memos where kind = 'reframe'`.execute(kysely)
    await sql`delete from clips`.execute(kysely)
    await sql`delete from renderings`.execute(kysely)
  })
  await rm(join(dataFolder, 'renderings'), { recursive: true, force: true })
}
