import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import { json } from '../../../src/database/json.ts'
import type { JudgedSubject } from '../../../src/domain/feedback.ts'
import { saveEvent } from '../../../src/library/events.store.ts'
import { saveFeedback } from '../../../src/library/feedback.store.ts'
import { beginRollout, getDetectionRuns, getLiveRollouts, saveChoice } from '../../../src/library/rollouts.store.ts'
import { insertSteps } from '../../../src/library/steps.store.ts'
import { rankerChooser } from '../../../src/pipeline/detect/versions/choose-ranker.ts'
import { standardDetector } from '../../../src/pipeline/detect/versions/detectors.ts'
import { reviewTrial } from '../../../src/pipeline/detect/versions/review-trial.ts'
import { introduce, rollBack, rollOut } from '../../../src/pipeline/detect/versions/roll-out.ts'
import { moment, storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await sql`truncate detector_rollouts, detector_choices, feedback, events`.execute(database.kysely)
})

interface Ran {
  detector: string
  status?: 'done' | 'failed' | 'cancelled'
  reused?: boolean
  secondsPerHour?: unknown
  recordingSeconds?: number
  recordingId?: string
}

/** A detection that has ended, as the pipeline leaves it. */
async function ran({
  detector,
  status = 'done',
  reused = false,
  secondsPerHour = 0.2,
  recordingSeconds = 3600,
  recordingId,
}: Ran) {
  const [stepId, runId] = [randomUUID(), await samples.newRun()]
  const recording = recordingId ?? (await samples.newRecording())
  await insertSteps(database.kysely, [{ id: stepId, runId, kind: 'detect', subject: 0, jobId: randomUUID() }])
  await saveChoice(database.kysely, { stepId, recordingId: recording, detector, why: 'standard' })
  const error = status === 'failed' ? { code: 'UNEXPECTED', message: 'it broke', retry: 'later' } : null
  await database.kysely
    .updateTable('steps')
    .set({ status, reused, finished_at: new Date(), error: json(error) })
    .where('id', '=', stepId)
    .execute()
  const about = { severity: 'info' as const, component: 'detect', name: 'detection.performance', message: '', runId }
  if (status === 'done') await saveEvent(database.kysely, { ...about, data: { secondsPerHour, recordingSeconds } })
  return recording
}

async function judged(detector: string, verdict: 'keep' | 'discard') {
  const [name = '', version = ''] = detector.split('@')
  const subject: JudgedSubject = {
    recordingId: await samples.newRecording(),
    clipId: null,
    momentId: null,
    span: { start: 10, end: 20 },
    mode: 'highlights',
    features: moment.features,
    detector: { rung: 'ranker', name, version },
  }
  await saveFeedback(database.kysely, { subject, verdict: { kind: verdict }, by: 'cli' })
}

/** A trial of a version that only this test has. */
const beginTrial = (detector: string, share = 0.5) =>
  beginRollout(database.kysely, { detector, role: 'trial', share, by: 'cli' })
const events = async () =>
  (
    await sql<{
      name: string
      message: string
      data: unknown
    }>`select name, message, data from events order by id`.execute(database.kysely)
  ).rows

