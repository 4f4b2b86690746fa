import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import type { MomentsDocument } from '../../src/pipeline/conclude/moments-document.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { hashesOf, namesIn } from '../support/files-of.ts'
import { makeTalk, talkSentences, toSrt } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

// A command given again, a little changed each time: what is asked for is done, and nothing else. The tests go on from each
// other's data, as a person's commands do; before each, all that the usual command makes is there.

let folder: string
let database: Database
let [media, transcript, out, data] = ['', '', '', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-reuse-'))
  database = await temporaryDatabase()
  const talk = await makeTalk(folder)
  ;[media, transcript] = [talk.media, talk.transcript]
  ;[out, data] = [join(folder, 'out'), join(folder, 'data')]
  await usualCommand()
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const usual = { count: '2', captions: 'none' }

/** The usual command, a little changed. */
function clip(change: { count?: string; captions?: string; more?: string[] } = {}): Promise<CommandResult> {
  const { count, captions, more = [] } = { ...usual, ...change }
  const options = ['--count', count, '--min', '3', '--max', '5', '--captions', captions, '--aspect', '1:1']
  const places = ['--out', out, '--data', data]
  return runCommand(['clip', media, '--transcript', transcript, ...options, ...places, ...more], {
    env: { DATABASE_URL: databaseUrlOf(database) },
  })
}

/** Whatever a test has changed: from here on, everything the usual command makes is there. */
async function usualCommand(): Promise<void> {
  const ended = await clip()
  expect(ended, ended.stderr).toMatchObject({ status: 0 })
}

async function document(): Promise<MomentsDocument> {
  return JSON.parse(await readFile(join(out, 'moments.json'), 'utf8'))
}

/** `cut:1 again` or `cut:1 reused` for each step of the newest run. */
async function stepsOfNewestRun(): Promise<string[]> {
  const { rows } = await sql<{ step: string }>`
    select kind || ':' || subject || case when reused then ' reused' else ' again' end as step
    from steps where run_id = (select id from runs order by created_at desc limit 1) order by kind, subject`.execute(
    database.kysely,
  )
  return rows.map(({ step }) => step)
}

/** What is not found but done again, without `conclude`, which writes the folder every time. */
async function doneAgain(): Promise<string[]> {
  const steps = await stepsOfNewestRun()
  return steps
    .filter((step) => step.endsWith(' again') && !step.startsWith('conclude'))
    .map((step) => step.slice(0, -6))
}

const filesOf = async () => {
  const { 'moments.json': _moments, 'report.html': _report, ...clips } = await hashesOf(out)
  return clips
}

describe('the same command again', () => {
  afterEach(usualCommand, 120_000)

  it('finds everything, says so, and leaves every byte as it was', async () => {
    const [before, renderings] = [await filesOf(), await hashesOf(join(data, 'renderings'))]
    const ended = await clip()
    expect(ended.status).toBe(0)
    for (const kind of ['ingest', 'transcribe', 'analyze', 'detect', 'reframe 2 of 2', 'cut 2 of 2']) {
      expect(ended.stderr).toContain(`${kind}: already there\n`)
    }
    expect(await doneAgain()).toEqual([])
    expect(await filesOf()).toEqual(before)
    expect(await hashesOf(join(data, 'renderings'))).toEqual(renderings)
    expect((await document()).moments.map(({ clip: { reused } }) => reused)).toEqual([true, true])
  })

  it('with a larger count cuts only what is new', async () => {
    const before = await filesOf()
    expect((await clip({ count: '3' })).status).toBe(0)
    const { moments } = await document()
    expect(moments).toHaveLength(3)
    expect(moments.filter(({ clip: { reused } }) => !reused)).toHaveLength(1)
    expect((await doneAgain()).map((step) => step.replace(/:\d/, ''))).toEqual(['cut', 'detect', 'reframe'])
    expect(Object.values(await filesOf())).toEqual(expect.arrayContaining(Object.values(before)))
  })

  it('with other captions runs only cut again, and the folder has the new clips only', async () => {
    const before = await filesOf()
    expect((await clip({ captions: 'pop' })).status).toBe(0)
    expect(await doneAgain()).toEqual(['cut:1', 'cut:2'])
    const after = await filesOf()
    expect(Object.keys(after)).toEqual(Object.keys(before))
    for (const name of Object.keys(after).filter((name) => name.endsWith('.mp4'))) {
      expect(after[name]).not.toBe(before[name])
    }
    // Back again: those are still there.
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toEqual([])
    expect(await filesOf()).toEqual(before)
  })

  it('reads a file whose date has changed again, and finds that it is the same', async () => {
    await utimes(media, new Date('2026-01-01'), new Date('2026-01-01'))
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toEqual([])
    const { rows } = await sql`select modified_ms from file_hashes where path = ${media}`.execute(database.kysely)
    expect(rows).toEqual([{ modified_ms: Date.UTC(2026, 0, 1) }])
  })

  it('with a changed transcript reads and weighs it again, and looks and listens no more', async () => {
    const changed = talkSentences.map(([start, end, text]) => [start, end, text.replace('winter', 'summer')] as const)
    const original = await readFile(transcript, 'utf8')
    await writeFile(transcript, toSrt(changed))
    expect((await clip()).status).toBe(0)
    const again = await doneAgain()
    expect(again).toEqual(expect.arrayContaining(['detect:0', 'transcribe:0']))
    expect(again).not.toContain('ingest:0')
    expect(again).not.toContain('analyze:0')
    expect(await currentVersions()).toEqual([2])

    await writeFile(transcript, original)
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toEqual([])
    // The transcript in use is the one that was given last, also when it was read long ago.
    expect(await currentVersions()).toEqual([1])
  })
})

async function currentVersions(): Promise<number[]> {
  const rows = await database.kysely.selectFrom('transcripts').select('version').where('current', '=', true).execute()
  return rows.map(({ version }) => version)
}

describe('what was lost or spoilt since', () => {
  beforeEach(usualCommand, 120_000)

  it('a rendering that is missing is made again, the same to the byte', async () => {
    const renderings = await hashesOf(join(data, 'renderings'))
    await rm(join(data, 'renderings', await aRendering()))
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toHaveLength(1)
    expect(await hashesOf(join(data, 'renderings'))).toEqual(renderings)
  })

  it('a rendering that someone wrote into is made again, although it is as long as before', async () => {
    const renderings = await hashesOf(join(data, 'renderings'))
    const path = join(data, 'renderings', await aRendering())
    const bytes = await readFile(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 0xff, bytes.length - 100)
    await writeFile(path, bytes)
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toHaveLength(1)
    expect(await hashesOf(join(data, 'renderings'))).toEqual(renderings)
  })

  it('clips that are missing from the folder, or were changed in it, are put there again', async () => {
    const before = await filesOf()
    const [first, second] = Object.keys(before).filter((name) => name.endsWith('.mp4'))
    await rm(join(out, first ?? ''))
    await appendFile(join(out, second ?? ''), 'and more')
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toEqual([])
    expect(await filesOf()).toEqual(before)
  })

  it('a recording that has moved is known by its content, also by the folder of its clips', async () => {
    const before = await filesOf()
    const moved = join(folder, 'moved.mp4')
    await rename(media, moved)
    media = moved
    expect((await clip()).status).toBe(0)
    expect(await doneAgain()).toEqual([])
    expect(await filesOf()).toEqual(before)
    expect((await document()).recording.path).toBe(moved)
    expect(await database.kysely.selectFrom('recordings').select('path').execute()).toEqual([{ path: moved }])
  })

  it('the folder of another recording is left alone', async () => {
    const other = join(folder, 'other.mp4')
    await copyFile(media, other)
    await appendFile(other, 'a byte more')
    const before = await hashesOf(out)
    const usualMedia = media
    media = other
    const refused = await clip()
    media = usualMedia
    expect(refused).toMatchObject({ status: 5, stdout: '' })
    expect(refused.stderr).toContain('[OUT_FOLDER_TAKEN]')
    expect(await hashesOf(out)).toEqual(before)
  })

  it('a recording that was deleted from the library is taken in anew', async () => {
    const before = await filesOf()
    await sql`update recordings set deleted_at = now()`.execute(database.kysely)
    expect((await clip()).status).toBe(0)
    expect(await filesOf()).toEqual(before)
    // Only the renderings, which are named by content, are nobody's in particular.
    expect(await doneAgain()).toEqual(['analyze:0', 'detect:0', 'ingest:0', 'transcribe:0'])
  })
})

/** The file in the renderings that the first clip in the folder is a copy of. */
async function aRendering(): Promise<string> {
  const { moments } = await document()
  const renderings = Object.entries(await hashesOf(join(data, 'renderings')))
  const [name] = renderings.find(([, hash]) => hash === sha256Of(moments[0])) ?? []
  if (name === undefined) throw new Error('the first clip in the folder is no copy of a rendering')
  return name
}

function sha256Of(moment: MomentsDocument['moments'][number] | undefined): string | null {
  return moment?.clip.status === 'done' ? moment.clip.sha256 : null
}

describe('for programs', () => {
  it('--json puts exactly one document on standard output and nothing beside it', async () => {
    const { status, stdout, stderr } = await clip({ more: ['--json'] })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const printed = JSON.parse(stdout)
    expect(printed).toMatchObject({ folder: out, report: join(out, 'report.html'), ...(await document()) })
  })

  it('--json does so for an error as well', async () => {
    const missing = join(folder, 'missing.mp4')
    const ended = await runCommand(['clip', missing, '--json', '--out', join(folder, 'no'), '--data', data])
    expect(ended).toMatchObject({ status: 4, stderr: '' })
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'MEDIA_NOT_FOUND' } })
    expect(await readdir(folder)).not.toContain('no')
  })

  it('a pipe gets plain lines, without control characters', async () => {
    const { stdout, stderr } = await clip()
    for (const text of [stdout, stderr]) {
      expect(text).not.toBe('')
      // Cc: control characters; a line break is the only one a pipe may get.
      expect(text).not.toMatch(/[^\n\P{Cc}]/u)
    }
  })
})

