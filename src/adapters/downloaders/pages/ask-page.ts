import { type PageInfo, type PageList, parsePageInfo } from './page-info.ts'
import { runYtDlp, type YtDlpRun } from './run-yt-dlp.ts'
import { PageHasSeveral, PageNotReady, PageRefused, YtDlpFailed } from './yt-dlp-errors.ts'

export interface PageTarget extends Omit<YtDlpRun, 'args' | 'onLine' | 'onStdout'> {
  /** Of several on one page, counted from 1; undefined when there is one. */
  item?: number | undefined
}

/** Reading a page is a few requests; some sites make one wait on purpose. */
const askSeconds = 300
/** A recording of hours with captions in a hundred languages has two megabytes. */
const mostBytes = 50_000_000

/** What the format is to be: what plays everywhere and is decoded fast, no larger than any clip needs. */
export const formatArgs = ['--format', 'bv*+ba/b/ba', '--format-sort', 'res:1080,vcodec:h264,acodec:aac,ext:mp4:m4a']

/**
 * What a page has, and which of several it is; nothing is downloaded.
 * @throws PageHasSeveral | PageNotReady | PageRefused, and what `runYtDlp` throws
 */
export async function askPage(target: PageTarget): Promise<{ info: PageInfo; item: number | undefined }> {
  const { url } = target
  // Flat: of a channel with thousands of recordings only the list is read.
  const found = await ask(
    target,
    target.item === undefined ? ['--flat-playlist'] : ['--playlist-items', String(target.item)],
  )
  if (!isList(found)) return { info: ready(found, url), item: undefined }
  if (target.item !== undefined) {
    const [info] = found.entries
    if (info === undefined) throw new PageHasSeveral(url, found)
    return { info: ready(info, url), item: target.item }
  }
  if (found.count === 0) throw new PageRefused(url, { why: 'unsupported', evidence: {} })
  if (found.count > 1) throw new PageHasSeveral(url, found)
  return askPage({ ...target, item: 1 })
}

async function ask(target: PageTarget, args: string[]): Promise<PageInfo | PageList> {
  const output: Buffer[] = []
  let bytes = 0
  await runYtDlp({
    ...target,
    timeoutSeconds: askSeconds,
    args: ['--dump-single-json', '--no-playlist', ...formatArgs, ...args],
    onStdout: (chunk) => {
      bytes += chunk.length
      if (bytes > mostBytes)
        throw new YtDlpFailed(target.url, { problem: 'it says more than it can have to say', retry: 'never' })
      output.push(chunk)
    },
  })
  const found = parsePageInfo(Buffer.concat(output).toString('utf8'))
  if (found === null)
    throw new YtDlpFailed(target.url, { problem: 'what it says of the page can not be read', retry: 'never' })
  return found
}

function isList(found: PageInfo | PageList): found is PageList {
  return 'entries' in found
}

function ready(info: PageInfo, url: string): PageInfo {
  if (info.live_status === 'is_live' || info.is_live === true) throw new PageNotReady(url, 'live')
  if (info.live_status === 'is_upcoming') throw new PageNotReady(url, 'upcoming')
  if (info.live_status === 'post_live') throw new PageNotReady(url, 'processing')
  return info
}
