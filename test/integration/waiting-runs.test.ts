import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { StepKind } from '../../src/domain/run.ts'
import { listEvents } from '../../src/library/events.store.ts'
import { saveRecording } from '../../src/library/recordings.store.ts'
import { getRun } from '../../src/library/runs.store.ts'
import { findChosenTranscript } from '../../src/library/transcript-versions.store.ts'
import { saveTranscript } from '../../src/library/transcripts.store.ts'
import { listDeadLetters } from '../../src/pipeline/control/list-dead-letters.ts'
import { listWork } from '../../src/pipeline/control/list-work.ts'
import { queueRoom } from '../../src/pipeline/control/queue-room.ts'
import { retrySteps } from '../../src/pipeline/control/retry-steps.ts'
import { showRun } from '../../src/pipeline/control/show-run.ts'
import { goOnWithTranscript } from '../../src/pipeline/engine/go-on-waiting.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import type { WorkChoice } from '../../src/pipeline/open-pipeline.ts'
import { TranscriptMissing } from '../../src/pipeline/transcribe/transcript-errors.ts'
import type { Worker } from '../../src/pipeline/workers/start-worker.ts'
import { composeForTest, idleHandlers, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'
import { mediaInfoOf } from '../support/media-info.ts'
import { aHash, duration, someSegments, transcriptOf } from '../support/stored-samples.ts'

let clipwright: TestClipwright
let workers: Worker[] = []
/** What there is on this machine that could listen. */
let way = 'nothing'
let ready = new Set<string>()
let asked = 0
let stages: Partial<Record<StepKind, StepHandler>> = {}

const missing = new TranscriptMissing({ name: 'talk.mp4', hasSound: true, waysOut: ['put talk.srt beside it'] })

/** As the real one: words of a person's choice, else somebody who listens, else it waits. */
const transcribe: StepHandler = async (context) => {
  const now = way
  asked++
  const chosen = await findChosenTranscript(context.db, context.run.recordingId ?? '')
  await stages.transcribe?.(context)
  if (chosen !== null || ready.has(now) || context.settings.withoutWords)
    return context.finish(async () => (chosen === null ? {} : { transcriptId: chosen.id }))
  await context.waitForTranscript({ error: missing, way: now })
}

const ingest: StepHandler = async (context) => {
  const recording = { title: 'talk', path: context.settings.path, contentHash: aHash(), info: mediaInfoOf(duration) }
  const recordingId = await saveRecording(context.db, recording, 'cli')
  await context.finish(async () => ({ recordingId }))
}

beforeAll(async () => {
  const analyze: StepHandler = async (context) => {
    await stages.analyze?.(context)
    await idleHandlers.analyze(context)
  }
  clipwright = await composeForTest({ ingest, transcribe, analyze }, {}, async () => way)
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  for (const { runId } of (await listWork(db(), { status: ['working', 'needs-transcript'], limit: 50 })).items)
    await clipwright.cancelRun(runId)
  way = 'nothing'
  ready = new Set()
  asked = 0
  stages = {}
})
afterAll(() => clipwright.close())

const db = () => clipwright.database.kysely
const patience = { timeout: 300_000, interval: 50 }

async function work(choice: WorkChoice = {}): Promise<void> {
  workers.push(await clipwright.startWorker(choice))
}

async function stop(): Promise<void> {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
}

const statusOf = async (runId: string) => (await getRun(db(), runId)).status
const until = (runId: string, status: string) =>
  vi.waitFor(async () => expect(await statusOf(runId)).toBe(status), patience)
const outline = async (runId: string) =>
  (await clipwright.stepsOf(runId)).map(({ kind, subject, status }) => `${kind} ${subject} ${status}`).sort()

const asItWaits = ['analyze 0 done', 'ingest 0 done', 'transcribe 0 needs-transcript']

async function waiting(settings = someRunSettings()): Promise<string> {
  const { runId } = await clipwright.beginRun(settings)
  await work({ onlyRun: runId })
  await until(runId, 'needs-transcript')
  await stop()
  return runId
}

async function importFor(runId: string): Promise<void> {
  const { recordingId } = await getRun(db(), runId)
  await db()
    .transaction()
    .execute(async (tx) => {
      const edit = { basedOn: null, note: 'imported' }
      const document = transcriptOf(someSegments)
      const fingerprint = aHash()
      await saveTranscript(tx, { recordingId: recordingId ?? '', duration, fingerprint, document, by: 'cli', edit })
      await goOnWithTranscript(tx, recordingId ?? '')
    })
}

describe('a run that waits for a transcript', () => {
  it('has neither failed nor ended, holds no place, and keeps what was found', async () => {
    const runId = await waiting()
    expect(await outline(runId)).toEqual(asItWaits)
    expect(await getRun(db(), runId)).toMatchObject({
      error: { code: 'TRANSCRIPT_MISSING', hint: expect.stringContaining('talk.srt') },
    })
    expect(await showRun(db(), runId)).toMatchObject({ state: 'waiting', says: 'waiting for a transcript' })
    expect((await listDeadLetters(db(), { limit: 50 })).filter((letter) => letter.runId === runId)).toEqual([])
    expect((await queueRoom(db(), 10)).unfinished).toBe(0)
    const events = (await listEvents(db(), { after: 0, limit: 500 })).filter((event) => event.runId === runId)
    expect(events.map(({ name, severity }) => [name, severity])).toEqual([['run.needs-transcript', 'warn']])
  })

  it('does first what needs no words', async () => {
    const began = Promise.withResolvers<void>()
    const open = Promise.withResolvers<void>()
    stages.analyze = ({ signal }) => {
      began.resolve()
      return Promise.race([open.promise, once(signal, 'abort').then(() => undefined)])
    }
    const { runId } = await clipwright.beginRun(someRunSettings())
    await work()
    await began.promise
    await vi.waitFor(async () => expect(await outline(runId)).toContain('transcribe 0 needs-transcript'), patience)
    expect(await showRun(db(), runId)).toMatchObject({
      ...{ status: 'working', state: 'working' },
      says: 'looking and listening, 3 %; then waiting for a transcript',
    })
    // And goes on from there, without having stopped.
    await importFor(runId)
    open.resolve()
    await until(runId, 'done')
  })

  it('goes on by itself when a transcript is imported, with what was found', async () => {
    const runId = await waiting()
    const analyzed = (await clipwright.stepsOf(runId)).find(({ kind }) => kind === 'analyze')
    await importFor(runId)
    expect(await statusOf(runId)).toBe('working')
    // Whoever imported it may be gone by now: it is in the queue.
    await work()
    await until(runId, 'done')
    const steps = await clipwright.stepsOf(runId)
    expect(steps.find(({ kind }) => kind === 'analyze')).toEqual(analyzed)
    expect((await getRun(db(), runId)).transcriptId).not.toBeNull()
  })

  it('goes on when the transcript was imported while it looked for one', async () => {
    const { runId } = await clipwright.beginRun(someRunSettings())
    stages.transcribe = async () => {
      stages.transcribe = undefined as never
      await importFor(runId)
    }
    await work()
    await until(runId, 'done')
    expect(asked).toBe(2)
  })

  it('goes on by itself once somebody can listen, and is tried once with each state of things', async () => {
    const runId = await waiting()
    await work()
    // Looked at, and left: nothing is new. Others are worked on meanwhile.
    ready.add('a model')
    const other = await clipwright.beginRun(someRunSettings({ withoutWords: true }))
    await until(other.runId, 'done')
    expect(await outline(runId)).toEqual(asItWaits)
    const before = asked
    way = 'a model'
    await until(runId, 'done')
    expect(asked).toBe(before + 1)
  })

  it('goes on at the next start when what it needs came while nobody was there', async () => {
    const runId = await waiting()
    way = 'a key'
    ready.add('a key')
    await work()
    await until(runId, 'done')
  })

  it('waits on when what came is of no use, and is not tried again for it', async () => {
    const runId = await waiting()
    way = 'a model for another language'
    await work()
    await vi.waitFor(() => expect(asked).toBe(2), patience)
    await until(runId, 'needs-transcript')
    await stop()
    way = 'nothing'
    await work()
    const { runId: last } = await clipwright.beginRun(someRunSettings({ withoutWords: true }))
    await until(last, 'done')
    expect(await outline(runId)).toEqual(asItWaits)
    expect(asked).toBe(3)
  })

  it('can be cancelled, and brought back', async () => {
    const runId = await waiting()
    expect(await clipwright.cancelRun(runId)).toBe(true)
    expect(await outline(runId)).toEqual(['analyze 0 done', 'ingest 0 done', 'transcribe 0 cancelled'])
    expect(await clipwright.cancelRun(runId)).toBe(false)
    await importFor(runId)
    expect(await statusOf(runId)).toBe('cancelled')
    await retrySteps(db(), { queue: clipwright.queue, runId })
    await work()
    await until(runId, 'done')
  })

  it('is tried again when a person says so', async () => {
    const runId = await waiting()
    await retrySteps(db(), { queue: clipwright.queue, runId })
    await work()
    await vi.waitFor(() => expect(asked).toBe(2), patience)
    await until(runId, 'needs-transcript')
  })

  it('fails when something else of it fails, and is whole again after another try', async () => {
    stages.analyze = () => {
      stages = {}
      return Promise.reject(missing)
    }
    const { runId } = await clipwright.beginRun(someRunSettings())
    await work()
    await until(runId, 'failed')
    await retrySteps(db(), { queue: clipwright.queue, runId })
    await until(runId, 'needs-transcript')
    expect(await outline(runId)).toEqual(asItWaits)
  })

  it('is taken up by the same command, however that says now where the words come from', async () => {
    const settings = someRunSettings()
    const runId = await waiting(settings)
    expect(await clipwright.beginRun({ ...settings, count: 4 })).not.toMatchObject({ runId })
    const again = { ...settings, transcriptPath: '/recordings/talk.srt', transcribe: 'local' as const }
    expect(await clipwright.beginRun(again)).toEqual({ runId, resumed: true })
    expect(await getRun(db(), runId)).toMatchObject({ status: 'working', settings: again, error: null })
    ready.add('nothing')
    await work()
    await until(runId, 'done')
  })
})
