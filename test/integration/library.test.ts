import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import { json } from '../../src/database/json.ts'
import type { Analysis } from '../../src/domain/observation.ts'
import type { Segment, TranscriptDocument } from '../../src/domain/transcript.ts'
import { getAnalysis, getAnalysisFingerprint, hasAnalysis, saveAnalysis } from '../../src/library/analyses.store.ts'
import { getChildProcesses, removeChildProcess, saveChildProcess } from '../../src/library/child-processes.store.ts'
import { getClipVersion, saveClipVersion, setRendering } from '../../src/library/clips.store.ts'
import { saveEvent } from '../../src/library/events.store.ts'
import { findFileHash, saveFileHash } from '../../src/library/file-hashes.store.ts'
import { findMemo, saveMemo } from '../../src/library/memos.store.ts'
import { getDetection, getMoment, hasDetection, saveDetection } from '../../src/library/moments.store.ts'
import { getRecording, saveRecording } from '../../src/library/recordings.store.ts'
import { findRendering, type Rendering, saveRendering } from '../../src/library/renderings.store.ts'
import { closeRun, getRun, insertRun, lockRun, pinToRun } from '../../src/library/runs.store.ts'
import {
  beginStep,
  cancelSteps,
  completeStep,
  failStep,
  getStep,
  insertSteps,
  requeueStep,
} from '../../src/library/steps.store.ts'
import {
  getSegments,
  getTranscript,
  hasTranscript,
  makeCurrent,
  saveTranscript,
} from '../../src/library/transcripts.store.ts'
import { thisProcess } from '../../src/observability/this-process.ts'
import { mediaInfoOf } from '../support/media-info.ts'
import { sampleMoment } from '../support/sample-moments-document.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

const duration = 100

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())

const aHash = () => randomUUID().replaceAll('-', '').padEnd(64, '0')

function newRecording(change: { contentHash?: string; path?: string } = {}): Promise<string> {
  const recording = { title: 'talk', path: '/talk.mp4', contentHash: aHash(), info: mediaInfoOf(duration), ...change }
  return saveRecording(database.kysely, recording, 'cli')
}

function segment(ordinal: number, start: number, end: number): Segment {
  return { ordinal, start, end, text: `sentence ${ordinal}`, speaker: null, words: [] }
}

function transcriptOf(segments: Segment[]): TranscriptDocument {
  return { origin: { kind: 'given', name: '/talk.srt', format: 'srt' }, language: 'en', segments, warnings: [] }
}

const some = [segment(0, 0, 4), segment(1, 4, 9.5), segment(2, 10, 20)]

function newTranscript(recordingId: string, fingerprint: string, segments = some): Promise<string> {
  return database.kysely
    .transaction()
    .execute((tx) =>
      saveTranscript(tx, { recordingId, duration, fingerprint, document: transcriptOf(segments), by: 'cli' }),
    )
}

const analysis: Analysis = {
  scenes: [
    { start: 0, end: 40 },
    { start: 40, end: 100 },
  ],
  silences: [{ start: 9.5, end: 10 }],
  loudness: { step: 0.5, integrated: -17.25, values: Array.from({ length: 200 }, (_, i) => -20 - (i % 7)) },
  warnings: ['it hums'],
}

function newAnalysis(recordingId: string, change: Partial<Analysis> = {}, fingerprint = 'as before'): Promise<string> {
  return database.kysely
    .transaction()
    .execute((tx) => saveAnalysis(tx, { recordingId, duration, fingerprint, analysis: { ...analysis, ...change } }))
}

const moment = { ...sampleMoment(0).moment, start: 10, end: 20, firstSegment: 2, lastSegment: 2 }

async function newDetection(change: Partial<typeof moment>[] = [{}]): Promise<{ id: string; recordingId: string }> {
  const recordingId = await newRecording()
  const [transcriptId, analysisId] = [await newTranscript(recordingId, 'a'), await newAnalysis(recordingId)]
  const id = await saveDetection(database.kysely, {
    recordingId,
    duration,
    transcriptId,
    analysisId,
    mode: 'highlights',
    settings: { count: 2 },
    detection: {
      moments: change.map((each, i) => ({ ...moment, rank: i + 1, ...each })),
      candidateCount: 7,
      curve: { step: 1, values: [0, 0.5] },
      shortfall: null,
    },
  })
  return { id, recordingId }
}

