import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { getStep } from '../../library/steps.store.ts'
import { hasEnded } from '../../observability/this-process.ts'

/** The folder of one attempt at a step. */
export function workFolderOf(dataFolder: string, { id, attempts }: { id: string; attempts: number }): string {
  return join(dataFolder, 'work', `${id}-${attempts}`)
}

/** Removes what this or an earlier, broken attempt at a step left in the work folder. */
export async function clearWorkFoldersOf(dataFolder: string, stepId: string): Promise<void> {
  for (const { name, step } of await workFolders(dataFolder)) if (step === stepId) await remove(dataFolder, name)
}

/** Removes what killed processes left in the work folder, also of steps that nobody will do again. */
export async function clearAbandonedWorkFolders(db: Kysely<Tables>, dataFolder: string): Promise<void> {
  for (const { name, step: id } of await workFolders(dataFolder)) {
    const step = await getStep(db, id)
    const isInUse = step?.status === 'working' && step.holder !== null && !hasEnded(step.holder)
    if (!isInUse) await remove(dataFolder, name)
  }
}

async function workFolders(dataFolder: string): Promise<{ name: string; step: string }[]> {
  const names = await readdir(join(dataFolder, 'work')).catch(() => [])
  return names.flatMap((name) => {
    const step = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d+$/.exec(name)?.[1]
    return step === undefined ? [] : [{ name, step }]
  })
}

async function remove(dataFolder: string, name: string): Promise<void> {
  await rm(join(dataFolder, 'work', name), { recursive: true, force: true, maxRetries: 3 })
}
