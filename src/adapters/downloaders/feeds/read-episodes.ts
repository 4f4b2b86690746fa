import { parseFeed } from 'feedsmith'
import { z } from 'zod'
import { FeedUnreadable } from '../downloader-errors.ts'

/** One episode of a feed, as far as it can be downloaded. Links are absolute. */
export interface Episode {
  title: string
  url: string
  transcripts: { url: string; type: string; language: string | null }[]
  /** Link to chapters in JSON (Podcasting 2.0), where there is one. */
  chaptersUrl: string | null
}

const text = z.string().optional().catch(undefined)
const link = z.object({ url: z.string(), type: text, language: text })
const titled = z
  .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
  .optional()
  .catch(undefined)

const itemSchema = z.object({
  title: titled,
  pubDate: text,
  published: text,
  updated: text,
  enclosures: z.array(link).catch([]),
  links: z.array(z.object({ href: z.string(), rel: text, type: text })).catch([]),
  podcast: z
    .object({ transcripts: z.array(link).catch([]), chapters: link.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type Item = z.infer<typeof itemSchema>

const feedSchema = z.object({
  feed: z.object({ items: z.array(z.unknown()).optional(), entries: z.array(z.unknown()).optional() }),
})

/** The episodes of an RSS or Atom feed, newest first. @throws FeedUnreadable */
export function readEpisodes(xml: string, { base }: { base: URL }): Episode[] {
  const feed = feedSchema.safeParse(parse(xml, base))
  if (!feed.success) throw new FeedUnreadable(base, feed.error)
  const { items = [], entries = [] } = feed.data.feed
  return [...items, ...entries]
    .flatMap((item) => itemSchema.safeParse(item).data ?? [])
    .map((item) => ({ item, at: Date.parse(item.pubDate ?? item.published ?? item.updated ?? '') }))
    .toSorted((a, b) => (Number.isNaN(a.at) || Number.isNaN(b.at) ? 0 : b.at - a.at))
    .flatMap(({ item }) => toEpisode(item, base))
}

function parse(xml: string, base: URL): unknown {
  try {
    return parseFeed(xml)
  } catch (cause) {
    throw new FeedUnreadable(base, cause)
  }
}

function toEpisode({ title, enclosures, links, podcast }: Item, base: URL): Episode[] {
  const attached = [
    ...enclosures,
    ...links.filter(({ rel }) => rel === 'enclosure').map(({ href, type }) => ({ url: href, type })),
  ]
  const media = attached.find(({ type }) => type === undefined || /^(?:audio|video)\//i.test(type)) ?? attached[0]
  const url = media === undefined ? null : absolute(media.url, base)
  if (url === null) return []
  const chapters = podcast?.chapters === undefined ? null : absolute(podcast.chapters.url, base)
  const transcripts = (podcast?.transcripts ?? []).flatMap(({ url: at, type, language }) => {
    const found = absolute(at, base)
    return found === null ? [] : [{ url: found, type: type ?? '', language: language ?? null }]
  })
  return [{ title: title?.trim() || 'an episode without a title', url, transcripts, chaptersUrl: chapters }]
}

function absolute(url: string, base: URL): string | null {
  return URL.canParse(url, base.href) ? new URL(url, base.href).href : null
}
