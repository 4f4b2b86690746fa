import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { knownModels, type ModelEntry, type ModelTask } from './model-manifest.ts'

/** What is written beside a model once it is whole: without it there is none. */
export const recordFile = 'clipwright-model.json'

const recordSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  /** Of what was downloaded or imported, by its name; null for files that came as a folder. */
  sha256: z.record(z.string(), z.string()),
  /** Whether these were checked against published checksums. */
  verified: z.boolean(),
  /** Bytes of each kept file. */
  sizes: z.record(z.string(), z.number()),
  from: z.string(),
  at: z.string(),
})

export type ModelRecord = z.infer<typeof recordSchema>

export interface InstalledModel {
  entry: ModelEntry
  /** Null for a file somebody put there by hand. */
  record: ModelRecord | null
  /** Absolute paths by the file's part in the model. */
  files: Readonly<Record<string, string>>
  /** Of all its files. */
  bytes: number
  /** What is wrong with it, as a clause; null when its files are as they were. */
  problem: string | null
}

/** The models that are there, best first for each task. `folder` is `models` in the data folder. */
export function installedModels(folder: string, models: readonly ModelEntry[] = knownModels()): InstalledModel[] {
  return models
    .map((entry) => installedModel(folder, entry))
    .filter((model) => model !== null)
    .toSorted((a, b) => a.entry.rank - b.entry.rank)
}

/** A model if it is there, whatever its state; null when it is not. */
export function installedModel(folder: string, entry: ModelEntry): InstalledModel | null {
  const home = homeOf(folder, entry)
  const files = Object.fromEntries(Object.entries(entry.files).map(([part, name]) => [part, join(home, name)]))
  const record = readRecord(recordPath(folder, entry))
  const isThere = record !== null || (entry.place !== undefined && existsSync(join(folder, entry.place)))
  if (!isThere) return null
  let bytes = 0
  let problem: string | null = null
  for (const [part, path] of Object.entries(files)) {
    const size = sizeOf(path)
    bytes += size ?? 0
    const wanted = record?.sizes[entry.files[part] ?? '']
    if (size === null) problem ??= `its file ${entry.files[part] ?? part} is missing`
    else if (wanted !== undefined && wanted !== size) problem ??= `its file ${entry.files[part] ?? part} has changed`
  }
  return { entry, record, files, bytes, problem }
}

/** The best model for a task that is there and whole. */
export function bestModel(folder: string, task: ModelTask): InstalledModel | null {
  return installedModels(folder).find(({ entry, problem }) => entry.task === task && problem === null) ?? null
}

/** Where the files of a model are. */
export function homeOf(folder: string, { name, place }: ModelEntry): string {
  return place === undefined ? join(folder, name) : folder
}

export function recordPath(folder: string, { name, place }: ModelEntry): string {
  return place === undefined ? join(folder, name, recordFile) : join(folder, `${place}.json`)
}

function readRecord(path: string): ModelRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path).size
  } catch {
    return null
  }
}
