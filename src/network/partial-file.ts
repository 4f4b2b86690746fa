import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** What the server said of the file whose beginning we have. */
const stateSchema = z.object({
  version: z.literal(1),
  /** SHA-256 of the link: links may hold passwords. */
  link: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of the whole file; null when the server did not say. */
  totalBytes: z.number().int().nonnegative().nullable(),
})
export type PartialState = z.infer<typeof stateSchema>

/**
 * A file that is not whole yet, and beside it a note of what it is the beginning of. The note is written after the file was
 * emptied and before the first byte of the new one, so that bytes never stand under a note that is not theirs.
 */
export interface PartialFile {
  readonly path: string
  /** What there is to go on from; null when there is nothing, or it is of another link. */
  read(link: string): Promise<{ bytes: number; state: PartialState } | null>
  /** Bytes there are, whatever they are of. */
  size(): Promise<number>
  begin(state: PartialState): Promise<void>
  /** For writing at any place. */
  open(): Promise<FileHandle>
  remove(): Promise<void>
  /** Gives the whole file its name. */
  finish(): Promise<void>
}

export function partialFileOf(to: string): PartialFile {
  const path = `${to}.part`
  const note = `${path}.json`
  const remove = async () => {
    await rm(note, { force: true })
    await rm(path, { force: true })
  }
  const size = () =>
    stat(path).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    )
  return {
    path,
    size,
    remove,
    async read(link) {
      const state = await readState(note)
      const bytes = await size()
      return state === null || state.link !== link || bytes === 0 ? null : { bytes, state }
    },
    async begin(state) {
      await rm(note, { force: true })
      await (await open(path, 'w')).close()
      await writeFile(`${note}.new`, JSON.stringify(state))
      await rename(`${note}.new`, note)
    },
    open: () => open(path, 'r+'),
    async finish() {
      await flush(path)
      await rename(path, to)
      await rm(note, { force: true })
    },
  }
}

/** What a power cut may not take back. */
async function flush(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.sync()
}

async function readState(note: string): Promise<PartialState | null> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(note, 'utf8')))
  } catch {
    return null
  }
}