async function newRun(): Promise<string> {
  return insertRun(database.kysely, { fingerprint: aHash(), settings: {}, owner: thisProcess(), by: 'cli' })
}

async function newStep(): Promise<string> {
  const id = randomUUID()
  await insertSteps(database.kysely, [{ id, runId: await newRun(), kind: 'analyze', subject: 0, jobId: randomUUID() }])
  return id
}

describe('a recording', () => {
  it('is known by its content, wherever its file is now', async () => {
    const contentHash = aHash()
    const id = await newRecording({ contentHash })
    expect(await newRecording({ contentHash, path: '/moved/talk.mp4' })).toBe(id)
    expect(await getRecording(database.kysely, id)).toMatchObject({ path: '/moved/talk.mp4', duration, contentHash })
  })

  it('that was deleted is not found, and the same content is a new one', async () => {
    const contentHash = aHash()
    const id = await newRecording({ contentHash })
    await sql`update recordings set deleted_at = now() where id = ${id}`.execute(database.kysely)
    await expect(getRecording(database.kysely, id)).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' })
    expect(await newRecording({ contentHash })).not.toBe(id)
  })

  it.each([
    ['no length', { duration_seconds: 0 }],
    ['an endless length', { duration_seconds: Number.POSITIVE_INFINITY }],
    ['no size', { size_bytes: 0 }],
    ['a hash that is none', { content_hash: 'abc' }],
  ])('with %s is refused', async (_, nonsense) => {
    const id = await newRecording()
    const change = database.kysely.updateTable('recordings').set(nonsense).where('id', '=', id)
    await expect(change.execute()).rejects.toMatchObject({ code: '23514' })
  })
})

it('a hash counts for the very file it was read from, until anything about it changes', async () => {
  const file = { path: `/${randomUUID()}`, sizeBytes: 8e12, modifiedMs: 1_767_225_600_123.456, inode: '2049:77' }
  expect(await findFileHash(database.kysely, file)).toBeNull()
  await saveFileHash(database.kysely, file, 'a'.repeat(64))
  expect(await findFileHash(database.kysely, file)).toBe('a'.repeat(64))
  for (const change of [{ sizeBytes: 8e12 + 1 }, { modifiedMs: file.modifiedMs + 1 }, { inode: '2049:78' }]) {
    expect(await findFileHash(database.kysely, { ...file, ...change })).toBeNull()
  }
  await saveFileHash(database.kysely, { ...file, sizeBytes: 5 }, 'b'.repeat(64))
  expect(await findFileHash(database.kysely, file)).toBeNull()
  expect(await findFileHash(database.kysely, { ...file, sizeBytes: 5 })).toBe('b'.repeat(64))
})

