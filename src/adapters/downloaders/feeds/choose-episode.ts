import { EpisodeNeeded, EpisodeNotFound } from '../downloader-errors.ts'
import type { Episode } from './read-episodes.ts'

/**
 * The episode a person named: by its number, 1 being the newest, or by a part of its title, of several the newest. Without
 * a name, the only one there is. @throws EpisodeNeeded | EpisodeNotFound
 */
export function chooseEpisode(
  episodes: readonly Episode[],
  { url, episode }: { url: string; episode?: string | undefined },
): Episode {
  const titles = episodes.map(({ title }) => title)
  if (episode === undefined) {
    const [only, ...others] = episodes
    if (only !== undefined && others.length === 0) return only
    if (only === undefined) throw new EpisodeNotFound(url, { episode: '1', titles })
    throw new EpisodeNeeded(url, titles)
  }
  const wanted = fold(episode)
  const found = /^\d{1,6}$/.test(episode)
    ? episodes[Number(episode) - 1]
    : episodes.find(({ title }) => fold(title).includes(wanted))
  if (found === undefined) throw new EpisodeNotFound(url, { episode, titles })
  return found
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
