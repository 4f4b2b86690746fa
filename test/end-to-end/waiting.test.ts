import { mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import { Command, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { runFfmpeg } from '../support/make-media.ts'
import { makeTalk } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

// A recording without a transcript, as a person meets it: the command says what would help, and goes on from there once it is given.

let folder: string
let database: Database
let [media, words] = ['', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-waiting-'))
  database = await temporaryDatabase()
  const talk = await makeTalk(folder)
  media = talk.media
  // Not beside it, where it would be found.
  await mkdir(join(folder, 'words'))
  words = join(folder, 'words', 'words.srt')
  await rename(talk.transcript, words)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const env = () => ({ env: { DATABASE_URL: databaseUrlOf(database), CLIPWRIGHT_DATA: join(folder, 'data') } })
const clip = (file: string, ...more: string[]) => {
  const options = ['--count', '1', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1']
  return runCommand(['clip', file, ...options, '--out', `${file} clips`, ...more], env())
}

async function run(...args: string[]) {
  const { status, stdout, stderr } = await runCommand([...args, '--json'], env())
  expect(status, stderr + stdout).toBe(0)
  return JSON.parse(stdout)
}

const statusOf = async (runId: string) =>
  (await database.kysely.selectFrom('runs').select('status').where('id', '=', runId).executeTakeFirstOrThrow()).status

const analyses = (runId: string) =>
  database.kysely
    .selectFrom('steps')
    .select(['id', 'attempts', 'started_at'])
    .where('run_id', '=', runId)
    .where('kind', '=', 'analyze')
    .execute()

describe('a recording without a transcript', { timeout: 600_000 }, () => {
  it('waits for one, says what would help, and goes on with it', async () => {
    const first = await clip(media)
    expect(first.status, first.stderr).toBe(3)
    const lines = first.stderr.split('\n')
    expect(lines).toContainEqual(expect.stringContaining(`\`clipwright transcript import ${media} FILE\``))
    expect(lines).toContainEqual(expect.stringContaining('`clipwright models download'))
    expect(lines).toContainEqual(expect.stringContaining('Set OPENAI_API_KEY'))
    const [item] = (await run('jobs')).items
    expect(item).toMatchObject({ status: 'needs-transcript', state: 'waiting', says: 'waiting for a transcript' })
    expect(await run('jobs', 'dead')).toEqual([])
    const found = await analyses(item.runId)

    expect(await run('transcript', 'import', media, words)).toMatchObject({ version: 1, runs: [item.runId] })
    expect(await statusOf(item.runId)).toBe('working')

    const again = await clip(media)
    expect(again.status, again.stderr).toBe(0)
    expect(again.stderr).toContain('Going on where the last run of this command stopped.')
    expect((await run('jobs')).items).toMatchObject([{ runId: item.runId, status: 'done' }])
    expect(await analyses(item.runId)).toEqual(found)
  })

  it('goes on with the same command and a transcript, in the same run', async () => {
    const other = join(folder, 'other.mp4')
    await runFfmpeg(['-i', media, '-c', 'copy', '-metadata', 'comment=other', other])
    expect((await clip(other)).status).toBe(3)
    const before = (await run('jobs')).items
    const again = await clip(other, '--transcript', words)
    expect(again.status, again.stderr).toBe(0)
    const after = (await run('jobs')).items
    expect(after).toHaveLength(before.length)
    expect(after[0]).toMatchObject({ runId: before[0].runId, status: 'done' })
  })

  it('goes on by itself while somebody works, also when that one is killed', async () => {
    const third = join(folder, 'third.mp4')
    await runFfmpeg(['-i', media, '-c', 'copy', '-metadata', 'comment=third', third])
    expect((await clip(third)).status).toBe(3)
    const { runId } = (await run('jobs')).items[0]
    const killed = new Command(['worker'], env())
    await killed.says('Working')
    // As a file that has been there for a while comes: one that is still being written is left alone.
    const past = new Date(Date.now() - 60_000)
    await utimes(words, past, past)
    await rename(words, join(folder, 'third.srt'))
    killed.interruptGroup('SIGKILL')
    await killed.ended
    const worker = new Command(['worker'], env())
    await vi.waitFor(async () => expect(await statusOf(runId)).toBe('done'), { timeout: 300_000, interval: 200 })
    worker.interruptGroup()
    expect((await worker.ended).status).toBe(0)
  })
})
