import { AppError, type Retry } from '../domain/app-error.ts'
import { showUrl } from './show-url.ts'

/** The link makes no sense, or is of a kind that is not fetched. */
export class LinkUnusable extends AppError {
  readonly code = 'LINK_UNUSABLE'
  constructor(link: string | URL, problem: string) {
    super(`${showUrl(link)} ${problem}.`, { hint: 'Give a link that begins with https:// or http://.' })
  }
}

/** The address is one of this machine, its network or its cloud, and nobody said that it may be reached. */
export class AddressForbidden extends AppError {
  readonly code = 'ADDRESS_FORBIDDEN'
  constructor({ host, address }: { host: string; address: string }) {
    const what = host === address ? host : `${host} (${address})`
    super(`${what} is not on the open internet, and was not asked.`, {
      hint: `If you mean it, name it in ALLOWED_PRIVATE_HOSTS, e.g. ALLOWED_PRIVATE_HOSTS=${host}.`,
    })
  }
}

/** No answer at all: no such name, no connection, no TLS, no bytes in time. */
export class ServerUnreachable extends AppError {
  readonly code = 'SERVER_UNREACHABLE'
  override readonly retry: Retry
  constructor(url: URL, { problem, retry = 'later', cause }: { problem: string; retry?: Retry; cause?: unknown }) {
    super(`${url.host} ${problem}.`, {
      hint: 'Check the link and the connection to the internet, then try again.',
      cause,
    })
    this.retry = retry
  }
}

/** The server answered, and what it says cannot be helped by asking again. */
export class ServerRefused extends AppError {
  readonly code = 'SERVER_REFUSED'
  readonly status: number
  constructor(url: URL, status: number) {
    super(`${url.host} answered with ${status} ${refusals[status] ?? ''}`.trim().concat('.'), {
      hint: refusalHint(status),
    })
    this.status = status
  }
}

const refusals: Record<number, string> = {
  400: '(bad request)',
  401: '(not signed in)',
  402: '(payment required)',
  403: '(forbidden)',
  404: '(not found)',
  410: '(gone)',
  451: '(not available for legal reasons)',
}

function refusalHint(status: number): string {
  if (status === 401 || status === 403)
    return 'The link may have run out or need a login: copy a fresh one, or download it yourself and name the file.'
  if (status === 404 || status === 410) return 'Check the link; what it named is not there any more.'
  return 'Open the link in a browser to see what is wrong, or download it there and name the file.'
}

/** The server has too much to do, or asks to be left alone for a while. */
export class ServerBusy extends AppError {
  readonly code = 'SERVER_BUSY'
  override readonly retry = 'later' as const
  /** Seconds the server asks to wait; null when it did not say. */
  readonly waitSeconds: number | null
  constructor(url: URL, { status, waitSeconds }: { status: number; waitSeconds: number | null }) {
    const wait = waitSeconds === null ? '' : ` and asks to wait ${Math.ceil(waitSeconds)} s`
    super(`${url.host} is too busy to answer (${status})${wait}.`, {
      hint: 'Try again later; what was received is kept.',
    })
    this.waitSeconds = waitSeconds
  }
}

export class TooManyRedirects extends AppError {
  readonly code = 'TOO_MANY_REDIRECTS'
  constructor(url: URL, most: number) {
    super(`The link leads from address to address, more than ${most} times; the last was at ${url.host}.`, {
      hint: 'It probably goes in a circle. Open it in a browser and copy the address it ends at.',
    })
  }
}

/** What came is not what an HTTP server says. */
export class ServerNonsense extends AppError {
  readonly code = 'SERVER_NONSENSE'
  constructor(url: URL, { problem, cause }: { problem: string; cause?: unknown }) {
    super(`${url.host} ${problem}.`, {
      hint: 'Open the link in a browser, download it there and name the file.',
      cause,
    })
  }
}

/** The connection was lost, stood still or was too slow, again and again. What was received is kept. */
export class DownloadInterrupted extends AppError {
  readonly code = 'DOWNLOAD_INTERRUPTED'
  override readonly retry = 'later' as const
  constructor(url: URL, { problem, cause }: { problem: string; cause?: unknown }) {
    super(`The download from ${url.host} ${problem}.`, {
      hint: 'What was received is kept; the same command goes on from there.',
      cause,
    })
  }
}

export class DownloadTooLarge extends AppError {
  readonly code = 'DOWNLOAD_TOO_LARGE'
  constructor(url: URL, { bytes, most }: { bytes: number | null; most: number }) {
    const size = bytes === null ? `more than ${megabytes(most)}` : `${megabytes(bytes)}`
    super(`The file at ${url.host} has ${size}; at most ${megabytes(most)} are downloaded.`, {
      hint: 'Raise MAX_FILE_SIZE, or download it yourself and name the file: files of yours have no limit.',
    })
  }
}

/** The bytes are not those that were promised: wrong length, wrong checksum. */
export class DownloadDamaged extends AppError {
  readonly code = 'DOWNLOAD_DAMAGED'
  constructor(url: URL, problem: string) {
    super(`What came from ${url.host} ${problem}; it was thrown away.`, {
      hint: 'Try again; if it stays, the file on the server has changed or is damaged.',
    })
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: bytes < 1e7 ? 2 : 0 })} MB`
}
