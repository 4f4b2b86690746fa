import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import { hasEnded, thisProcess } from './this-process.ts'

/** Each try is at most one other process that takes over the same stale lock, for a few milliseconds. */
const mostTries = 100
const takeoverMs = 20

/**
 * Takes a lock that is a file, or says who has it: a process that lives. The lock of a dead process is taken over. Nothing
 * else may write to this name, or to it with `.takeover` behind. @throws the file system's error
 */
export async function takeProcessLock(file: string): Promise<AsyncDisposable | { holder: ProcessIdentity }> {
  for (let tries = 0; tries < mostTries; tries++) {
    if (await claim(file)) return { [Symbol.asyncDispose]: () => rm(file, { force: true }) }
    const holder = await readHolder(file)
    if (holder && !hasEnded(holder)) return { holder }
    await removeStale(file)
  }
  throw new Error(`${file} stays there although nobody holds it`)
}

/** Writes who we are under this name; false when somebody stands there. */
async function claim(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`
  try {
    // Written apart and linked, so that nobody ever sees the lock without its holder.
    await writeFile(own, JSON.stringify(thisProcess()))
    await link(own, file).catch((cause: unknown) =>
      isExisting(cause) ? Promise.reject(cause) : copyFile(own, file, constants.COPYFILE_EXCL),
    )
    return true
  } catch (cause) {
    if (isExisting(cause)) return false
    throw cause
  } finally {
    await rm(own, { force: true })
  }
}

/**
 * Removes the lock of a dead process. Only who has claimed the takeover may, and looks again first: else a slow one could
 * remove the lock of a quicker one that has just taken over.
 */
async function removeStale(file: string): Promise<void> {
  const takeover = `${file}.takeover`
  if (!(await claim(takeover))) {
    const other = await readHolder(takeover)
    if (other && hasEnded(other)) await rm(takeover, { force: true })
    return sleep(takeoverMs)
  }
  try {
    const holder = await readHolder(file)
    if (!holder || hasEnded(holder)) await rm(file, { force: true })
  } finally {
    await rm(takeover, { force: true })
  }
}

const identity = z.object({ host: z.string(), bootId: z.string(), pid: z.number(), startTime: z.string() })

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return identity.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}
