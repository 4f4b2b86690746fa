import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { countUnfinishedSteps } from '../../library/steps.store.ts'
import { installedModels } from '../../models/installed-models.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { HttpParts } from '../app.ts'
import type { HealthPart } from './health-part.ts'
import type { LimitedParts } from './limited-parts.ts'

type Pipeline = HttpParts['pipeline']
type Found = Pick<HealthPart, 'status' | 'says'>

// Bytes. An hour of 1080p clips is about this much; below it a run may not end.
const enoughDisk = 2e9
// Below this not even the database can go on for long.
const leastDisk = 0.1e9

/** How each part does; nothing is started or loaded to find out. */
export async function healthParts(pipeline: Pipeline, parts: LimitedParts): Promise<HealthPart[]> {
  return Promise.all([
    databasePart(pipeline, parts),
    parts.ask({ name: 'disk', otherwise: 'broken', ask: () => askDisk(pipeline) }),
    parts.ask({ name: 'ffmpeg', otherwise: 'degraded', ask: () => askFfmpeg(pipeline) }),
    parts.ask({ name: 'queue', otherwise: 'broken', ask: () => askQueue(pipeline) }),
    parts.ask({ name: 'models', otherwise: 'degraded', ask: () => askModels(pipeline) }),
    parts.ask({ name: 'cache', otherwise: 'degraded', ask: () => askCache(pipeline) }),
  ])
}

/** The worst of its parts. */
export function worstOf(parts: readonly HealthPart[]): HealthPart['status'] {
  const has = (status: HealthPart['status']) => parts.some((part) => part.status === status)
  if (has('broken')) return 'broken'
  return has('degraded') ? 'degraded' : 'ok'
}

export async function databasePart({ database }: Pick<Pipeline, 'database'>, parts: LimitedParts): Promise<HealthPart> {
  const ask = async (): Promise<Found> => {
    await sql`select 1`.execute(database.kysely)
    const waiting = database.pool.waitingCount
    return waiting === 0
      ? { status: 'ok', says: 'answers' }
      : { status: 'degraded', says: `answers, but ${waiting} wait for a connection: see DATABASE_POOL_SIZE` }
  }
  const part = await parts.ask({ name: 'database', otherwise: 'broken', ask })
  return part.status === 'broken' && part.says === 'can not be asked' ? { ...part, says: 'does not answer' } : part
}

async function askDisk({ dataFolder }: Pipeline): Promise<Found> {
  try {
    const { bavail, bsize } = await statfs(dataFolder)
    return diskOf(bavail * bsize)
  } catch {
    return { status: 'broken', says: 'the data folder can not be read' }
  }
}

/** What so many free bytes mean. */
export function diskOf(free: number): Found {
  const status = free >= enoughDisk ? 'ok' : free >= leastDisk ? 'degraded' : 'broken'
  return { status, says: `${(free / 1e9).toFixed(1)} GB free` }
}

async function askFfmpeg({ tools: { ffmpeg, warnings } }: Pipeline): Promise<Found> {
  // It was run when the server started; a package that is updated since may have taken it away.
  const isThere = await access(ffmpeg.path, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!isThere) return { status: 'broken', says: `${ffmpeg.path} is gone` }
  return { status: warnings.length > 0 ? 'degraded' : 'ok', says: [ffmpeg.version, ...warnings].join('; ') }
}

async function askQueue({ database: { kysely: db } }: Pipeline): Promise<Found> {
  const [steps, workers] = [await countUnfinishedSteps(db), await livingWorkers(db)]
  const hands = workers.filter(({ onlyRun }) => onlyRun === null).length
  const status = steps > 0 && workers.length === 0 ? 'degraded' : 'ok'
  return { status, says: `${steps} steps to do, ${hands} ${hands === 1 ? 'worker' : 'workers'}` }
}

async function askModels({ dataFolder }: Pipeline): Promise<Found> {
  const models = installedModels(join(dataFolder, 'models'))
  const damaged = models.filter(({ problem }) => problem !== null)
  const names = (some: typeof models) => some.map(({ entry }) => entry.name).join(', ')
  if (damaged.length > 0) return { status: 'degraded', says: `damaged: ${names(damaged)}` }
  return { status: 'ok', says: models.length === 0 ? 'none downloaded' : names(models) }
}

/** What was made once is kept: results of steps in the database, renderings as files. */
async function askCache({ dataFolder }: Pipeline): Promise<Found> {
  const folder = join(dataFolder, 'renderings')
  const problem = await access(folder, constants.R_OK | constants.W_OK).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  )
  // Before the first clip.
  if (problem === 'ENOENT') return { status: 'ok', says: 'empty' }
  if (problem !== null) return { status: 'degraded', says: `renderings/ can not be written: ${problem}` }
  return { status: 'ok', says: 'keeps what was made' }
}
