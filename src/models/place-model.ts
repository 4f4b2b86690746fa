import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { asNoSpace } from '../domain/no-space.ts'
import { homeOf, type InstalledModel, installedModel, type ModelRecord, recordPath } from './installed-models.ts'
import { ModelArchiveRefused } from './model-errors.ts'
import type { ModelDownload, ModelEntry } from './model-manifest.ts'
import { unpackArchive } from './unpack/unpack-archive.ts'

/** A file that has come, whole and with its checksum known. */
export interface ArrivedFile {
  path: string
  sha256: string
  download: ModelDownload
}

interface Placing {
  folder: string
  entry: ModelEntry
  arrived: readonly ArrivedFile[]
  verified: boolean
  /** Where it came from, for people. */
  from: string
  signal: AbortSignal
  /** Share of the unpacking done. */
  onProgress?: (fraction: number) => void
}

/** Archives hold what we leave out too, e.g. the same model in full precision. */
const unpackedShare = 3

/**
 * Makes a model of what has come: unpacked beside, checked, and put in its place by one rename. An older one is replaced; after
 * a crash there is the old one or the new one, or none and a folder that the next attempt clears away.
 * @throws ModelArchiveRefused, NoSpace, the signal's reason
 */
export async function placeModel(placing: Placing): Promise<InstalledModel> {
  const { folder, entry } = placing
  await clearUnfinished(folder, entry)
  const beside = await mkdtemp(join(folder, unfinishedPrefix(entry)))
  try {
    await fill(beside, placing)
    const sizes = await sizesIn(beside, entry)
    const record = recordOf(placing, sizes)
    if (entry.place === undefined) await placeFolder({ beside, folder, entry, record })
    else await placeFile({ beside, folder, entry, record, place: entry.place })
  } catch (error) {
    placing.signal.throwIfAborted()
    throw asNoSpace(error)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  const placed = installedModel(folder, entry)
  if (!placed || placed.problem !== null) throw new Error(`The model ${entry.name} is not where it was put.`)
  return placed
}

/** What an attempt that was killed left behind; only for whoever holds the lock. */
export async function clearUnfinished(folder: string, entry: ModelEntry): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(unfinishedPrefix(entry))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function unfinishedPrefix({ name }: ModelEntry): string {
  return `.${name}.new-`
}

async function fill(to: string, { entry, arrived, signal, onProgress }: Placing): Promise<void> {
  const keep = new Set(Object.values(entry.files))
  const total = await sum(arrived.map(({ path }) => path))
  let before = 0
  for (const { path, download } of arrived) {
    const { unpack, strip } = download
    if (unpack === 'none') await copyFile(path, join(to, nameOf(download)))
    else {
      const mostBytes = entry.unpackedBytes * unpackedShare
      const report = (bytes: number): void => onProgress?.(total > 0 ? (before + bytes) / total : 1)
      try {
        await unpackArchive({ path, kind: unpack, to, strip, keep, mostBytes, signal, onProgress: report })
      } catch (cause) {
        signal.throwIfAborted()
        const error = asNoSpace(cause)
        if (error !== cause) throw error
        const problem = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
        throw new ModelArchiveRefused({ name: entry.name, problem: `${basename(path)}: ${problem}`, cause })
      }
    }
    before += (await stat(path)).size
  }
}

/** @throws ModelArchiveRefused when a file is not there, or empty */
export async function sizesIn(folder: string, { name, files }: ModelEntry): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {}
  for (const file of Object.values(files)) {
    const size = await stat(join(folder, file)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    )
    if (size === 0) throw new ModelArchiveRefused({ name, problem: `there is no file ${file} in it` })
    sizes[file] = size
  }
  return sizes
}

function recordOf({ entry, arrived, verified, from }: Placing, sizes: Record<string, number>): ModelRecord {
  const sha256 = Object.fromEntries(arrived.map((file) => [nameOf(file.download), file.sha256]))
  return { version: 1, name: entry.name, sha256, verified, sizes, from, at: new Date().toISOString() }
}

interface Move {
  beside: string
  folder: string
  entry: ModelEntry
  record: ModelRecord
}

async function placeFolder({ beside, folder, entry, record }: Move): Promise<void> {
  const home = homeOf(folder, entry)
  await writeFile(join(beside, basename(recordPath(folder, entry))), `${JSON.stringify(record, null, 2)}\n`)
  // A folder can't be renamed over another; for a moment there is none.
  await rm(home, { recursive: true, force: true })
  await rename(beside, home)
  await mkdir(beside, { recursive: true })
}

async function placeFile({ beside, folder, entry, record, place }: Move & { place: string }): Promise<void> {
  const path = recordPath(folder, entry)
  await rm(path, { force: true })
  await rename(join(beside, place), join(folder, place))
  await writeFile(join(beside, 'record'), `${JSON.stringify(record, null, 2)}\n`)
  await rename(join(beside, 'record'), path)
}

/** What a download is called: the last part of its address. */
export function nameOf({ url }: ModelDownload): string {
  return decodeURIComponent(basename(new URL(url).pathname))
}

async function sum(paths: readonly string[]): Promise<number> {
  let bytes = 0
  for (const path of paths) bytes += (await stat(path)).size
  return bytes
}
