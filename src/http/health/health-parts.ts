import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { countUnfinishedSteps } from '../../library/steps.store.ts'
import { installedModels } from '../../models/installed-models.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { HttpParts } from '../app.ts'

export interface HealthPart {
  name: string
  status: 'ok' | 'degraded' | 'broken'
  /** In words. */
  says: string
}

type Pipeline = HttpParts['pipeline']

// Bytes. An hour of 1080p clips is about this much; below it a run may not end.
const enoughDisk = 2e9
// Below this not even the database can go on for long.
const leastDisk = 0.1e9

/** How each part does; nothing is started or loaded to find out. */
export async function healthParts(pipeline: Pipeline): Promise<HealthPart[]> {
  return Promise.all([
    databasePart(pipeline),
    diskPart(pipeline),
    ffmpegPart(pipeline),
    queuePart(pipeline),
    modelsPart(pipeline),
  ])
}

/** The worst of its parts. */
export function worstOf(parts: readonly HealthPart[]): HealthPart['status'] {
  const has = (status: HealthPart['status']) => parts.some((part) => part.status === status)
  if (has('broken')) return 'broken'
  return has('degraded') ? 'degraded' : 'ok'
}

export async function databasePart({ database }: Pick<Pipeline, 'database'>): Promise<HealthPart> {
  try {
    await sql`select 1`.execute(database.kysely)
    return { name: 'database', status: 'ok', says: 'answers' }
  } catch {
    return { name: 'database', status: 'broken', says: 'does not answer' }
  }
}

async function diskPart({ dataFolder }: Pipeline): Promise<HealthPart> {
  try {
    const { bavail, bsize } = await statfs(dataFolder)
    return diskOf(bavail * bsize)
  } catch {
    return { name: 'disk', status: 'broken', says: 'the data folder can not be read' }
  }
}

/** What so many free bytes mean. */
export function diskOf(free: number): HealthPart {
  const status = free >= enoughDisk ? 'ok' : free >= leastDisk ? 'degraded' : 'broken'
  return { name: 'disk', status, says: `${(free / 1e9).toFixed(1)} GB free` }
}

async function ffmpegPart({ tools: { ffmpeg, warnings } }: Pipeline): Promise<HealthPart> {
  const says = [ffmpeg.version, ...warnings].join('; ')
  return { name: 'ffmpeg', status: warnings.length > 0 ? 'degraded' : 'ok', says }
}

async function queuePart({ database: { kysely: db } }: Pipeline): Promise<HealthPart> {
  try {
    const [steps, workers] = await Promise.all([countUnfinishedSteps(db), livingWorkers(db)])
    const hands = workers.filter(({ onlyRun }) => onlyRun === null).length
    const status = steps > 0 && workers.length === 0 ? 'degraded' : 'ok'
    return { name: 'queue', status, says: `${steps} steps to do, ${hands} ${hands === 1 ? 'worker' : 'workers'}` }
  } catch {
    return { name: 'queue', status: 'broken', says: 'can not be asked' }
  }
}

async function modelsPart({ dataFolder }: Pipeline): Promise<HealthPart> {
  const models = installedModels(join(dataFolder, 'models'))
  const damaged = models.filter(({ problem }) => problem !== null)
  const names = (some: typeof models) => some.map(({ entry }) => entry.name).join(', ')
  if (damaged.length > 0) return { name: 'models', status: 'degraded', says: `damaged: ${names(damaged)}` }
  return { name: 'models', status: 'ok', says: models.length === 0 ? 'none downloaded' : names(models) }
}