describe('a transcript', () => {
  it('is read back as it was saved, also in part', async () => {
    const words: Segment['words'] = [{ text: 'well', start: 0, end: 0.5, confidence: null, timing: 'estimated' }]
    const spoken = { ...segment(0, 0, 4), text: 'well – “ja”, 好', speaker: 'Ana', words }
    const id = await newTranscript(await newRecording(), 'a', [spoken, ...some.slice(1)])
    expect(await getTranscript(database.kysely, id)).toMatchObject({ version: 1, fingerprint: 'a', language: 'en' })
    expect(await getSegments(database.kysely, id)).toEqual([spoken, ...some.slice(1)])
    const within = await getSegments(database.kysely, id, { start: 4, end: 10 })
    expect(within.map(({ ordinal }) => ordinal)).toEqual([1])
  })

  it('has versions of which one is current; the same source is the same version', async () => {
    const recordingId = await newRecording()
    const [first, second] = [await newTranscript(recordingId, 'a'), await newTranscript(recordingId, 'b')]
    const versions = () =>
      sql`
      select id, version, current from transcripts where recording_id = ${recordingId} order by version`
        .execute(database.kysely)
        .then(({ rows }) => rows)
    expect(await versions()).toEqual([
      { id: first, version: 1, current: false },
      { id: second, version: 2, current: true },
    ])
    expect(await newTranscript(recordingId, 'a')).toBe(first)
    expect(await versions()).toMatchObject([{ current: true }, { current: false }])
    await database.kysely.transaction().execute((tx) => makeCurrent(tx, { id: second, recordingId }))
    expect(await versions()).toMatchObject([{ current: false }, { current: true }])
  })

  it('saved by two at the same time gets two versions, not one twice', async () => {
    const recordingId = await newRecording()
    await Promise.all(['a', 'b', 'c', 'd'].map((fingerprint) => newTranscript(recordingId, fingerprint)))
    const { rows } = await sql`
      select version from transcripts where recording_id = ${recordingId} order by version`.execute(database.kysely)
    expect(rows).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }, { version: 4 }])
  })

  it('belongs to its recording', async () => {
    const recordingId = await newRecording()
    const id = await newTranscript(recordingId, 'a')
    expect(await hasTranscript(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasTranscript(database.kysely, { id, recordingId: await newRecording() })).toBe(false)
    expect(await hasTranscript(database.kysely, { id: randomUUID(), recordingId })).toBe(false)
  })

  it('of many thousand segments is stored whole', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => segment(i, i / 30, i / 30 + 0.01))
    const id = await newTranscript(await newRecording(), 'a', many)
    expect((await getSegments(database.kysely, id)).map(({ ordinal }) => ordinal)).toEqual(many.map((_, i) => i))
  })

  it('can not be current beside another one', async () => {
    const recordingId = await newRecording()
    await newTranscript(recordingId, 'a')
    await newTranscript(recordingId, 'b')
    const both = sql`update transcripts set current = true where recording_id = ${recordingId}`
    await expect(both.execute(database.kysely)).rejects.toMatchObject({ code: '23505' })
  })

  it.each([
    ['begins where it ends', segment(0, 4, 4)],
    ['ends before it begins', segment(0, 4, 3)],
    ['begins before the recording', segment(0, -1, 3)],
    ['ends after the recording', segment(0, 90, 100.001)],
  ])('with a segment that %s is refused whole', async (_, nonsense) => {
    const recordingId = await newRecording()
    await expect(newTranscript(recordingId, 'a', [nonsense])).rejects.toMatchObject({ code: '23514' })
    const kept = await database.kysely
      .selectFrom('transcripts')
      .select('id')
      .where('recording_id', '=', recordingId)
      .execute()
    expect(kept).toEqual([])
  })

  it('can not claim another length than its recording has', async () => {
    const id = await newTranscript(await newRecording(), 'a')
    const longer = sql`update transcripts set duration_seconds = 1000 where id = ${id}`
    await expect(longer.execute(database.kysely)).rejects.toMatchObject({ code: '23503' })
  })
})

