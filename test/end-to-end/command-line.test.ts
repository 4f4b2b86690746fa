import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Database } from '../../src/database/connect.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { makeTalk, type Talk } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

let folder: string
let talk: Talk
let database: Database
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-command-'))
  talk = await makeTalk(folder)
  database = await temporaryDatabase({ migrated: false })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
afterEach(() => vi.unstubAllEnvs())

/** Runs a command in this process, on the test's database; what it printed comes back. */
async function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  vi.stubEnv('DATABASE_URL', databaseUrlOf(database))
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text)
      return true
    }),
  )
  try {
    const data = args.length > 1 ? ['--data', join(folder, 'data')] : []
    return { status: await runCommandLine(['node', 'clipwright', ...args, ...data]), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const short = ['--min', '3', '--max', '5']

it('makes clips, shows a table, and leaves the report beside them', async () => {
  const out = join(folder, 'clips')
  const { status, stdout, stderr } = await run('clip', talk.media, '--count', '1', ...short, '--out', out)
  expect(status).toBe(0)
  expect(stdout).toMatch(/1 clip made\.[^]*report\.html/)
  expect(stderr).toMatch(/ingest: done[^]*conclude: done/)
  const names = await readdir(out)
  expect(names.filter((name) => /\.(mp4|jpg|srt|vtt)$/.test(name))).toHaveLength(4)
  expect(names).toEqual(expect.arrayContaining(['moments.json', 'report.html']))
})

it('prints one document for programs, also when it fails', async () => {
  const out = join(folder, 'clips')
  const done = await run('clip', talk.media, '--count', '1', ...short, '--out', out, '--json')
  expect(JSON.parse(done.stdout)).toMatchObject({ folder: out, moments: [{ rank: 1, clip: { reused: true } }] })
  const failed = await run('clip', join(folder, 'nothing.mp4'), '--json')
  expect(failed.status).toBe(4)
  expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'MEDIA_NOT_FOUND' } })
})

it('names every wrong option at once', async () => {
  const { status, stderr } = await run('clip', talk.media, '--count', '0', '--min', '50', '--max', 'long')
  expect(status).toBe(2)
  expect(stderr).toMatch(/--count must be at least 1[^]*--max must be a number/)
})

it.each([
  [['clip', 'a.mp4', '--mode', 'boring'], 2, /must be one of viral, highlights, summary/],
  [['clip', 'a.mp4', '--out', '.', '--min', '40', '--max', '20'], 2, /--min must not be greater than --max/],
  [['clip', 'ftp://example.org/a.mp3', '--count', '3'], 2, /only https and http are fetched/],
  [['clip', 'http://127.0.0.1:9/a.mp3', '--count', '3'], 4, /not on the open internet/],
  [['--help'], 0, /clipwright \[options\] \[command\]/],
  [['--version'], 0, /^\d+\.\d+\.\d+/],
])('%j ends with %i', async (args, status, said) => {
  const result = await run(...args)
  expect(result.status).toBe(status)
  expect(result.stdout + result.stderr).toMatch(said)
})

it('says whether everything is there', async () => {
  const { status, stdout } = await run('doctor', '--json')
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string }[] }
  expect(status).toBe(0)
  const parts = [
    ...['Node.js', 'ffmpeg', 'ffprobe', 'ffmpeg can', 'word times', 'yt-dlp', 'data folder', 'language model'],
    ...['transcriber', 'database', 'faces', 'speech model', 'disk', 'memory'],
  ]
  expect(checks.map(({ name }) => name)).toEqual(parts)
  expect((await run('doctor')).stdout).toMatch(/✓ Node\.js[^]*Ready/)
})

it('says how to mend what is not there', async () => {
  vi.stubEnv('FFMPEG_PATH', join(folder, 'no-ffmpeg'))
  const { status, stdout } = await run('doctor', '--json')
  expect(status).toBe(5)
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; mend: string | null }[] }
  expect(checks.find(({ name }) => name === 'ffmpeg')).toMatchObject({ status: 'fail', mend: expect.any(String) })
})
