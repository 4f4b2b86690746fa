import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asNoSpace } from '../../domain/no-space.ts'

export interface Placement {
  from: string
  to: string
}

/**
 * Moves finished files to where they belong, in this order, each at once: a reader sees the old file or the new one, never
 * half of one. When one fails, those placed before it are taken away again. `attempt` names this try in temporary names.
 * Throws NoSpace when the disk is full.
 */
export async function placeFiles(placements: readonly Placement[], attempt: string): Promise<void> {
  const placed: string[] = []
  try {
    for (const placement of placements) {
      await withSpace(() => place(placement, attempt))
      placed.push(placement.to)
    }
  } catch (error) {
    await Promise.all(placed.map((path) => rm(path, { force: true })))
    throw error
  }
}

async function place({ from, to }: Placement, attempt: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  try {
    await rename(from, to)
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error
    await copyBeside({ from, to }, attempt)
  }
}

/** A rename can't cross file systems: copy to a name of our own beside the target first. */
async function copyBeside({ from, to }: Placement, attempt: string): Promise<void> {
  const beside = `${to}.${attempt}.part`
  try {
    await copyFile(from, beside)
    await rename(beside, to)
  } finally {
    await rm(beside, { force: true })
  }
}

/** Runs file work and says NO_SPACE where the system says that the disk or the quota is full. */
export async function withSpace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asNoSpace(error)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
