import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { makeTalk } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

// A person puts a transcript right. The tests go on from each other's versions, as a person's commands do.

let folder: string
let database: Database
let [media, given, out, data] = ['', '', '', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-transcripts-'))
  database = await temporaryDatabase()
  const talk = await makeTalk(folder)
  ;[media, given] = [talk.media, talk.transcript]
  ;[out, data] = [join(folder, 'out'), join(folder, 'data')]
  const first = await clip()
  expect(first, first.stderr).toMatchObject({ status: 0 })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const env = () => ({ env: { DATABASE_URL: databaseUrlOf(database) } })

function clip(more: string[] = ['--transcript', given]): Promise<CommandResult> {
  const options = ['--count', '2', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1']
  return runCommand(['clip', media, ...options, '--out', out, '--data', data, ...more], env())
}

async function transcript(...args: string[]) {
  const { status, stdout } = await runCommand(['transcript', ...args, '--data', data, '--json'], env())
  return { status, json: JSON.parse(stdout) }
}

/** The versions, oldest first, the current one with a star; and how much is stored in all. */
async function stored(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select version || case when current then '*' else '' end || ' ' || segment_count || ' ' || coalesce(note, 'read') as line
    from transcripts order by version`.execute(database.kysely)
  return rows.map(({ line }) => line)
}

async function stepsOfNewestRun(): Promise<string[]> {
  const { rows } = await sql<{ step: string }>`
    select distinct kind || case when reused then ' reused' else ' again' end as step
    from steps where run_id = (select id from runs order by created_at desc limit 1) order by 1`.execute(
    database.kysely,
  )
  return rows.map(({ step }) => step)
}

async function captionsOfClips(): Promise<string> {
  const names = (await readdir(out)).filter((name) => name.endsWith('.srt'))
  return (await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')))).join('\n')
}

describe('a transcript', () => {
  it('is shown, and exported in each format', async () => {
    const { json } = await transcript('show', media)
    expect(json).toMatchObject({ version: 1, segments: [{ ordinal: 0 }, {}, {}, {}, {}, {}] })
    for (const format of ['srt', 'vtt', 'txt', 'json']) {
      const exported = await transcript('export', out, '--format', format)
      expect(exported.json.text).toContain('seven out of ten podcasts')
    }
  })

  it('is corrected without losing times; the next clip of the recording follows and says so', async () => {
    const before = (await transcript('show', media)).json.segments[2].words
    const { json } = await transcript('correct', media, 'winter', 'summer')
    expect(json).toMatchObject({ version: 2, count: 1 })
    const after = (await transcript('show', media)).json.segments[2].words
    expect(after.map(({ start, end }: { start: number; end: number }) => [start, end])).toEqual(
      before.map(({ start, end }: { start: number; end: number }) => [start, end]),
    )
    // The same file is named again: what was corrected of it counts.
    const again = await clip()
    expect(again, again.stderr).toMatchObject({ status: 0 })
    expect(again.stdout + again.stderr).toContain('made by hand ("winter" became "summer" once)')
    expect(await stepsOfNewestRun()).toEqual(
      expect.arrayContaining(['analyze reused', 'detect again', 'cut again', 'ingest reused']),
    )
    const captions = await captionsOfClips()
    expect(captions).toContain('last summer')
    expect(captions).not.toContain('winter')
    expect(await stored()).toEqual(['1 6 read', '2* 6 "winter" became "summer" once'])
  })

  it('takes over a file that was exported and corrected', async () => {
    const file = join(folder, 'corrected.txt')
    await transcript('export', media, '--out', file)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('three hundred hours', 'four hundred long hours'))
    const { json } = await transcript('correct', media, '--from', file)
    expect(json).toMatchObject({ version: 3, changes: 2 })
    expect(JSON.stringify((await transcript('show', media)).json.segments)).toContain('four hundred long hours')
  })

  it('has names for its speakers', async () => {
    expect((await transcript('speakers', media, 'nobody=Ana')).json).toMatchObject({
      version: 4,
      note: 'nobody is Ana',
    })
    expect((await transcript('speakers', media)).json.speakers).toMatchObject([{ name: 'Ana', segments: 6 }])
  })

  it('is exported and imported without a loss, and only when that was meant', async () => {
    const file = join(folder, 'own.json')
    const before = (await transcript('show', media)).json.segments
    await transcript('export', media, '--out', file)
    expect((await transcript('export', media, '--out', file)).json.error.code).toBe('FILE_EXISTS')
    expect((await transcript('import', media, file)).json.error.code).toBe('TRANSCRIPT_EXISTS')
    expect((await transcript('import', media, file, '--replace')).json).toMatchObject({ version: 5 })
    expect((await transcript('show', media)).json.segments).toEqual(before)
  })

  it('goes back to an earlier version, which later runs keep', async () => {
    expect((await transcript('use', media, '2')).json).toEqual({ version: 2, runs: [] })
    const other = join(folder, 'other.srt')
    await writeFile(other, (await readFile(given, 'utf8')).replace('podcasts', 'shows'))
    await clip([])
    expect((await stored())[1]).toBe('2* 6 "winter" became "summer" once')
    // A file of its own is what a person wants now; that a choice by hand gives way is said.
    const ended = await clip(['--transcript', other])
    expect(ended.stdout + ended.stderr).toContain('instead of version 2 of the transcript')
    expect((await stored()).at(-1)).toBe('6* 6 read')
  })

  it('leaves it to the next run again', async () => {
    await transcript('use', media, '2')
    expect((await transcript('use', media, 'auto')).json).toEqual({ version: null, before: 2 })
    expect((await transcript('use', media, 'auto')).json).toEqual({ version: null, before: null })
    await clip([])
    const current = (await stored()).filter((line) => /^\d+\*/.test(line))
    expect(current).toHaveLength(1)
    expect(current[0]).not.toMatch(/^2\*/)
  })
})

describe('nothing is changed by', () => {
  const cases: [string, string, () => Promise<string[]>][] = [
    ['a word nobody says', 'PHRASE_NOT_FOUND', async () => ['correct', media, 'xyzzy', 'plugh']],
    ['an unknown speaker', 'SPEAKER_UNKNOWN', async () => ['speakers', media, 'Bob=Ana']],
    ['a name that is none', 'WRONG_USAGE', async () => ['speakers', media, 'Bob']],
    ['a version that is not there', 'TRANSCRIPT_VERSION_NOT_FOUND', async () => ['use', media, '99']],
    ['a version that is no number', 'WRONG_USAGE', async () => ['use', media, 'last']],
    ['a correction without a text', 'WRONG_USAGE', async () => ['correct', media, 'podcasts']],
    ['a recording that is not there', 'MEDIA_NOT_FOUND', async () => ['show', join(folder, 'no.mp4')]],
    ['a recording nobody took in', 'RECORDING_NOT_TAKEN_IN', async () => ['show', given]],
    ['a folder without clips', 'RECORDING_NOT_TAKEN_IN', async () => ['show', folder]],
    [
      'a file that is not there',
      'TRANSCRIPT_NOT_FOUND',
      async () => ['import', media, join(folder, 'no.srt'), '--replace'],
    ],
    [
      'a file that is no transcript',
      'TRANSCRIPT_UNREADABLE',
      async () => ['import', media, await fileOf('x.srt', 'hello'), '--replace'],
    ],
    [
      'an empty transcript',
      'TRANSCRIPT_WOULD_BE_EMPTY',
      async () => ['import', media, await fileOf('e.vtt', 'WEBVTT\n'), '--replace'],
    ],
    [
      'a transcript of 200,000 cues of another recording',
      'TRANSCRIPT_DOES_NOT_FIT',
      async () => ['import', media, await fileOf('long.srt', longSrt(200_000)), '--replace'],
    ],
    [
      'one that was exported from another recording',
      'TRANSCRIPT_OF_ANOTHER_RECORDING',
      async () => {
        const own = (await transcript('export', media, '--format', 'json')).json.text
        const text = own
          .replace(/"hash": "\w+"/, `"hash": "${'0'.repeat(64)}"`)
          .replace(/"duration": [\d.]+/, '"duration": 500')
        return ['import', media, await fileOf('other.json', text), '--replace']
      },
    ],
    [
      'corrections of another text',
      'CORRECTIONS_DO_NOT_MATCH',
      async () => ['correct', media, '--from', await fileOf('o.txt', 'The quick brown fox jumps over the lazy dog.')],
    ],
  ]

  it.each(cases)('%s (%s)', async (_, code, args) => {
    const before = await stored()
    const { json, status } = await transcript(...(await args()))
    expect(json.error).toMatchObject({ code })
    expect(status).toBeGreaterThan(1)
    expect(await stored()).toEqual(before)
  })
})

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

function longSrt(count: number): string {
  const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19)
  return Array.from(
    { length: count },
    (_, i) => `${clock(i % 80_000)},000 --> ${clock(i % 80_000)},900\nword ${i}\n`,
  ).join('\n')
}
