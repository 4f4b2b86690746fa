import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import type { Segment } from '../../../src/domain/transcript.ts'
import { findFileHash, saveFileHash } from '../../../src/library/file-hashes.store.ts'
import { getRecording, saveRecording } from '../../../src/library/recordings.store.ts'
import { requireStillCurrent } from '../../../src/library/transcript-versions.store.ts'
import {
  getSegments,
  getTranscript,
  hasTranscript,
  makeCurrent,
  saveTranscript,
} from '../../../src/library/transcripts.store.ts'
import { mediaInfoOf } from '../../support/media-info.ts'
import { aHash, duration, segment, someSegments, storedSamples, transcriptOf } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())

describe('a recording', () => {
  it('is known by its content, wherever its file is now', async () => {
    const contentHash = aHash()
    const id = await samples.newRecording({ contentHash })
    expect(await samples.newRecording({ contentHash, path: '/moved/talk.mp4' })).toBe(id)
    expect(await getRecording(database.kysely, id)).toMatchObject({ path: '/moved/talk.mp4', duration, contentHash })
  })

  it('is told what probing says today, and keeps the length by which all else of it was stored', async () => {
    const contentHash = aHash()
    const of = { title: 'talk', path: '/recordings/talk.mp4', contentHash }
    const id = await saveRecording(database.kysely, { ...of, info: mediaInfoOf(duration) }, 'cli')
    const today = mediaInfoOf(duration + 0.02, { container: 'mov,mp4', warnings: ['a light that is mapped'] })
    expect(await saveRecording(database.kysely, { ...of, info: today }, 'cli')).toBe(id)
    expect(await getRecording(database.kysely, id)).toMatchObject({ duration, info: { ...today, duration } })
  })

  it('that was deleted is not found, and the same content is a new one', async () => {
    const contentHash = aHash()
    const id = await samples.newRecording({ contentHash })
    await sql`update recordings set deleted_at = now() where id = ${id}`.execute(database.kysely)
    await expect(getRecording(database.kysely, id)).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' })
    expect(await samples.newRecording({ contentHash })).not.toBe(id)
  })

  it.each([
    ['no length', { duration_seconds: 0 }],
    ['an endless length', { duration_seconds: Number.POSITIVE_INFINITY }],
    ['no size', { size_bytes: 0 }],
    ['a hash that is none', { content_hash: 'abc' }],
  ])('with %s is refused', async (_, nonsense) => {
    const id = await samples.newRecording()
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
    const id = await samples.newTranscript(await samples.newRecording(), 'a', [spoken, ...someSegments.slice(1)])
    expect(await getTranscript(database.kysely, id)).toMatchObject({ version: 1, fingerprint: 'a', language: 'en' })
    expect(await getSegments(database.kysely, id)).toEqual([spoken, ...someSegments.slice(1)])
    const within = await getSegments(database.kysely, id, { start: 4, end: 10 })
    expect(within.map(({ ordinal }) => ordinal)).toEqual([1])
  })

  it('has versions of which one is current; the same source is the same version', async () => {
    const recordingId = await samples.newRecording()
    const [first, second] = [
      await samples.newTranscript(recordingId, 'a'),
      await samples.newTranscript(recordingId, 'b'),
    ]
    const versions = () =>
      sql`
      select id, version, current from transcripts where recording_id = ${recordingId} order by version`
        .execute(database.kysely)
        .then(({ rows }) => rows)
    expect(await versions()).toEqual([
      { id: first, version: 1, current: false },
      { id: second, version: 2, current: true },
    ])
    expect(await samples.newTranscript(recordingId, 'a')).toBe(first)
    expect(await versions()).toMatchObject([{ current: true }, { current: false }])
    await database.kysely.transaction().execute((tx) => makeCurrent(tx, { id: second, recordingId }))
    expect(await versions()).toMatchObject([{ current: false }, { current: true }])
  })

  it('that stands in for none leaves the current one as it is', async () => {
    const recordingId = await samples.newRecording()
    const current = await samples.newTranscript(recordingId, 'a')
    const save = () =>
      database.kysely.transaction().execute((tx) =>
        saveTranscript(tx, {
          recordingId,
          duration,
          fingerprint: 'nothing',
          document: transcriptOf([]),
          by: 'test',
          asCurrent: false,
        }),
      )
    const standIn = await save()
    expect(await save()).toBe(standIn)
    const rows = await database.kysely
      .selectFrom('transcripts')
      .select(['id', 'current'])
      .where('recording_id', '=', recordingId)
      .execute()
    expect(rows.filter((row) => row.current)).toEqual([{ id: current, current: true }])
    expect(standIn).not.toBe(current)
  })

  it('saved by two at the same time gets two versions, not one twice', async () => {
    const recordingId = await samples.newRecording()
    await Promise.all(['a', 'b', 'c', 'd'].map((fingerprint) => samples.newTranscript(recordingId, fingerprint)))
    const { rows } = await sql`
      select version from transcripts where recording_id = ${recordingId} order by version`.execute(database.kysely)
    expect(rows).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }, { version: 4 }])
  })

  it('is made current without keeping others from storing what refers to its recording', async () => {
    const recordingId = await samples.newRecording()
    const document = transcriptOf(someSegments)
    await database.kysely.transaction().execute(async (tx) => {
      await requireStillCurrent(tx, { recordingId, id: null })
      const saved = { recordingId, duration, fingerprint: aHash(), document, by: 'cli' }
      await makeCurrent(tx, { id: await saveTranscript(tx, saved), recordingId })
      const refer = sql`select from recordings where id = ${recordingId} for key share nowait`
      await expect(refer.execute(database.kysely)).resolves.toMatchObject({ rows: [{}] })
    })
  })

  it('belongs to its recording', async () => {
    const recordingId = await samples.newRecording()
    const id = await samples.newTranscript(recordingId, 'a')
    expect(await hasTranscript(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasTranscript(database.kysely, { id, recordingId: await samples.newRecording() })).toBe(false)
    expect(await hasTranscript(database.kysely, { id: randomUUID(), recordingId })).toBe(false)
  })

  it('of many thousand segments is stored whole', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => segment(i, i / 30, i / 30 + 0.01))
    const id = await samples.newTranscript(await samples.newRecording(), 'a', many)
    expect((await getSegments(database.kysely, id)).map(({ ordinal }) => ordinal)).toEqual(many.map((_, i) => i))
  })

  it('can not be current beside another one', async () => {
    const recordingId = await samples.newRecording()
    await samples.newTranscript(recordingId, 'a')
    await samples.newTranscript(recordingId, 'b')
    const both = sql`update transcripts set current = true where recording_id = ${recordingId}`
    await expect(both.execute(database.kysely)).rejects.toMatchObject({ code: '23505' })
  })

  it.each([
    ['begins where it ends', segment(0, 4, 4)],
    ['ends before it begins', segment(0, 4, 3)],
    ['begins before the recording', segment(0, -1, 3)],
    ['ends after the recording', segment(0, 90, 100.001)],
  ])('with a segment that %s is refused whole', async (_, nonsense) => {
    const recordingId = await samples.newRecording()
    await expect(samples.newTranscript(recordingId, 'a', [nonsense])).rejects.toMatchObject({ code: '23514' })
    const kept = await database.kysely
      .selectFrom('transcripts')
      .select('id')
      .where('recording_id', '=', recordingId)
      .execute()
    expect(kept).toEqual([])
  })

  it('can not claim another length than its recording has', async () => {
    const id = await samples.newTranscript(await samples.newRecording(), 'a')
    const longer = sql`update transcripts set duration_seconds = 1000 where id = ${id}`
    await expect(longer.execute(database.kysely)).rejects.toMatchObject({ code: '23503' })
  })
})
