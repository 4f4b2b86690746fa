import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise } from 'yauzl'
import { safeEntryPath, shown } from './safe-entry.ts'
import { mostEntries, type UnpackRequest } from './unpack-request.ts'

/** The file type in the mode that Unix puts into the upper half of a zip's external attributes (APPNOTE 4.4.15; stat(2)). */
const typeMask = 0o170000
const plainTypes = new Set([0, 0o100000, 0o040000])

/** A zip: its list of entries comes first, and is judged before anything is unpacked. */
export async function unpackZip({
  path,
  to,
  strip,
  keep,
  mostBytes,
  signal,
  onProgress,
}: UnpackRequest): Promise<void> {
  const zip = await openPromise(path, { validateEntrySizes: true, autoClose: false })
  try {
    const wanted: { entry: Entry; name: string }[] = []
    let bytes = 0
    let entries = 0
    for await (const entry of zip.eachEntry()) {
      if (++entries > mostEntries) throw new Error('it has more entries than any model')
      const parts = safeEntryPath(entry.fileName, strip)
      const mode = (entry.externalFileAttributes >>> 16) & typeMask
      if (!plainTypes.has(mode)) throw new Error(`it holds a link or a device: ${shown(entry.fileName)}`)
      bytes += entry.uncompressedSize
      if (bytes > mostBytes) throw new Error('it unpacks to far more than the model has')
      const [name] = parts ?? []
      if (name !== undefined && parts?.length === 1 && keep.has(name) && !entry.fileName.endsWith('/'))
        wanted.push({ entry, name })
    }
    if (entries === 0) throw new Error('it is no archive, or an empty one')
    let read = 0
    for (const { entry, name } of wanted) {
      signal.throwIfAborted()
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(join(to, name), { flags: 'wx' }), {
        signal,
      })
      read += entry.compressedSize
      onProgress?.(read)
    }
  } finally {
    zip.close()
  }
}
