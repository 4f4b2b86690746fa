#!/usr/bin/env node
// A stand-in for yt-dlp: what its README documents of the options we use, and nothing else. What the "site" has is in the
// JSON file named by STAND_IN_SITE; what was asked of it is written to the file named by STAND_IN_LOG, a line a call.
import { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

/** What a page has, by its link. */
interface StandInPage {
  /** Printed by `--dump-single-json`. */
  info?: unknown
  /** Of one item of a list, when asked for it. */
  items?: unknown[]
  /** Written to standard error before it ends with 1. */
  error?: string
  /** File that is "downloaded". */
  media?: string
  /** Texts of caption tracks, by name. */
  captions?: Record<string, string>
  /** Milliseconds between two lines of progress. */
  slowness?: number
  /** Ends as it does for --max-filesize: without an error and without a file. */
  tooLarge?: boolean
  /** Link it asks on its way, by the proxy it was given; what it answers goes to the log. */
  alsoAsks?: string
}

const { values, positionals } = parseArgs({
  strict: true,
  allowPositionals: true,
  options: {
    'ignore-config': { type: 'boolean' },
    'no-exec': { type: 'boolean' },
    'no-update': { type: 'boolean' },
    'no-mtime': { type: 'boolean' },
    'socket-timeout': { type: 'string' },
    retries: { type: 'string' },
    'fragment-retries': { type: 'string' },
    'abort-on-unavailable-fragments': { type: 'boolean' },
    'batch-file': { type: 'string' },
    'dump-single-json': { type: 'boolean' },
    'flat-playlist': { type: 'boolean' },
    'no-playlist': { type: 'boolean' },
    'playlist-items': { type: 'string' },
    format: { type: 'string' },
    'format-sort': { type: 'string' },
    'merge-output-format': { type: 'string' },
    'max-filesize': { type: 'string' },
    'ffmpeg-location': { type: 'string' },
    output: { type: 'string' },
    quiet: { type: 'boolean' },
    progress: { type: 'boolean' },
    newline: { type: 'boolean' },
    'progress-template': { type: 'string' },
    'skip-download': { type: 'boolean' },
    'write-subs': { type: 'boolean' },
    'write-auto-subs': { type: 'boolean' },
    'sub-langs': { type: 'string' },
    'sub-format': { type: 'string' },
    version: { type: 'boolean' },
  },
})

const site = JSON.parse(readFileSync(process.env['STAND_IN_SITE'] ?? '', 'utf8')) as Record<string, StandInPage>
const [link = positionals[0] ?? ''] = readFileSync(values['batch-file'] ?? '/dev/null', 'utf8').split('\n')
const page: StandInPage = site[link] ?? { error: `ERROR: Unsupported URL: ${link}` }
const proxy = process.env['https_proxy'] ?? null
log({ link, args: process.argv.slice(2), proxied: proxy !== null })

if (page.alsoAsks !== undefined) log({ answered: await askThrough(page.alsoAsks) })
if (page.error !== undefined) fail(page.error)
if (values['dump-single-json'] === true) {
  const item = Number(values['playlist-items'] ?? 0)
  const info = item > 0 && page.items ? { _type: 'playlist', entries: page.items.slice(item - 1, item) } : page.info
  process.stdout.write(`${JSON.stringify(info)}\n`)
} else if (values['skip-download'] === true) {
  const text = page.captions?.[values['sub-langs'] ?? '']
  if (text !== undefined) writeFileSync(`captions.${values['sub-langs']}.vtt`, text)
  else process.stderr.write('WARNING: There are no subtitles for the requested languages\n')
} else {
  await download()
}

async function download(): Promise<void> {
  if (page.tooLarge === true || page.media === undefined) {
    process.stdout.write('[download] File is larger than max-filesize (9 bytes > 8 bytes). Aborting.\n')
    return
  }
  const size = readFileSync(page.media).length
  const begun = existsSync('media.mp4.part') ? 50 : 0
  log({ begunAt: begun })
  for (let percent = begun; percent <= 100; percent += 10) {
    if (percent === 50) writeFileSync('media.mp4.part', 'half')
    progress('downloading', Math.round((size * percent) / 100), size)
    await sleep(page.slowness ?? 0)
  }
  progress('finished', size, size)
  copyFileSync(page.media, 'media.mp4')
}

/** As `--progress-template` has it; `NA` is written for what is not known. */
function progress(status: string, received: number, total: number): void {
  const known: Record<string, string> = {
    status,
    downloaded_bytes: String(received),
    total_bytes: String(total),
    speed: '1048576.5',
  }
  const template = (values['progress-template'] ?? '').replace(/^download:/, '')
  const line = template.replace(/%\(progress\.(\w+)\)s/g, (_, name: string) => known[name] ?? 'NA')
  process.stdout.write(`${line}\n`)
}

async function askThrough(url: string): Promise<number | string> {
  const { ProxyAgent, request } = await import('undici')
  try {
    const { statusCode } = await request(url, { dispatcher: new ProxyAgent({ uri: proxy ?? '', proxyTunnel: false }) })
    return statusCode
  } catch (error) {
    return String(error)
  }
}

function log(entry: object): void {
  appendFileSync(process.env['STAND_IN_LOG'] ?? '/dev/null', `${JSON.stringify(entry)}\n`)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
