import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { homeOf, installedModel, recordPath } from './installed-models.ts'
import { ModelNotInstalled } from './model-errors.ts'
import { whileLocked } from './model-lock.ts'
import type { ModelEntry } from './model-manifest.ts'
import { clearUnfinished, nameOf } from './place-model.ts'

/**
 * Removes a model and what is left of its downloads. The checksum of an unverified one stays, so that nothing else comes in its name.
 * @returns bytes freed
 * @throws ModelNotInstalled | ModelBusy
 */
export async function removeModel({ folder, entry }: { folder: string; entry: ModelEntry }): Promise<number> {
  const rests = restsOf(folder, entry).filter((path) => existsSync(path))
  const there = installedModel(folder, entry)
  const home = homeOf(folder, entry)
  const hasFolder = entry.place === undefined && existsSync(home)
  if (!there && !hasFolder && rests.length === 0) throw new ModelNotInstalled(entry.name)
  return whileLocked({ folder, name: entry.name }, async () => {
    if (entry.place !== undefined) {
      await rm(join(folder, entry.place), { force: true })
      await rm(recordPath(folder, entry), { force: true })
    } else if (hasFolder) {
      // First out of sight, then away: whoever looks in between sees none, not half of one.
      const aside = join(folder, `.${entry.name}.new-removed`)
      await rename(home, aside)
      await rm(aside, { recursive: true, force: true })
    }
    for (const path of rests) await rm(path, { force: true })
    await clearUnfinished(folder, entry)
    return there?.bytes ?? 0
  })
}

function restsOf(folder: string, { downloads }: ModelEntry): string[] {
  return downloads
    .map((download) => join(folder, '.incoming', nameOf(download)))
    .flatMap((path) => [path, `${path}.part`, `${path}.part.json`])
}
