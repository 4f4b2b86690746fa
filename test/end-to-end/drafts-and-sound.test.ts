import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import type { MomentsDocument } from '../../src/pipeline/conclude/moments-document.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { makeAudio } from '../support/make-media.ts'
import { makeTalk } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

let folder: string
let database: Database
let [media, transcript, out, data] = ['', '', '', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-drafts-'))
  database = await temporaryDatabase()
  const talk = await makeTalk(folder)
  ;[media, transcript] = [talk.media, talk.transcript]
  ;[out, data] = [join(folder, 'out'), join(folder, 'data')]
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

function clip(...more: string[]): Promise<CommandResult> {
  const options = ['--count', '1', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1', '--no-llm']
  const places = ['--out', out, '--data', data]
  return runCommand(['clip', media, '--transcript', transcript, ...options, ...places, ...more], {
    env: { DATABASE_URL: databaseUrlOf(database) },
  })
}

async function document(): Promise<MomentsDocument> {
  return JSON.parse(await readFile(join(out, 'moments.json'), 'utf8'))
}

async function doneAgain(): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from steps where run_id = (select id from runs order by created_at desc limit 1) and not reused
    and kind <> 'conclude' order by kind`.execute(database.kysely)
  return rows.map(({ kind }) => kind)
}

it('a draft says what it is; the final clip takes its place, and only cutting is done again', async () => {
  const drafted = await clip('--draft')
  expect(drafted, drafted.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining('These are drafts') })
  const draft = await document()
  expect(draft.run.draft).toBe(true)
  expect(draft.moments[0]?.clip).toMatchObject({ draft: true, width: 720, file: expect.stringMatching(/-draft\.mp4$/) })
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('>draft<')

  const final = await clip()
  expect(final, final.stderr).toMatchObject({ status: 0 })
  expect(await doneAgain()).toEqual(['cut'])
  const made = await document()
  expect(made.run.draft).toBe(false)
  expect(made.moments[0]?.clip).toMatchObject({ draft: false, width: 1080 })
  expect((await readdir(out)).filter((name) => name.includes('draft'))).toEqual([])
})

it('other sound is another cut; the clip is as loud as ever', async () => {
  const music = await makeAudio({ seconds: 2, sound: 'speech-like' })
  const treated = await clip('--denoise', '--de-ess', '--music', music, '--music-level', '-20', '--draft')
  expect(treated, treated.stderr).toMatchObject({ status: 0 })
  expect(await doneAgain()).toEqual(['cut'])
  const [moment] = (await document()).moments
  expect(moment?.clip.status === 'done' && Math.abs((moment.clip.loudness ?? 0) + 14)).toBeLessThanOrEqual(0.5)
})

it('music that is none is refused before any work', async () => {
  const nothing = join(folder, 'nothing.mp3')
  await writeFile(nothing, '')
  const untouched = join(folder, 'untouched')
  for (const [path, code] of [
    [join(folder, 'missing.mp3'), 'MUSIC_NOT_FOUND'],
    [nothing, 'MUSIC_UNUSABLE'],
    [media, 'MUSIC_UNUSABLE'],
  ] as const) {
    const refused = await clip('--music', path, '--json', '--out', untouched)
    expect(refused.status).toBe(4)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code } })
  }
  await expect(readdir(untouched)).rejects.toThrow('ENOENT')
  expect(await clip('--music-level', '-20')).toMatchObject({ status: 2 })
})
