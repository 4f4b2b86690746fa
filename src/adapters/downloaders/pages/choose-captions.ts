import type { PageInfo } from './page-info.ts'

export interface ChosenCaptions {
  /** Name of the track, as yt-dlp knows it: `en`, `en-orig`, `pt-BR`. */
  track: string
  kind: 'published' | 'automatic'
}

/** Formats we read. YouTube has both; others have at least one. */
const readable = new Set(['vtt', 'srt'])

/**
 * The captions that say what is said: of the language that is spoken, a person's before a machine's. A translation is no
 * transcript, so that without knowing the language only a track that is the only one is taken. Null when there is none.
 */
export function chooseCaptions({
  subtitles,
  automatic_captions,
  language,
}: Pick<PageInfo, 'subtitles' | 'automatic_captions' | 'language'>): ChosenCaptions | null {
  const manual = tracksOf(subtitles)
  const automatic = tracksOf(automatic_captions)
  const spoken = language ?? automatic.find((track) => track.endsWith('-orig'))?.replace(/-orig$/, '') ?? null
  const published = pick(manual, spoken) ?? (spoken === null && manual.length === 1 ? manual[0] : undefined)
  if (published !== undefined) return { track: published, kind: 'published' }
  const heard = pick(automatic, spoken) ?? (spoken === null && automatic.length === 1 ? automatic[0] : undefined)
  return heard === undefined ? null : { track: heard, kind: 'automatic' }
}

/** Names that are safe in a list of yt-dlp's, which reads them as patterns. */
function tracksOf(tracks: PageInfo['subtitles']): string[] {
  return Object.entries(tracks ?? {})
    .filter(([name, formats]) => /^[a-zA-Z0-9_-]{2,40}$/.test(name) && formats.some(({ ext }) => readable.has(ext)))
    .map(([name]) => name)
}

function pick(tracks: readonly string[], spoken: string | null): string | undefined {
  if (spoken === null) return undefined
  const [base = ''] = spoken.toLowerCase().split('-')
  const rank = (track: string) => {
    const name = track.toLowerCase()
    if (name === `${base}-orig` || name === `${spoken.toLowerCase()}-orig`) return 0
    if (name === spoken.toLowerCase()) return 1
    if (name === base) return 2
    return name.split('-')[0] === base ? 3 : null
  }
  const fitting = tracks.flatMap((track) => {
    const place = rank(track)
    return place === null ? [] : [{ track, place }]
  })
  return fitting.toSorted((a, b) => a.place - b.place)[0]?.track
}