describe('two commands at once', () => {
  it('on one data folder, first of all, with different recordings: each does its own', async () => {
    const places = ['one', 'two'].map((name) => join(folder, name))
    for (const place of places) await mkdir(place)
    const [one = '', two = ''] = places
    const talks = [await makeTalk(one), await makeTalk(two, { repeated: 2 })]
    const shared = join(folder, 'shared-data')
    const ended = await Promise.all(
      talks.map((talk, i) =>
        runCommand([
          ...[
            'clip',
            talk.media,
            '--transcript',
            talk.transcript,
            '--data',
            shared,
            '--out',
            `${places[i]}/out`,
            '--json',
          ],
          ...['--count', '1', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1'],
        ]),
      ),
    )
    for (const { status, stdout, stderr } of ended)
      expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' })
    const documents: MomentsDocument[] = ended.map(({ stdout }) => JSON.parse(stdout))
    expect(documents.map(({ recording }) => recording.path)).toEqual(talks.map((talk) => talk.media))
    expect(documents.flatMap(({ moments }) => moments.map((moment) => moment.clip.status))).toEqual(['done', 'done'])
    expect(await namesIn(join(shared, 'work'))).toEqual([])
    expect(await readdir(join(shared, 'postgresql/cluster'))).not.toContain('postmaster.pid')
  })

  it('into one folder: the second is refused while the first goes on', async () => {
    const ended = await Promise.all([clip({ captions: 'pop' }), clip({ captions: 'pop' })])
    const [went, refused] = ended.sort((a, b) => (a.status ?? -1) - (b.status ?? -1))
    expect(went?.status).toBe(0)
    expect(refused).toMatchObject({ status: 5, stdout: '' })
    expect(refused?.stderr).toMatch(
      /Another Clipwright \(process \d+\) is writing to .* right now\. \[OUT_FOLDER_BUSY\]/,
    )
  })
})
