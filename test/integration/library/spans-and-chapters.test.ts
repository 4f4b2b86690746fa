import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import { getDetection, saveDetection } from '../../../src/library/moments.store.ts'
import { duration, moment, storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())

it('keeps the whole answer of a moment, and none where the moment is all of it', async () => {
  const { id } = await samples.newDetection([{ span: { start: 5.25, end: 61 } }, { start: 70, end: 80 }])
  const [first, second] = (await getDetection(database.kysely, id)).moments
  expect(first?.span).toEqual({ start: 5.25, end: 61 })
  expect(second).not.toHaveProperty('span')
})

it.each([
  ['backwards', { start: 60, end: 5 }],
  ['beyond the recording', { start: 5, end: duration + 1 }],
  ['before it', { start: -1, end: 5 }],
  ['without an end', { start: 5, end: Number.NaN }],
])('refuses a span that runs %s', async (_, span) => {
  await expect(samples.newDetection([{ span }])).rejects.toMatchObject({ code: '23514' })
})

it('keeps the chapters, and knows none from no such mode', async () => {
  const recordingId = await samples.newRecording()
  const [transcriptId, analysisId] = [
    await samples.newTranscript(recordingId, 'a'),
    await samples.newAnalysis(recordingId),
  ]
  const chapters = [
    { start: 0, end: 40.5, title: 'Ferry, “harbour” and 港' },
    { start: 40.5, end: duration, title: 'Bakery' },
  ]
  const save = (found: object) =>
    saveDetection(database.kysely, {
      recordingId,
      duration,
      transcriptId,
      analysisId,
      mode: 'chapters',
      settings: {},
      detection: { moments: [moment], candidateCount: 1, curve: { step: 1, values: [] }, shortfall: null, ...found },
    })
  expect((await getDetection(database.kysely, await save({ chapters }))).chapters).toEqual(chapters)
  expect((await getDetection(database.kysely, await save({ chapters: [] }))).chapters).toEqual([])
  expect(await getDetection(database.kysely, await save({}))).not.toHaveProperty('chapters')
})
