import { z } from 'zod'
import type { SourceNotes } from '../../../domain/source-notes.ts'

const number = z.number().nullish().catch(null)
const text = z.string().nullish().catch(null)
const tracks = z
  .record(z.string(), z.array(z.object({ ext: z.string().catch('') })).catch([]))
  .nullish()
  .catch(null)
const sized = z.object({ filesize: number, filesize_approx: number })

const entrySchema = z.object({
  id: z.string(),
  extractor_key: text,
  title: text,
  duration: number,
  live_status: text,
  is_live: z.boolean().nullish().catch(null),
  language: text,
  filesize: number,
  filesize_approx: number,
  requested_formats: z.array(sized).nullish().catch(null),
  requested_downloads: z.array(sized).nullish().catch(null),
  subtitles: tracks,
  automatic_captions: tracks,
  chapters: z
    .array(z.object({ start_time: z.number(), end_time: z.number(), title: z.string() }))
    .nullish()
    .catch(null),
  heatmap: z
    .array(z.object({ start_time: z.number(), end_time: z.number(), value: z.number() }))
    .nullish()
    .catch(null),
})

const listSchema = z.object({
  _type: z.enum(['playlist', 'multi_video']),
  playlist_count: number,
  entries: z.array(z.unknown()),
})

/** What yt-dlp knows of one recording (its README, "Output template" and "Extracting information"). */
export type PageInfo = z.infer<typeof entrySchema>
/** A page with several, as far as they were looked at. */
export interface PageList {
  count: number
  titles: string[]
  entries: PageInfo[]
}

/** Reads what `yt-dlp --dump-single-json` printed; null when it is nothing of the kind. */
export function parsePageInfo(json: string): PageInfo | PageList | null {
  const value = parseJson(json)
  const list = listSchema.safeParse(value)
  if (!list.success) return entrySchema.safeParse(value).data ?? null
  // Of entries nobody looked into there is a title at best.
  const titles = list.data.entries.map((entry) => z.object({ title: z.string() }).safeParse(entry).data?.title ?? '?')
  const entries = list.data.entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
  return { count: list.data.playlist_count ?? titles.length, titles, entries }
}

/** Bytes of what would be downloaded; null where the site does not say. */
export function sizeOfPage(info: PageInfo): number | null {
  const parts = info.requested_formats ?? info.requested_downloads ?? [info]
  const sizes = parts.map((part) => part.filesize ?? part.filesize_approx ?? null)
  if (sizes.length === 0 || sizes.includes(null)) return null
  return Math.ceil(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0))
}

/** Chapters and the most replayed stretches, as far as they make sense. */
export function notesOfPage({ chapters, heatmap }: PageInfo): SourceNotes {
  const isSpan = ({ start_time, end_time }: { start_time: number; end_time: number }) =>
    Number.isFinite(start_time) && Number.isFinite(end_time) && start_time >= 0 && end_time > start_time
  return {
    chapters: (chapters ?? [])
      .filter(isSpan)
      .map(({ start_time: start, end_time: end, title }) => ({ start, end, title: title.slice(0, 300) })),
    replay: (heatmap ?? [])
      .filter((stretch) => isSpan(stretch) && Number.isFinite(stretch.value))
      .map(({ start_time: start, end_time: end, value }) => ({ start, end, value: Math.min(1, Math.max(0, value)) })),
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
