import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import type { JudgedSubject, Verdict } from '../../../src/domain/feedback.ts'
import { saveClipVersion, setRendering } from '../../../src/library/clips.store.ts'
import {
  countFeedback,
  getFeedback,
  listFeedback,
  resetFeedback,
  saveFeedback,
  undoFeedback,
  undoReset,
} from '../../../src/library/feedback.store.ts'
import { findSubjectOfFile, findSubjectOfRun } from '../../../src/library/judged-subjects.store.ts'
import { getMoment } from '../../../src/library/moments.store.ts'
import { saveRendering } from '../../../src/library/renderings.store.ts'
import { getRun, pinToRun } from '../../../src/library/runs.store.ts'
import { moment, newRendering, storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await sql`truncate feedback`.execute(database.kysely)
})

/** A moment that was found and cut, as a verdict sees it. */
async function newSubject() {
  const detection = await samples.newDetection()
  const { id: momentId } = await getMoment(database.kysely, detection.id, 1)
  const versionId = await database.kysely.transaction().execute((tx) =>
    saveClipVersion(tx, {
      recordingId: detection.recordingId,
      momentId,
      title: 'Then',
      span: { start: moment.start, end: moment.end },
      edit: { ranges: [{ start: moment.start, end: moment.end }] },
      style: { aspect: '9:16', captions: 'pop' },
      framing: { aspect: '9:16', scenes: [] },
      contentHash: 'a',
      by: 'cli',
    }),
  )
  const rendering = newRendering()
  await saveRendering(database.kysely, rendering)
  await setRendering(database.kysely, versionId, rendering.key)
  const runId = await samples.newRun()
  const run = await getRun(database.kysely, runId)
  await pinToRun(database.kysely, run, { recordingId: detection.recordingId, detectionId: detection.id })
  const subject = await findSubjectOfRun(database.kysely, { runId, rank: 1 })
  if (subject === null) throw new Error('the moment is not found')
  return { subject, runId, rendering, detection }
}

const say = (subject: JudgedSubject, verdict: Verdict, by = 'cli') =>
  saveFeedback(database.kysely, { subject, verdict, by })
const verdicts = async () => (await getFeedback(database.kysely)).map(({ verdict }) => verdict)

describe('what is judged', () => {
  it('is found by run and rank, with all that a verdict keeps of it', async () => {
    const { subject, runId, detection } = await newSubject()
    expect(subject).toMatchObject({
      recordingId: detection.recordingId,
      clipId: expect.any(String),
      momentId: expect.any(String),
      span: { start: 10, end: 20 },
      mode: 'highlights',
      features: moment.features,
      detector: moment.detector,
      rank: 1,
      recordingTitle: 'talk',
    })
    expect(await findSubjectOfRun(database.kysely, { runId, rank: 2 })).toBeNull()
    expect(await findSubjectOfRun(database.kysely, { runId: await samples.newRun(), rank: 1 })).toBeNull()
  })

  it('is found by the bytes of its file', async () => {
    const { subject, rendering } = await newSubject()
    expect(await findSubjectOfFile(database.kysely, rendering.sha256)).toEqual(subject)
    expect(await findSubjectOfFile(database.kysely, 'f'.repeat(64))).toBeNull()
  })

  it('may have lost its rendering, its clip, or never had one', async () => {
    const { subject, runId, rendering } = await newSubject()
    await sql`delete from renderings where key = ${rendering.key}`.execute(database.kysely)
    expect(await findSubjectOfRun(database.kysely, { runId, rank: 1 })).toEqual(subject)
    await sql`update clips set deleted_at = now() where id = ${subject.clipId}`.execute(database.kysely)
    expect(await findSubjectOfRun(database.kysely, { runId, rank: 1 })).toEqual(subject)
    await say(subject, { kind: 'discard' })
    await sql`delete from clips where id = ${subject.clipId}`.execute(database.kysely)
    expect(await findSubjectOfRun(database.kysely, { runId, rank: 1 })).toEqual({ ...subject, clipId: null })
    await say({ ...subject, clipId: null }, { kind: 'keep' })
    expect(await getFeedback(database.kysely)).toMatchObject([{ clipId: null }, { clipId: null }])
  })

  it('of a deleted recording is not found', async () => {
    const { subject, runId } = await newSubject()
    await sql`update recordings set deleted_at = now() where id = ${subject.recordingId}`.execute(database.kysely)
    expect(await findSubjectOfRun(database.kysely, { runId, rank: 1 })).toBeNull()
  })
})

