import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import { json } from '../../../src/database/json.ts'
import { getAnalysis, getAnalysisFingerprint, hasAnalysis } from '../../../src/library/analyses.store.ts'
import { getDetection, getMoment, hasDetection } from '../../../src/library/moments.store.ts'
import { analysis, duration, moment, storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())

describe('an analysis', () => {
  it('is read back as it was saved', async () => {
    const recordingId = await samples.newRecording()
    const id = await samples.newAnalysis(recordingId)
    expect(await getAnalysis(database.kysely, id)).toEqual(analysis)
    expect(await getAnalysisFingerprint(database.kysely, id)).toBe('as before')
    expect(await hasAnalysis(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasAnalysis(database.kysely, { id, recordingId: await samples.newRecording() })).toBe(false)
  })

  it('made the same way is the same one, and what it saw is not doubled', async () => {
    const recordingId = await samples.newRecording()
    const id = await samples.newAnalysis(recordingId)
    expect(await samples.newAnalysis(recordingId)).toBe(id)
    expect(await samples.newAnalysis(recordingId, {}, 'another way')).not.toBe(id)
    expect(await getAnalysis(database.kysely, id)).toEqual(analysis)
  })

  it('keeps its observations apart by kind', async () => {
    const id = await samples.newAnalysis(await samples.newRecording())
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
    const id = await samples.newAnalysis(await samples.newRecording(), {
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
    const id = await samples.newAnalysis(await samples.newRecording())
    const row = { analysis_id: id, duration_seconds: duration, kind: 'scene', value: json(null), ...span }
    await expect(database.kysely.insertInto('observations').values(row).execute()).rejects.toMatchObject({ code })
  })
})

describe('a detection', () => {
  it('is read back as it was saved, moments in their order', async () => {
    const { id, recordingId } = await samples.newDetection([
      { rank: 2, score: 0.25 },
      { rank: 1, start: 30, end: 42.125 },
    ])
    const { moments, ...rest } = await getDetection(database.kysely, id)
    expect(rest).toEqual({ id, candidateCount: 7, curve: { step: 1, values: [0, 0.5] }, shortfall: null, notes: [] })
    expect(moments.map(({ id: _id, ...each }) => each)).toEqual([
      { ...moment, rank: 1, start: 30, end: 42.125 },
      { ...moment, rank: 2, score: 0.25 },
    ])
    expect(await getMoment(database.kysely, id, 2)).toEqual(moments[1])
    expect(await hasDetection(database.kysely, { id, recordingId })).toBe(true)
    expect(await hasDetection(database.kysely, { id, recordingId: await samples.newRecording() })).toBe(false)
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
    await expect(samples.newDetection([nonsense])).rejects.toMatchObject({ code })
  })

  it('with two moments of one rank is refused', async () => {
    await expect(samples.newDetection([{ rank: 1 }, { rank: 1, start: 30, end: 40 }])).rejects.toMatchObject({
      code: '23505',
    })
  })
})
