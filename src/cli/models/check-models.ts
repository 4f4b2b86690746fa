import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { type InstalledModel, installedModels } from '../../models/installed-models.ts'
import type { DoctorCheck } from '../doctor/doctor-report.ts'
import { sayBytes } from './model-table.ts'

/** Doctor's look at models: whether what is there is whole, and which one hears. Nothing is loaded. */
export function checkModels({
  folder,
  settings,
}: {
  folder: string
  settings: Pick<Settings, 'LOCAL_MODEL'>
}): DoctorCheck[] {
  const there = installedModels(join(folder, 'models'))
  const damaged = there.filter(({ problem }) => problem !== null)
  return [
    ...damaged.map(({ entry, problem }): DoctorCheck => {
      const mend = `Get it anew: \`clipwright models download ${entry.name}\`.`
      return { name: `model ${entry.name}`, status: 'warn', found: problem ?? '', mend }
    }),
    hearing(there, settings.LOCAL_MODEL),
  ]
}

function hearing(there: readonly InstalledModel[], named: string | undefined): DoctorCheck {
  const name = 'speech model'
  const usable = there.filter(({ entry, problem }) => entry.task === 'hear' && problem === null)
  const used = named === undefined ? usable[0] : usable.find(({ entry }) => entry.name === named)
  if (used) {
    const others =
      usable.length > 1
        ? `; also here: ${usable
            .filter((one) => one !== used)
            .map(({ entry }) => entry.name)
            .join(', ')}`
        : ''
    return { name, status: 'ok', found: `${used.entry.name}, ${sayBytes(used.bytes)}${others}`, mend: null }
  }
  if (named !== undefined) {
    const mend = `\`clipwright models download ${named}\`, or clear LOCAL_MODEL.`
    return { name, status: 'fail', found: `${named}, named by LOCAL_MODEL, is not here`, mend }
  }
  const found = 'none: recordings need a transcript, or a service that listens'
  return { name, status: 'ok', found: `${found} (\`clipwright models download parakeet-v3\` gets one)`, mend: null }
}
