import { AppError, type Evidence, type Retry } from '../../../domain/app-error.ts'
import { showUrl } from '../../../network/show-url.ts'

const DOWNLOAD_YOURSELF = 'Download the recording yourself, where you may, and name the file.'

/** The link is a page, and the program that finds recordings in pages is not here. */
export class YtDlpMissing extends AppError {
  readonly code = 'YTDLP_MISSING'
  constructor(url: string, { what, path }: { what: 'page' | 'stream'; path?: string | undefined }) {
    const kind = what === 'page' ? 'a web page, not a recording' : 'a stream in pieces, not a file'
    super(
      path === undefined
        ? `${showUrl(url)} is ${kind}; yt-dlp, which can fetch it, was not found on this machine.`
        : `${showUrl(url)} is ${kind}, and there is no yt-dlp at ${path}.`,
      {
        hint:
          path === undefined
            ? 'Install yt-dlp (`pipx install yt-dlp`, `brew install yt-dlp`, `winget install yt-dlp`) or set YTDLP_PATH; or give the link of the recording itself.'
            : 'Correct YTDLP_PATH, or clear it to use the one of the system.',
      },
    )
  }
}

/** yt-dlp does not start, or fails in a way nobody has foreseen. */
export class YtDlpFailed extends AppError {
  readonly code = 'YTDLP_FAILED'
  override readonly retry: Retry
  constructor(
    url: string,
    {
      problem,
      retry,
      evidence,
      cause,
    }: { problem: string; retry: Retry; evidence?: Evidence | undefined; cause?: unknown },
  ) {
    super(`yt-dlp could not fetch ${showUrl(url)}: ${problem}.`, {
      hint: `Update yt-dlp (\`yt-dlp -U\`, or as you installed it) and try again. ${DOWNLOAD_YOURSELF}`,
      cause,
      ...(evidence && { evidence }),
    })
    this.retry = retry
  }
}

/** The site has changed since this yt-dlp was made. */
export class YtDlpOutdated extends AppError {
  readonly code = 'YTDLP_OUTDATED'
  constructor(url: string, evidence: Evidence) {
    super(`yt-dlp does not understand ${showUrl(url)} any more.`, {
      hint: 'Update it: `yt-dlp -U`, or as you installed it (`pipx upgrade yt-dlp`, `brew upgrade yt-dlp`). Versions of distributions are often years old.',
      evidence,
    })
  }
}

/** What the site or its owner does not let out. */
export class PageRefused extends AppError {
  readonly code = 'PAGE_REFUSED'
  constructor(url: string, { why, evidence }: { why: keyof typeof refusals; evidence: Evidence }) {
    const [sentence, hint] = refusals[why]
    super(`${showUrl(url)} ${sentence}.`, { hint, evidence })
  }
}

const refusals = {
  private: ['is private', `Only who is signed in may see it. ${DOWNLOAD_YOURSELF}`],
  age: ['is for adults who are signed in', DOWNLOAD_YOURSELF],
  login: ['is shown to who is signed in only', DOWNLOAD_YOURSELF],
  country: ['is not available in your country', DOWNLOAD_YOURSELF],
  members: ['is for paying members only', DOWNLOAD_YOURSELF],
  protected: ['is protected against copying (DRM)', 'Use another recording.'],
  gone: ['is not there any more', 'Check the link in a browser.'],
  unsupported: ['is a page in which no recording was found', 'Give the link of the recording itself.'],
} as const

/** It is still going on, or has not begun. */
export class PageNotReady extends AppError {
  readonly code = 'PAGE_NOT_READY'
  override readonly retry = 'later' as const
  constructor(url: string, why: 'live' | 'upcoming' | 'processing') {
    super(`${showUrl(url)} ${notReady[why]}.`, { hint: 'Give the command again when it has ended.' })
  }
}

const notReady = {
  live: 'is live right now',
  upcoming: 'has not begun',
  processing: 'has just ended, and its site is still preparing the recording',
}

/** The site wants to be left alone, or did not answer. */
export class PageUnreachable extends AppError {
  readonly code = 'PAGE_UNREACHABLE'
  override readonly retry = 'later' as const
  constructor(url: string, { problem, evidence }: { problem: string; evidence: Evidence }) {
    super(`${showUrl(url)} could not be read: ${problem}.`, { hint: 'Try again later.', evidence })
  }
}

/** A playlist, a channel: nobody said which one is meant. */
export class PageHasSeveral extends AppError {
  readonly code = 'PAGE_HAS_SEVERAL'
  constructor(url: string, { count, titles }: { count: number; titles: string[] }) {
    const listed = titles.slice(0, 5).map((title, index) => `${index + 1} is "${title.slice(0, 60)}"`)
    super(`${showUrl(url)} has ${count} recordings.`, {
      hint: `Give the link of one of them, or say which with --episode${listed.length > 0 ? `: ${listed.join(', ')}` : ''}.`,
    })
  }
}