describe('a verdict', () => {
  it.each<Verdict>([
    { kind: 'keep' },
    { kind: 'discard' },
    { kind: 'stars', stars: 4 },
    { kind: 'trim', range: { start: 12.5, end: 18.25 } },
    { kind: 'comment', text: 'naïve – “好” 👍' },
  ])('is read back as it was given: %j', async (verdict) => {
    const { subject } = await newSubject()
    const id = await say(subject, verdict, 'ana')
    const { rank: _, title: __, recordingTitle: ___, ...judged } = subject
    expect(await getFeedback(database.kysely)).toEqual([{ ...judged, id, verdict, by: 'ana', at: expect.any(Date) }])
  })

  it('is one of several: all are kept, in order, by mode', async () => {
    const { subject } = await newSubject()
    await say(subject, { kind: 'keep' })
    await say(subject, { kind: 'stars', stars: 1 })
    await say({ ...subject, mode: 'viral' }, { kind: 'discard' })
    expect(await verdicts()).toEqual([{ kind: 'keep' }, { kind: 'stars', stars: 1 }, { kind: 'discard' }])
    expect(await getFeedback(database.kysely, { mode: 'viral' })).toHaveLength(1)
    expect((await getFeedback(database.kysely, { most: 2 })).map(({ verdict }) => verdict.kind)).toEqual([
      'stars',
      'discard',
    ])
    expect(await countFeedback(database.kysely)).toBe(3)
    const listed = await listFeedback(database.kysely, { most: 1 })
    expect(listed).toMatchObject([{ verdict: { kind: 'discard' }, recordingTitle: 'talk', clipTitle: 'Then' }])
  })

  it('outlives its moment', async () => {
    const { subject, detection } = await newSubject()
    await say(subject, { kind: 'keep' })
    await sql`delete from detections where id = ${detection.id}`.execute(database.kysely)
    expect(await getFeedback(database.kysely)).toMatchObject([{ momentId: null, features: moment.features }])
  })

  it.each([
    ['no stars', { verdict: 'stars', stars: 0 }],
    ['six stars', { verdict: 'stars', stars: 6 }],
    ['stars without a number', { verdict: 'stars', stars: null }],
    ['a number of stars that are none', { verdict: 'keep', stars: 3 }],
    ['a trim without an end', { verdict: 'trim', trim_start_seconds: 3 }],
    ['a trim that ends before it begins', { verdict: 'trim', trim_start_seconds: 9, trim_end_seconds: 3 }],
    ['a trim beyond the recording', { verdict: 'trim', trim_start_seconds: 9, trim_end_seconds: 101 }],
    ['an empty comment', { verdict: 'comment', comment: '' }],
    ['a kind that there is not', { verdict: 'love' }],
    ['a span beyond the recording', { end_seconds: 100.5 }],
    ['half a deletion', { deleted_at: new Date() }],
  ])('with %s is refused', async (_, nonsense) => {
    const { subject } = await newSubject()
    const id = await say(subject, { kind: 'keep' })
    const change = database.kysely
      .updateTable('feedback')
      .set(nonsense as object)
      .where('id', '=', id)
    await expect(change.execute()).rejects.toMatchObject({ code: '23514' })
  })
})

describe('taken back', () => {
  it('one by one, the newest first', async () => {
    const { subject } = await newSubject()
    await say(subject, { kind: 'keep' })
    await say(subject, { kind: 'discard' })
    expect(await undoFeedback(database.kysely, { by: 'ana' })).toMatchObject({ verdict: { kind: 'discard' } })
    expect(await verdicts()).toEqual([{ kind: 'keep' }])
    expect(await undoFeedback(database.kysely, { by: 'ana' })).toMatchObject({ verdict: { kind: 'keep' } })
    expect(await undoFeedback(database.kysely, { by: 'ana' })).toBeNull()
  })

  it('of one moment', async () => {
    const [{ subject: one }, { subject: other }] = [await newSubject(), await newSubject()]
    await say(one, { kind: 'keep' })
    await say(other, { kind: 'discard' })
    expect(await undoFeedback(database.kysely, { of: one, by: 'cli' })).toMatchObject({ verdict: { kind: 'keep' } })
    expect(await undoFeedback(database.kysely, { of: one, by: 'cli' })).toBeNull()
    expect(await verdicts()).toEqual([{ kind: 'discard' }])
  })

  it('all at once, and all back', async () => {
    const { subject } = await newSubject()
    await say(subject, { kind: 'keep' })
    await undoFeedback(database.kysely, { by: 'cli' })
    await say(subject, { kind: 'discard' })
    await say(subject, { kind: 'stars', stars: 2 })
    expect(await resetFeedback(database.kysely, 'cli')).toBe(2)
    expect(await verdicts()).toEqual([])
    expect(await undoReset(database.kysely, 'cli')).toBe(2)
    expect(await verdicts()).toEqual([{ kind: 'discard' }, { kind: 'stars', stars: 2 }])
    expect(await undoReset(database.kysely, 'cli')).toBe(0)
  })

  it('a reset stays when there were verdicts since', async () => {
    const { subject } = await newSubject()
    await say(subject, { kind: 'keep' })
    await resetFeedback(database.kysely, 'cli')
    await say(subject, { kind: 'discard' })
    expect(await undoReset(database.kysely, 'cli')).toBe(0)
    expect(await verdicts()).toEqual([{ kind: 'discard' }])
  })

  it('only the last of two resets comes back', async () => {
    const { subject } = await newSubject()
    await say(subject, { kind: 'keep' })
    await resetFeedback(database.kysely, 'cli')
    await say(subject, { kind: 'discard' })
    await resetFeedback(database.kysely, 'cli')
    expect(await undoReset(database.kysely, 'cli')).toBe(1)
    expect(await verdicts()).toEqual([{ kind: 'discard' }])
  })
})