describe('rollouts', () => {
  it('are none at first: all recordings get the standard one', async () => {
    expect(await getLiveRollouts(database.kysely)).toEqual({ current: null, trial: null })
    await expect(rollBack(database.kysely, 'cli')).rejects.toMatchObject({ code: 'NOTHING_TO_ROLL_BACK' })
  })

  it('refuse what there is not, and what all get already', async () => {
    await expect(rollOut(database.kysely, { name: 'nobody@1', by: 'cli' })).rejects.toMatchObject({
      code: 'DETECTOR_UNKNOWN',
    })
    await expect(rollOut(database.kysely, { name: standardDetector, by: 'cli' })).rejects.toMatchObject({
      code: 'DETECTOR_IN_USE',
    })
    expect(await getLiveRollouts(database.kysely)).toEqual({ current: null, trial: null })
  })

  it('can be tried beside another one, get another share, and be made the one for all', async () => {
    await beginRollout(database.kysely, { detector: 'other@1', role: 'current', share: 1, by: 'cli' })
    expect(await rollOut(database.kysely, { name: standardDetector, by: 'ana' })).toMatchObject({ share: 0.1 })
    const { trial } = await getLiveRollouts(database.kysely)
    expect(trial).toMatchObject({ detector: standardDetector, share: 0.1, role: 'trial' })
    await rollOut(database.kysely, { name: standardDetector, share: 0.5, by: 'ana' })
    expect((await getLiveRollouts(database.kysely)).trial).toEqual({ ...trial, share: 0.5 })
    await rollOut(database.kysely, { name: standardDetector, share: 1, by: 'ana' })
    expect(await getLiveRollouts(database.kysely)).toEqual({ current: null, trial: null })
    expect((await events()).map(({ name }) => name)).toEqual(Array(3).fill('detector.rolled-out'))
  })

  it('are taken back by hand: first the trial, then what stands in the place of the standard', async () => {
    await beginRollout(database.kysely, { detector: 'other@1', role: 'current', share: 1, by: 'cli' })
    await beginTrial('new@1')
    expect(await rollBack(database.kysely, 'ana')).toEqual({ detector: 'new@1', backTo: 'other@1' })
    expect(await rollBack(database.kysely, 'ana')).toEqual({ detector: 'other@1', backTo: standardDetector })
    expect(await events()).toMatchObject([
      { name: 'detector.rolled-back', data: { detector: 'new@1', backTo: 'other@1', by: 'ana' } },
      { name: 'detector.rolled-back', data: { detector: 'other@1' } },
    ])
    const { rows } = await sql`select status, reason from detector_rollouts order by id`.execute(database.kysely)
    expect(rows).toEqual(Array(2).fill({ status: 'rolled-back', reason: 'Taken back by hand.' }))
  })

  it('are one at a time, also when two begin at once', async () => {
    await beginTrial('new@1')
    await expect(beginTrial('newer@1')).rejects.toMatchObject({ code: '23505' })
    await Promise.all([introduce(database.kysely, 'newest@1'), introduce(database.kysely, 'newest@1')])
    expect((await getLiveRollouts(database.kysely)).trial?.detector).toBe('new@1')
  })

  it('of a newcomer begin once, and never again', async () => {
    await Promise.all(Array.from({ length: 4 }, () => introduce(database.kysely, 'new@1')))
    expect((await getLiveRollouts(database.kysely)).trial).toMatchObject({ detector: 'new@1', share: 0.1 })
    await rollBack(database.kysely, 'ana')
    await introduce(database.kysely, 'new@1')
    expect((await getLiveRollouts(database.kysely)).trial).toBeNull()
  })

  it.each([
    ['no share', { share: 0 }],
    ['more than all', { share: 1.1 }],
    ['a name without a version', { detector: 'new' }],
    ['an end, but live', { ended_at: new Date() }],
    ['all of a role with a part of the recordings', { role: 'current' as const }],
    ['no reason to be taken back', { status: 'rolled-back' as const, ended_at: new Date() }],
  ])('with %s are refused', async (_, nonsense) => {
    const id = await beginTrial('new@1')
    const change = database.kysely.updateTable('detector_rollouts').set(nonsense).where('id', '=', id)
    await expect(change.execute()).rejects.toMatchObject({ code: '23514' })
  })
})

it('what versions did: failed and timed ones, without what was reused or cancelled', async () => {
  const recordingId = await ran({ detector: 'a@1', secondsPerHour: 0.25 })
  await ran({ detector: 'a@1', status: 'failed' })
  await ran({ detector: 'a@1', reused: true })
  await ran({ detector: 'a@1', status: 'cancelled' })
  await ran({ detector: 'b@1', secondsPerHour: 'soon' })
  await ran({ detector: 'c@1', secondsPerHour: 7, recordingSeconds: 90 })
  const runs = await getDetectionRuns(database.kysely)
  expect(runs).toHaveLength(4)
  expect(runs).toEqual(
    expect.arrayContaining([
      { detector: 'a@1', recordingId, failed: false, secondsPerHour: 0.25 },
      { detector: 'a@1', recordingId: expect.any(String), failed: true, secondsPerHour: null },
      { detector: 'b@1', recordingId: expect.any(String), failed: false, secondsPerHour: null },
      { detector: 'c@1', recordingId: expect.any(String), failed: false, secondsPerHour: null },
    ]),
  )
  expect(await getDetectionRuns(database.kysely, new Date(Date.now() + 60_000))).toEqual([])
})

