import { AppError } from '../../domain/app-error.ts'
import { showUrl } from '../../network/show-url.ts'

/** What is behind the link is no recording, and nothing can find one in it. */
export class LinkNotMedia extends AppError {
  readonly code = 'LINK_NOT_MEDIA'
  constructor(url: string | URL, what: string) {
    super(`${showUrl(url)} is ${what}, not a recording.`, {
      hint: 'Give the link of the recording itself: the one that plays or downloads when it is opened.',
    })
  }
}

/** The link is that of a feed, and nobody said which of its episodes is meant. */
export class EpisodeNeeded extends AppError {
  readonly code = 'EPISODE_NEEDED'
  constructor(url: string | URL, titles: string[]) {
    super(`${showUrl(url)} is a feed of ${titles.length} episodes.`, {
      hint: `Say which one with --episode: ${listEpisodes(titles)}. Part of a title works too.`,
    })
  }
}

/** The feed has no such episode, or none at all. */
export class EpisodeNotFound extends AppError {
  readonly code = 'EPISODE_NOT_FOUND'
  constructor(url: string | URL, { episode, titles }: { episode: string; titles: string[] }) {
    super(
      titles.length === 0
        ? `${showUrl(url)} has no episode that can be downloaded.`
        : `${showUrl(url)} has no episode ${/^\d+$/.test(episode) ? episode : `"${episode}"`}.`,
      titles.length === 0 ? {} : { hint: `There are ${titles.length}: ${listEpisodes(titles)}.` },
    )
  }
}

const mostListed = 5

function listEpisodes(titles: string[]): string {
  const listed = titles.slice(0, mostListed).map((title, index) => `${index + 1} is "${title.slice(0, 60)}"`)
  return titles.length > mostListed ? `${listed.join(', ')}, …` : listed.join(', ')
}

export class FeedUnreadable extends AppError {
  readonly code = 'FEED_UNREADABLE'
  constructor(url: string | URL, cause?: unknown) {
    super(`${showUrl(url)} looks like a feed and can't be read as one.`, {
      hint: 'Give the link of the episode itself.',
      cause,
    })
  }
}

/** All downloads together may not take more room than this. */
export class StorageFull extends AppError {
  readonly code = 'STORAGE_FULL'
  constructor({ folder, used, most, bytes }: { folder: string; used: number; most: number; bytes: number }) {
    const more = bytes > 0 ? `, and ${gigabytes(bytes)} more would be needed` : ''
    super(`Downloads and uploads take ${gigabytes(used)} of the ${gigabytes(most)} they may take${more}.`, {
      hint: `Delete folders you no longer need in ${folder}, or raise MAX_STORAGE_GB.`,
    })
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`
}
