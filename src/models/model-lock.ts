import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasEnded, thisProcess } from '../observability/this-process.ts'
import { ModelBusy } from './model-errors.ts'

const holder = z.object({ host: z.string(), bootId: z.string(), pid: z.number(), startTime: z.string() })

/**
 * Does something with one model while nobody else can, also in other processes: a file that names its holder. One whose holder died
 * does not stand in the way.
 * @throws ModelBusy
 */
export async function whileLocked<T>(
  { folder, name }: { folder: string; name: string },
  work: () => Promise<T>,
): Promise<T> {
  const lock = join(folder, `.${name}.lock`)
  await take(lock, name)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function take(lock: string, name: string): Promise<void> {
  const own = `${lock}.${randomUUID()}`
  await writeFile(own, JSON.stringify(thisProcess()))
  try {
    // A link is made whole or not at all: nobody sees a lock without its holder.
    if (await linked(own, lock)) return
    const pid = await holderOf(lock)
    if (pid !== 'gone') throw new ModelBusy(name, pid)
    if (!(await takeOver(own, lock))) throw new ModelBusy(name, null)
  } finally {
    await rm(own, { force: true })
  }
}

async function linked(own: string, lock: string): Promise<boolean> {
  try {
    await link(own, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function holderOf(lock: string): Promise<number | null | 'gone'> {
  const text = await readFile(lock, 'utf8').catch(() => null)
  if (text === null) return 'gone'
  try {
    const identity = holder.parse(JSON.parse(text))
    return hasEnded(identity) ? 'gone' : identity.pid
  } catch {
    // Never written by us.
    return 'gone'
  }
}

/**
 * Of several who find a dead holder, one at a time looks again, and only whoever still sees the dead one clears it away; without
 * that, a lock taken a moment ago could be taken for the dead one.
 */
async function takeOver(own: string, lock: string): Promise<boolean> {
  const door = `${lock}.door`
  if (await isLeftBehind(door)) await rm(door, { force: true })
  if (!(await linked(own, door))) return false
  try {
    if ((await holderOf(lock)) !== 'gone') return false
    await rm(lock, { force: true })
    return await linked(own, lock)
  } finally {
    await rm(door, { force: true })
  }
}

/** The door is open for milliseconds; one that is a minute old is that of a process that died in it. */
async function isLeftBehind(door: string): Promise<boolean> {
  const found = await stat(door).catch(() => null)
  return found !== null && Date.now() - found.ctimeMs > 60_000
}
