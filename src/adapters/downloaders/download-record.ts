import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const seconds = z.number().nonnegative()
const range = { start: seconds, end: seconds }

const recordSchema = z.object({
  version: z.literal(1),
  /** Name of the file in the folder. */
  file: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What tells whether the server still has the same; for a page, what its site calls it. */
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  pageId: z.string().nullable(),
  /** SHA-256 of the link the bytes came from: in a feed, that of the episode. */
  source: z.string(),
  title: z.string().nullable(),
  name: z.string().nullable(),
  warnings: z.array(z.string()),
  notes: z.object({
    chapters: z.array(z.object({ ...range, title: z.string() })),
    replay: z.array(z.object({ ...range, value: z.number() })),
  }),
  /** What the publisher or the platform has of the words, best first. */
  captions: z.array(
    z.object({
      /** Name of the file in the folder. */
      file: z.string().regex(/^captions\.[\w.-]+$/),
      language: z.string().nullable(),
      kind: z.enum(['published', 'automatic']),
      /** Who made them, for people: `www.youtube.com`. */
      from: z.string(),
    }),
  ),
})

/** What was downloaded for a link, kept beside it: without the database, it is still known what it is. */
export type DownloadRecord = z.infer<typeof recordSchema>
export type DownloadedCaptions = DownloadRecord['captions'][number]

const recordName = 'download.json'

/** The record of the recording at this path; null when there is none, or the file is not as it says. */
export async function readDownloadRecord(mediaPath: string): Promise<DownloadRecord | null> {
  try {
    const text = await readFile(join(dirname(mediaPath), recordName), 'utf8')
    const record = recordSchema.parse(JSON.parse(text))
    const { size } = await stat(mediaPath)
    return size === record.bytes && join(dirname(mediaPath), record.file) === mediaPath ? record : null
  } catch {
    return null
  }
}

export async function writeDownloadRecord(mediaPath: string, record: DownloadRecord): Promise<void> {
  const path = join(dirname(mediaPath), recordName)
  await writeFile(`${path}.new`, JSON.stringify(record, null, 2))
  await rename(`${path}.new`, path)
}

/** Before the file it describes is replaced. */
export async function removeDownloadRecord(mediaPath: string): Promise<void> {
  await rm(join(dirname(mediaPath), recordName), { force: true })
}
