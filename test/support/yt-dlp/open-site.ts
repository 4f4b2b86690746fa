import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A page as the stand-in for yt-dlp knows it; see `stand-in.ts`. */
export interface SitePage {
  info?: unknown
  items?: unknown[]
  error?: string
  media?: string
  captions?: Record<string, string>
  slowness?: number
  tooLarge?: boolean
  alsoAsks?: string
}

export interface Call {
  link?: string
  args?: string[]
  proxied?: boolean
  answered?: number | string
  begunAt?: number
}

export interface StandInSite {
  /** Path of a program that takes yt-dlp's options. */
  readonly ytDlp: string
  put(link: string, page: SitePage): Promise<void>
  calls(): Promise<Call[]>
  close(): Promise<void>
}

const program = fileURLToPath(new URL('stand-in.ts', import.meta.url))

/** A site, and a yt-dlp that knows it, and no other. */
export async function openStandInSite(): Promise<StandInSite> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-site-'))
  const [site, log, ytDlp] = ['site.json', 'calls.jsonl', 'yt-dlp'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const pages: Record<string, SitePage> = {}
  await writeFile(site, '{}')
  await writeFile(log, '')
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  await writeFile(
    ytDlp,
    `#!/bin/sh\nSTAND_IN_SITE=${quote(site)} STAND_IN_LOG=${quote(log)} exec ${quote(process.execPath)} ${quote(program)} "$@"\n`,
  )
  await chmod(ytDlp, 0o755)
  return {
    ytDlp,
    async put(link, page) {
      pages[link] = page
      await writeFile(site, JSON.stringify(pages))
    },
    async calls() {
      const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '')
      return lines.map((line) => JSON.parse(line) as Call)
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