describe('an analysis', () => {
  it('is read back as it was saved', async () => {
    const recordingId = await newRecording()
    const id = await newAnalysis(recordingId)
    expect(await getAnalysis(database.kysely, id)).toEqual(analysis)
    expect(await getAnalysisFingerprint(database.kysely, id)).toBe('as before')
    expect(await hasAnalysis(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasAnalysis(database.kysely, { id, recordingId: await newRecording() })).toBe(false)
  })

  it('made the same way is the same one, and what it saw is not doubled', async () => {
    const recordingId = await newRecording()
    const id = await newAnalysis(recordingId)
    expect(await newAnalysis(recordingId)).toBe(id)
    expect(await newAnalysis(recordingId, {}, 'another way')).not.toBe(id)
    expect(await getAnalysis(database.kysely, id)).toEqual(analysis)
  })

  it('keeps its observations apart by kind', async () => {
    const id = await newAnalysis(await newRecording())
    const { rows } = await sql`
      select tableoid::regclass::text as part, kind, count(*)::int as count from observations
      where analysis_id = ${id} group by 1, 2 order by kind`.execute(database.kysely)
    expect(rows).toEqual([
      { part: 'observations_loudness', kind: 'loudness', count: 4 },
      { part: 'observations_scene', kind: 'scene', count: 2 },
      { part: 'observations_other', kind: 'silence', count: 1 },
    ])
  })

  it('may hear a little more than there is: what is beyond the end is cut off', async () => {
    const id = await newAnalysis(await newRecording(), {
      scenes: [{ start: 0, end: 100.04 }],
      silences: [{ start: 100, end: 100.04 }],
    })
    expect(await getAnalysis(database.kysely, id)).toMatchObject({ scenes: [{ start: 0, end: 100 }], silences: [] })
  })

  it.each([
    ['the same thing twice', { start_seconds: 0, end_seconds: 40, ordinal: 0 }, '23505'],
    ['a scene of no length', { start_seconds: 5, end_seconds: 5, ordinal: 9 }, '23514'],
    ['a scene that goes on after the end', { start_seconds: 5, end_seconds: 101, ordinal: 9 }, '23514'],
  ])('is refused %s', async (_, span, code) => {
    const id = await newAnalysis(await newRecording())
    const row = { analysis_id: id, duration_seconds: duration, kind: 'scene', value: json(null), ...span }
    await expect(database.kysely.insertInto('observations').values(row).execute()).rejects.toMatchObject({ code })
  })
})

describe('a detection', () => {
  it('is read back as it was saved, moments in their order', async () => {
    const { id, recordingId } = await newDetection([
      { rank: 2, score: 0.25 },
      { rank: 1, start: 30, end: 42.125 },
    ])
    const { moments, ...rest } = await getDetection(database.kysely, id)
    expect(rest).toEqual({ id, candidateCount: 7, curve: { step: 1, values: [0, 0.5] }, shortfall: null })
    expect(moments.map(({ id: _id, ...each }) => each)).toEqual([
      { ...moment, rank: 1, start: 30, end: 42.125 },
      { ...moment, rank: 2, score: 0.25 },
    ])
    expect(await getMoment(database.kysely, id, 2)).toEqual(moments[1])
    expect(await hasDetection(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasDetection(database.kysely, { id, recordingId: await newRecording() })).toBe(false)
  })

  it.each([
    ['a score above one', { score: 1.01 }, '23514'],
    ['a score below zero', { score: -0.01 }, '23514'],
    ['a score that is no number', { score: Number.NaN }, '23514'],
    ['a confidence above one', { confidence: 2 }, '23514'],
    ['an end before its start', { start: 20, end: 10 }, '23514'],
    ['an end after the recording', { end: 100.5 }, '23514'],
    ['a start before the recording', { start: -0.5 }, '23514'],
    ['rank zero', { rank: 0 }, '23514'],
    ['segments in the wrong order', { firstSegment: 3, lastSegment: 2 }, '23514'],
  ])('with a moment of %s is refused', async (_, nonsense, code) => {
    await expect(newDetection([nonsense])).rejects.toMatchObject({ code })
  })

  it('with two moments of one rank is refused', async () => {
    await expect(newDetection([{ rank: 1 }, { rank: 1, start: 30, end: 40 }])).rejects.toMatchObject({ code: '23505' })
  })
})

describe('a clip', () => {
  const edit = { ranges: [{ start: 10, end: 20 }] }
  const style = { aspect: '9:16', captions: 'pop' } as const
  const framing = { aspect: '9:16', scenes: [] } as const

  async function saveVersion(
    from: { id: string; recordingId: string },
    change: { contentHash?: string; edit?: typeof edit } = {},
  ): Promise<string> {
    const { id: momentId } = await getMoment(database.kysely, from.id, 1)
    const facts = { edit, style, framing: { ...framing, scenes: [] }, contentHash: 'a', title: 'Then', by: 'cli' }
    const { recordingId } = from
    return database.kysely
      .transaction()
      .execute((tx) => saveClipVersion(tx, { ...facts, recordingId, momentId, ...change }))
  }

  it('has versions: another look is another one, the same is the same, other ranges are another clip', async () => {
    const from = await newDetection()
    const [first, second] = [await saveVersion(from), await saveVersion(from, { contentHash: 'b' })]
    expect(await saveVersion(from)).toBe(first)
    const other = await saveVersion(from, { edit: { ranges: [{ start: 11, end: 20 }] } })
    const [one, two, three] = await Promise.all([first, second, other].map((id) => getClipVersion(database.kysely, id)))
    expect([one?.version, two?.version, three?.version]).toEqual([1, 2, 1])
    expect(two?.clipId).toBe(one?.clipId)
    expect(three?.clipId).not.toBe(one?.clipId)
    expect(one).toMatchObject({ edit, style, renderingKey: null })
  })

  it('knows its rendering, and lives on without it', async () => {
    const id = await saveVersion(await newDetection())
    const rendering = newRendering()
    await saveRendering(database.kysely, rendering)
    await setRendering(database.kysely, id, rendering.key)
    expect((await getClipVersion(database.kysely, id)).renderingKey).toBe(rendering.key)
    await sql`delete from renderings where key = ${rendering.key}`.execute(database.kysely)
    expect((await getClipVersion(database.kysely, id)).renderingKey).toBeNull()
  })

  it('can not name a rendering that is not there', async () => {
    const id = await saveVersion(await newDetection())
    await expect(setRendering(database.kysely, id, aHash())).rejects.toMatchObject({ code: '23503' })
  })
})

function newRendering(change: Partial<Rendering> = {}): Rendering {
  const key = aHash()
  const facts = {
    path: `renderings/${key}.mp4`,
    sha256: aHash(),
    sizeBytes: 3e9,
    duration: 10,
    width: 1080,
    height: 1920,
  }
  return { key, ...facts, report: { loudness: -14 }, ...change }
}

describe('a rendering', () => {
  it('made again takes the place of the older one', async () => {
    const first = newRendering()
    await saveRendering(database.kysely, first)
    expect(await findRendering(database.kysely, first.key)).toEqual(first)
    const again = { ...first, sizeBytes: 4e9, report: { loudness: null } }
    await saveRendering(database.kysely, again)
    expect(await findRendering(database.kysely, first.key)).toEqual(again)
    expect(await findRendering(database.kysely, aHash())).toBeNull()
  })

  it.each([
    ['an empty file', { sizeBytes: 0 }],
    ['no length', { duration: 0 }],
    ['no width', { width: 0 }],
    ['a key that is no hash', { key: 'clip' }],
    ['a checksum that is none', { sha256: '' }],
  ])('of %s is refused', async (_, nonsense) => {
    await expect(saveRendering(database.kysely, newRendering(nonsense))).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a run', () => {
  it('keeps what is pinned, and closes once', async () => {
    const [id, recordingId] = [await newRun(), await newRecording()]
    const run = await lockRun(database.kysely, id)
    const pinned = await pinToRun(database.kysely, run, { recordingId, momentCount: 3 })
    expect(pinned).toEqual({ ...run, recordingId, momentCount: 3 })
    await pinToRun(database.kysely, pinned, { completeness: 0.5 })
    await pinToRun(database.kysely, pinned, {})
    await closeRun(database.kysely, { id, status: 'done', error: null })
    await closeRun(database.kysely, { id, status: 'cancelled', error: null })
    expect(await getRun(database.kysely, id)).toMatchObject({
      ...{ recordingId, momentCount: 3, completeness: 0.5 },
      ...{ status: 'done', transcriptId: null, error: null },
    })
  })

  it('that is not there is an error with a code', async () => {
    await expect(getRun(database.kysely, randomUUID())).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it.each([
    ['done and not finished', sql`status = 'done'`],
    ['finished and still working', sql`finished_at = now()`],
    ['in a state nobody knows', sql`status = 'paused', finished_at = now()`],
    ['more than complete', sql`completeness = 1.1`],
    ['of fewer than no moments', sql`moment_count = -1`],
  ])('can not be %s', async (_, nonsense) => {
    const change = sql`update runs set ${nonsense} where id = ${await newRun()}`
    await expect(change.execute(database.kysely)).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a step', () => {
  const error = { code: 'BROKEN', message: 'It broke.', retry: 'later' as const }
  const begin = (id: string) => beginStep(database.kysely, { id, attempts: 1, holder: thisProcess() })

  it('is begun, put back with its reason, begun again and done', async () => {
    const id = await newStep()
    expect(await begin(id)).toBe(true)
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'working', holder: thisProcess() })
    await requeueStep(database.kysely, { id, error })
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'queued', holder: null, error })
    expect(await begin(id)).toBe(true)
    await completeStep(database.kysely, { id, output: { analysisId: 'x' }, reused: false })
    expect(await getStep(database.kysely, id)).toMatchObject({
      ...{ status: 'done', output: { analysisId: 'x' }, error: null, attempts: 1 },
    })
  })

  it('that has ended stays as it ended', async () => {
    const id = await newStep()
    await cancelSteps(database.kysely, [id])
    expect(await begin(id)).toBe(false)
    await requeueStep(database.kysely, { id, error: null })
    await failStep(database.kysely, { id, error })
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'cancelled', error: null })
  })

  it.each([
    ['failed without a reason', sql`status = 'failed', finished_at = now(), error = null`],
    ['failed with nothing for a reason', sql`status = 'failed', finished_at = now(), error = 'null'`],
    ['done and not finished', sql`status = 'done'`],
    ['queued and finished', sql`finished_at = now()`],
    ['in a state nobody knows', sql`status = 'sleeping'`],
    ['about less than no moment', sql`subject = -1`],
  ])('can not be %s', async (_, nonsense) => {
    const change = sql`update steps set ${nonsense} where id = ${await newStep()}`
    await expect(change.execute(database.kysely)).rejects.toMatchObject({ code: '23514' })
  })

  it('exists once for each subject of its run', async () => {
    const id = await newStep()
    const { runId } = (await getStep(database.kysely, id)) ?? {}
    const twin = { id: randomUUID(), runId: runId ?? '', kind: 'analyze' as const, subject: 0, jobId: randomUUID() }
    await expect(insertSteps(database.kysely, [twin])).rejects.toMatchObject({ code: '23505' })
  })
})

it('a memo made again takes the place of the older one', async () => {
  const key = randomUUID()
  expect(await findMemo(database.kysely, key)).toBeNull()
  await saveMemo(database.kysely, { key, kind: 'cut', output: { a: 1 } })
  await saveMemo(database.kysely, { key, kind: 'cut', output: null })
  expect(await findMemo(database.kysely, key)).toEqual({ output: null })
})

it('an event is kept with its data; a severity nobody knows is refused', async () => {
  const event = { component: 'test', name: randomUUID(), message: 'It happened.' }
  await saveEvent(database.kysely, { ...event, severity: 'warn', data: { seconds: 3 }, runId: await newRun() })
  const rows = await database.kysely
    .selectFrom('events')
    .select(['severity', 'data'])
    .where('name', '=', event.name)
    .execute()
  expect(rows).toEqual([{ severity: 'warn', data: { seconds: 3 } }])
  await expect(saveEvent(database.kysely, { ...event, severity: 'loud' as 'warn' })).rejects.toMatchObject({
    code: '23514',
  })
})

it('a process we started is remembered until it has ended, once', async () => {
  const child = { ...thisProcess(), host: randomUUID(), stepId: randomUUID(), command: 'ffmpeg -i talk.mp4' }
  await saveChildProcess(database.kysely, child)
  await saveChildProcess(database.kysely, child)
  expect(await getChildProcesses(database.kysely, child.host)).toEqual([child])
  expect(await getChildProcesses(database.kysely, randomUUID())).toEqual([])
  await removeChildProcess(database.kysely, child.stepId, child.pid)
  expect(await getChildProcesses(database.kysely, child.host)).toEqual([])
})
