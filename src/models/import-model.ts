import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sha256OfFile } from '../media/sha256-of-file.ts'
import { type FreeSpace, needSpace } from '../network/free-space.ts'
import type { InstalledModel } from './installed-models.ts'
import { ModelArchiveRefused, ModelChanged, ModelFileNotFound, ModelUnverified } from './model-errors.ts'
import { whileLocked } from './model-lock.ts'
import { knownModel, knownModels, type ModelEntry } from './model-manifest.ts'
import { pin, pinOf } from './model-pins.ts'
import { type ArrivedFile, nameOf, placeModel, sizesIn } from './place-model.ts'

export interface ModelImportRequest {
  /** An archive or file as it is downloaded, or a folder with such files or with the model's own files. */
  path: string
  /** Which model it is; told from the file names unless given. */
  name?: string | undefined
  folder: string
  models?: readonly ModelEntry[]
  /** Take what can't be verified. */
  acceptUnverified: boolean
  signal: AbortSignal
  onProgress?: (fraction: number) => void
  freeSpace?: FreeSpace
}

/**
 * Takes a model from this machine, for machines without internet: what `download` would have fetched is checked as there; loose
 * files have no checksum, and are taken only when asked to.
 * @throws ModelFileNotFound | ModelArchiveRefused | ModelChanged | ModelUnverified | ModelUnknown | ModelBusy | NoSpace
 */
export async function importModel(request: ModelImportRequest): Promise<InstalledModel> {
  const { path, folder, signal, models = knownModels() } = request
  const found = await stat(path).catch((cause: unknown) => {
    throw new ModelFileNotFound(path, cause)
  })
  const names = found.isDirectory() ? await readdir(path) : [basename(path)]
  const entry = request.name === undefined ? entryOf(names, { path, models }) : knownModel(request.name, models)
  await mkdir(folder, { recursive: true })
  return whileLocked({ folder, name: entry.name }, async () => {
    await needSpace(folder, { bytes: entry.unpackedBytes, ...(request.freeSpace && { free: request.freeSpace }) })
    const places = entry.downloads.map((download) =>
      placeOf(path, { isFolder: found.isDirectory(), names, name: nameOf(download) }),
    )
    const arrived: ArrivedFile[] = []
    for (const [index, download] of entry.downloads.entries()) {
      const place = places[index]
      if (place) arrived.push({ path: place, download, sha256: await sha256OfFile(place, { signal }) })
    }
    if (arrived.length === entry.downloads.length) return importDownloads({ ...request, entry, arrived })
    if (found.isDirectory()) return importFiles({ ...request, entry })
    throw new ModelArchiveRefused({
      name: entry.name,
      problem: `it is made of ${entry.downloads.map(nameOf).join(' and ')}`,
    })
  })
}

/** The model whose downloads, or whose files, these are. */
function entryOf(
  names: readonly string[],
  { path, models }: { path: string; models: readonly ModelEntry[] },
): ModelEntry {
  const has = new Set(names)
  const fitting = models.filter(
    ({ downloads, files }) =>
      downloads.every((download) => has.has(nameOf(download))) || Object.values(files).every((file) => has.has(file)),
  )
  const [only] = fitting
  if (only && fitting.length === 1) return only
  const problem =
    fitting.length > 1
      ? `its files may be ${fitting.map(({ name }) => name).join(' or ')}; say which with --as`
      : 'it is no model that is known; say which it is with --as'
  throw new ModelArchiveRefused({ name: basename(path), problem })
}

function placeOf(
  path: string,
  { isFolder, names, name }: { isFolder: boolean; names: readonly string[]; name: string },
): string | null {
  if (!isFolder) return path
  return names.includes(name) ? join(path, name) : null
}

interface Importing extends ModelImportRequest {
  entry: ModelEntry
}

async function importDownloads(request: Importing & { arrived: readonly ArrivedFile[] }): Promise<InstalledModel> {
  const { entry, folder, arrived, acceptUnverified, path, signal, onProgress } = request
  let verified = true
  for (const { download, sha256 } of arrived) {
    const first = download.sha256 === null ? await pinOf(folder, nameOf(download)) : null
    const wanted = download.sha256 ?? first
    if (wanted !== null && wanted !== sha256) throw new ModelChanged({ name: entry.name, isPinned: first !== null })
    if (wanted === null && !acceptUnverified) throw new ModelUnverified(entry.name)
    verified &&= download.sha256 !== null
  }
  const placed = await placeModel({
    folder,
    entry,
    arrived,
    verified,
    from: path,
    signal,
    ...(onProgress && { onProgress }),
  })
  for (const { download, sha256 } of arrived) if (download.sha256 === null) await pin(folder, nameOf(download), sha256)
  return placed
}

/** Files that were unpacked elsewhere: each as if it had been downloaded by itself. */
async function importFiles({ entry, folder, acceptUnverified, path, signal }: Importing): Promise<InstalledModel> {
  await sizesIn(path, entry)
  if (!acceptUnverified) throw new ModelUnverified(entry.name)
  const arrived: ArrivedFile[] = []
  for (const file of Object.values(entry.files)) {
    const download = { url: `file:///${file}`, bytes: null, sha256: null, unpack: 'none', strip: 0 } as const
    arrived.push({ path: join(path, file), sha256: await sha256OfFile(join(path, file), { signal }), download })
  }
  return placeModel({ folder, entry, arrived, verified: false, from: path, signal })
}
