import { createHash } from 'node:crypto'
import { extname, join } from 'node:path'
import { safeFileName } from './safe-file-name.ts'

/** Where downloads live inside the data folder. */
export const downloadsFolder = 'downloads'
/** Where files that people sent live inside the data folder. */
export const uploadsFolder = 'uploads'

interface LinkedThing {
  dataFolder: string
  url: string
  episode?: string | undefined
}

/**
 * Where the file behind a link is on this disk, once it is. The same link has always the same place, and no other one has
 * it: a folder of its own, named for a person and by hash.
 */
export function placeOfLink({ dataFolder, url, episode }: LinkedThing): string {
  const key = createHash('sha256')
    .update(`${new URL(url).href}\n${episode ?? ''}`)
    .digest('hex')
    .slice(0, 20)
  const { stem, file } = nameOfLink(url)
  return join(dataFolder, downloadsFolder, `${stem}-${key}`, file)
}

/** Endings of media and transcripts; anything else (`.php`, `.html`) says nothing about what is behind a link. */
const endings = new Set(
  'mp3 m4a m4b aac ogg oga opus wav flac wma aif aiff mp4 m4v mov mkv webm avi mpg mpeg ts m2ts flv wmv 3gp ogv srt vtt json'.split(
    ' ',
  ),
)
/** Last parts of a path that name no recording. */
const generic = new Set(
  'index watch view play player listen embed download downloads stream media file video audio default episode episodes v feed rss xml podcast'.split(
    ' ',
  ),
)

/** What a link is about, as a file's name: `https://example.org/shows/lamp.mp3?x=1` → `lamp` and `lamp.mp3`. Never empty. */
export function nameOfLink(link: string): { stem: string; file: string } {
  const url = new URL(link)
  const last = url.pathname.split('/').filter(Boolean).map(decodePart).at(-1) ?? ''
  const ending = extname(last).slice(1).toLowerCase()
  const isKnown = endings.has(ending)
  const ownStem = safeFileName(/^[a-z0-9]{1,4}$/.test(ending) ? last.slice(0, -ending.length - 1) : last)
  const isNamed = ownStem !== '' && !generic.has(ownStem.toLowerCase())
  const siteName = safeFileName([url.hostname, idIn(url)].filter(Boolean).join(' '))
  const stem = (isNamed ? ownStem : siteName) || 'recording'
  return { stem, file: isKnown ? `${stem}.${ending}` : stem }
}

/** What tells one recording of a site from another, where the path does not. */
function idIn({ searchParams }: URL): string {
  const names = ['v', 'id', 'ep', 'episode', 'video', 'guid']
  const value = names.map((name) => searchParams.get(name)).find((each) => each !== null && /^[\w-]{1,40}$/.test(each))
  return value ?? ''
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