describe('a trial under review', () => {
  it('goes on while nothing speaks against it', async () => {
    expect(await reviewTrial(database.kysely)).toBeNull()
    await beginTrial('new@1')
    for (let i = 0; i < 25; i++) for (const detector of ['new@1', standardDetector]) await ran({ detector })
    expect(await reviewTrial(database.kysely)).toBeNull()
    expect((await getLiveRollouts(database.kysely)).trial).not.toBeNull()
  })

  it.each([
    ['fails', 'errors', () => ran({ detector: 'new@1', status: 'failed' }), () => ran({ detector: standardDetector })],
    [
      'is slow',
      'seconds',
      () => ran({ detector: 'new@1', secondsPerHour: 3 }),
      () => ran({ detector: standardDetector }),
    ],
    ['is not liked', 'discards', () => judged('new@1', 'discard'), () => judged(standardDetector, 'keep')],
  ] as const)('is taken back when the new version %s, with the evidence', async (_, what, bad, good) => {
    await beginTrial('new@1')
    for (let i = 0; i < 25; i++) await Promise.all([bad(), good()])
    const reviews = await Promise.all([1, 2, 3].map(() => reviewTrial(database.kysely)))
    const done = reviews.filter((review) => review !== null)
    expect(done).toMatchObject([{ detector: 'new@1', backTo: standardDetector, evidence: { worse: [what] } }])
    expect((await getLiveRollouts(database.kysely)).trial).toBeNull()
    const { rows } = await sql`select status, evidence, updated_by from detector_rollouts`.execute(database.kysely)
    expect(rows).toMatchObject([{ status: 'rolled-back', evidence: { worse: [what] }, updated_by: 'system' }])
    const [event, ...others] = await events().then((all) => all.filter(({ name }) => name === 'detector.rolled-back'))
    expect(others).toEqual([])
    expect(event?.message).toContain(`new@1 was rolled back to ${standardDetector}. new@1 `)
    expect(event?.data).toMatchObject({
      by: 'system',
      evidence: { worse: [what], tests: expect.stringContaining('95 %') },
    })
  })

  it('is judged by what happened since it began', async () => {
    for (let i = 0; i < 25; i++) {
      await ran({ detector: 'new@1', status: 'failed' })
      await ran({ detector: standardDetector })
    }
    await beginTrial('new@1')
    expect(await reviewTrial(database.kysely)).toBeNull()
  })
})

describe('the ranker for a recording', () => {
  async function asked(contentHash = 'a'.repeat(64)) {
    const [stepId, runId] = [randomUUID(), await samples.newRun()]
    await insertSteps(database.kysely, [{ id: stepId, runId, kind: 'detect', subject: 0, jobId: randomUUID() }])
    return { stepId, recording: { id: await samples.newRecording(), contentHash }, mode: 'highlights' as const }
  }
  const choices = async () =>
    (await sql`select detector, why from detector_choices order by chosen_at`.execute(database.kysely)).rows

  it('is the standard one, and that is noted', async () => {
    const choose = rankerChooser({ newcomer: null })
    const question = await asked()
    const ranker = await choose(database.kysely, question)
    expect(`${ranker.detector.name}@${ranker.detector.version}`).toBe(standardDetector)
    expect(ranker.taste).toBeUndefined()
    // A step that is tried again asks again.
    await choose(database.kysely, question)
    expect(await choices()).toEqual([{ detector: standardDetector, why: 'standard' }])
  })

  it('is the one on trial for recordings that were drawn', async () => {
    await beginRollout(database.kysely, { detector: 'gone@1', role: 'current', share: 1, by: 'cli' })
    await beginTrial(standardDetector, 1)
    await rankerChooser({ newcomer: null })(database.kysely, await asked())
    expect(await choices()).toEqual([{ detector: standardDetector, why: 'trial' }])
  })

  it('is the standard one when what was rolled out is not there any more', async () => {
    await beginRollout(database.kysely, { detector: 'gone@1', role: 'current', share: 1, by: 'cli' })
    await rankerChooser({ newcomer: null })(database.kysely, await asked())
    expect(await choices()).toEqual([{ detector: standardDetector, why: 'standard' }])
  })

  it('is the one a setting names, whatever is rolled out', async () => {
    await beginTrial('new@1', 1)
    await rankerChooser({ override: standardDetector, newcomer: 'newer@1' })(database.kysely, await asked())
    expect(await choices()).toEqual([{ detector: standardDetector, why: 'setting' }])
    expect(() => rankerChooser({ override: 'nobody@1' })).toThrow('There is no detector "nobody@1".')
  })

  it('begins the trial of a newcomer by itself', async () => {
    await rankerChooser({ newcomer: 'new@1' })(database.kysely, await asked())
    expect((await getLiveRollouts(database.kysely)).trial).toMatchObject({ detector: 'new@1', share: 0.1 })
  })

  it('is not the one on trial any more once that is worse', async () => {
    await beginTrial('new@1', 1)
    for (let i = 0; i < 25; i++) {
      await ran({ detector: 'new@1', status: 'failed' })
      await ran({ detector: standardDetector })
    }
    await rankerChooser({ newcomer: null })(database.kysely, await asked())
    expect((await getLiveRollouts(database.kysely)).trial).toBeNull()
  })
})
