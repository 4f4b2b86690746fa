import Table from 'cli-table3'
import type { InstalledModel } from '../../models/installed-models.ts'
import { downloadBytes, isVerifiable, type ModelEntry } from '../../models/model-manifest.ts'

export interface ModelRow {
  name: string
  task: ModelEntry['task']
  goodFor: string
  languages: readonly string[]
  licence: string
  licenceUrl: string
  /** Of the download; null where nobody says. */
  downloadBytes: number | null
  /** Whether a checksum was published. */
  verifiable: boolean
  urls: string[]
  state: 'here' | 'damaged' | 'not here'
  /** What is wrong with one that is damaged. */
  problem: string | null
  bytes: number | null
  /** Whether it is the one that works. */
  inUse: boolean
}

export function modelRows(
  known: readonly ModelEntry[],
  { there, named }: { there: readonly InstalledModel[]; named: string | undefined },
): ModelRow[] {
  const used = usedModels(there, named)
  return known.map((entry) => {
    const model = there.find((one) => one.entry.name === entry.name)
    return {
      name: entry.name,
      task: entry.task,
      goodFor: entry.goodFor,
      languages: entry.languages,
      licence: entry.licence,
      licenceUrl: entry.licenceUrl,
      downloadBytes: downloadBytes(entry),
      verifiable: isVerifiable(entry),
      urls: entry.downloads.map(({ url }) => url),
      state: !model ? 'not here' : model.problem === null ? 'here' : 'damaged',
      problem: model?.problem ?? null,
      bytes: model?.bytes ?? null,
      inUse: used.has(entry.name),
    }
  })
}

/** For each task the named one, else the best that is whole. */
function usedModels(there: readonly InstalledModel[], named: string | undefined): Set<string> {
  const used = new Map<string, string>()
  for (const { entry, problem } of there) {
    if (problem === null && !used.has(entry.task)) used.set(entry.task, entry.name)
  }
  if (named !== undefined) used.set('hear', named)
  return new Set(used.values())
}

/** For a person: what there is, what is here (✓), and what is used (*). */
export function modelTable(rows: readonly ModelRow[]): string {
  const table = new Table({
    head: ['', 'model', 'download', 'languages', 'licence', 'good for'],
    colAligns: ['left', 'left', 'right', 'left', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const row of rows) {
    const size = row.downloadBytes === null ? 'not known' : sayBytes(row.downloadBytes)
    const doubts = row.verifiable ? '' : '; no published checksum'
    const wrong = row.problem === null ? '' : `; damaged: ${row.problem}`
    const mark = { here: '✓', damaged: '✗', 'not here': '' }[row.state]
    const languages = sayLanguages(row.languages)
    table.push([
      mark,
      `${row.name}${row.inUse ? ' *' : ''}`,
      size,
      languages,
      row.licence,
      `${row.goodFor}${doubts}${wrong}`,
    ])
  }
  return table.toString()
}

function sayLanguages(languages: readonly string[]): string {
  if (languages.includes('*')) return 'any'
  return languages.length > 4 ? String(languages.length) : languages.join(', ')
}

/** Decimal, as download pages have it. */
export function sayBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`
  return `${Math.max(1, Math.round(bytes / 1e3))} kB`
}
