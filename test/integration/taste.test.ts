import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Segment } from '../../src/domain/transcript.ts'
import { resetFeedback, saveFeedback, undoReset } from '../../src/library/feedback.store.ts'
import { getDetection } from '../../src/library/moments.store.ts'
import { handleDetect } from '../../src/pipeline/detect/detect.handler.ts'
import { someVerdicts } from '../../src/pipeline/detect/taste/verdicts-for-test.ts'
import { rankerChooser, tasteFor } from '../../src/pipeline/detect/versions/choose-ranker.ts'
import { composeForTest, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'
import { storedSamples } from '../support/stored-samples.ts'

let clipwright: TestClipwright
let samples: ReturnType<typeof storedSamples>
let recordingId: string

// Jokes in one half, names and numbers in the other: whoever prefers one of them shall get more of it.
const lines = [
  'Ha ha, that joke about the goose was hilarious, I am still laughing!',
  'Oh no, stop it, you are killing me, that is so funny!',
  'In 1994 the city of Lisbon paid 300 million for the bridge.',
  'Maria Lopez of Porto measured 42 meters and 17 centimeters.',
]
const said: Segment[] = Array.from({ length: 24 }, (_, i) => ({
  ordinal: i,
  start: 4 * i,
  end: 4 * i + 3.8,
  text: lines[(i < 12 ? 0 : 2) + (i % 2)] ?? '',
  speaker: i % 2 === 0 ? 'Ana' : 'Bo',
  words: [],
}))

beforeAll(async () => {
  clipwright = await composeForTest({
    ingest: (context) => context.finish(async () => ({ recordingId })),
    transcribe: (context) =>
      context.finish(async () => ({ transcriptId: await samples.newTranscript(recordingId, 'a', said) })),
    analyze: (context) => context.finish(async () => ({ analysisId: await samples.newAnalysis(recordingId) })),
    detect: (context) =>
      handleDetect(context, { chooseRanker: rankerChooser({ newcomer: null }), languageModel: null }),
  })
  samples = storedSamples(clipwright.database)
  recordingId = await samples.newRecording()
})
afterAll(() => clipwright.close())

/** Looks for moments in the one recording. */
async function look() {
  const { runId } = await clipwright.beginRun(someRunSettings({ mode: 'viral', count: 2 }))
  const worker = await clipwright.startWorker({ onlyRun: runId })
  const { detectionId, error } = await clipwright.ended(runId)
  await worker.stop()
  if (detectionId === null) throw new Error(JSON.stringify(error))
  const step = (await clipwright.stepsOf(runId)).find(({ kind }) => kind === 'detect')
  return { ...(await getDetection(clipwright.database.kysely, detectionId)), reused: step?.reused }
}

it('other verdicts make another detection, the same ones reuse it, a reset brings the first one back', async () => {
  const db = clipwright.database.kysely
  const first = await look()
  expect(first).toMatchObject({ reused: false })
  expect(await look()).toMatchObject({ id: first.id, reused: true })

  const recordings = new Map<string, string>()
  for (const given of someVerdicts({ count: 60, likes: ({ specifics }) => specifics > 0.5 })) {
    const id = recordings.get(given.recordingId) ?? (await samples.newRecording())
    recordings.set(given.recordingId, id)
    const detector = { rung: 'ranker' as const, name: 'hand-set', version: '2' }
    const about = { recordingId: id, clipId: null, momentId: null, mode: 'viral' as const, detector }
    const span = { start: given.span.start % 70, end: (given.span.start % 70) + 20 }
    await saveFeedback(db, { subject: { ...about, span, features: given.features }, verdict: given.verdict, by: 'cli' })
  }
  expect((await tasteFor(db, 'viral')).leanings.map(({ feature }) => feature)).toContain('specifics')
  expect((await tasteFor(db, 'summary')).leanings).toEqual([])
  expect((await tasteFor(db, 'query')).judged).toBe(0)

  const leaning = await look()
  expect(leaning).toMatchObject({ reused: false })
  expect(leaning.id).not.toBe(first.id)
  expect(await look()).toMatchObject({ id: leaning.id, reused: true })
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from detector_choices where why = 'standard'`.execute(db)
  expect(rows).toEqual([{ count: 4 }])

  await resetFeedback(db, 'cli')
  expect(await look()).toMatchObject({ id: first.id, reused: true })
  await undoReset(db, 'cli')
  expect(await look()).toMatchObject({ id: leaning.id, reused: true })
})
