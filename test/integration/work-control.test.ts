import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/domain/app-error.ts'
import type { StepKind } from '../../src/domain/run.ts'
import { pauseKind, resumeKind } from '../../src/library/paused-kinds.store.ts'
import { listDeadLetters } from '../../src/pipeline/control/list-dead-letters.ts'
import { listWork } from '../../src/pipeline/control/list-work.ts'
import { moveToFront, setRunPriority } from '../../src/pipeline/control/prioritise-run.ts'
import { retryAllFailed, retryStep, retrySteps } from '../../src/pipeline/control/retry-steps.ts'
import { showRun } from '../../src/pipeline/control/show-run.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import type { WorkChoice } from '../../src/pipeline/open-pipeline.ts'
import type { Worker } from '../../src/pipeline/workers/start-worker.ts'
import { livingWorkers } from '../../src/pipeline/workers/worker-presence.ts'
import { composeForTest, idleHandlers, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'

let stages: Partial<Record<StepKind, StepHandler>> = {}
let clipwright: TestClipwright
let workers: Worker[] = []

class Broken extends AppError {
  readonly code = 'BROKEN'
  constructor() {
    super('It is broken.', { evidence: { command: 'ffmpeg -i talk.mp4', output: 'no such filter' } })
  }
}

beforeAll(async () => {
  const through = Object.entries(idleHandlers).map(([kind, idle]) => [
    kind,
    (context: Parameters<StepHandler>[0]) => (stages[kind as StepKind] ?? idle)(context),
  ])
  clipwright = await composeForTest(Object.fromEntries(through))
})
afterEach(async () => {
  stages = {}
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  for (const { runId } of (await list('working')).items) await clipwright.cancelRun(runId)
})
afterAll(() => clipwright.close())

const db = () => clipwright.database.kysely
const list = (status?: 'working') => listWork(db(), { status, limit: 50 })
const begin = async () => (await clipwright.beginRun(someRunSettings())).runId

async function work(choice: WorkChoice = {}): Promise<Worker> {
  const worker = await clipwright.startWorker(choice)
  workers.push(worker)
  return worker
}

async function outline(runId: string): Promise<string[]> {
  return (await clipwright.stepsOf(runId)).map(({ kind, subject, status }) => `${kind} ${subject} ${status}`).sort()
}

/** A stage that waits until it is let go, and says when it began. */
function gate() {
  const began = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const stage: StepHandler = async (context) => {
    began.resolve()
    await Promise.race([
      open.promise,
      new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason))),
    ])
    await context.finish(async () => ({ momentCount: 3 }))
  }
  return { stage, began: began.promise, open: () => open.resolve() }
}

const breakCutTwo: StepHandler = async (context) => {
  if (context.step.subject === 2) throw new Broken()
  await context.finish(async () => ({}))
}

describe('trying again', () => {
  it('does what failed and what stands on it, and nothing else', async () => {
    stages = { reframe: breakCutTwo }
    const runId = await begin()
    await work()
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(await outline(runId)).toContain('cut 2 skipped')
    const before = await clipwright.stepsOf(runId)
    const did: string[] = []
    const note: StepHandler = async (context) => {
      did.push(`${context.step.kind} ${context.step.subject}`)
      await context.finish(async () => (context.step.kind === 'detect' ? { momentCount: 3 } : {}))
    }
    stages = { ingest: note, transcribe: note, analyze: note, detect: note, reframe: note, cut: note, conclude: note }
    expect(await retrySteps(db(), { queue: clipwright.queue, runId })).toEqual({
      runId,
      steps: [{ kind: 'reframe', subject: 2 }],
    })
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(did).toEqual(['reframe 2', 'cut 2', 'conclude 0'])
    const after = await clipwright.stepsOf(runId)
    expect(after.every(({ status }) => status === 'done')).toBe(true)
    expect(after).toHaveLength(before.length)
  })

  it('keeps the evidence of every failed try', async () => {
    stages = { cut: breakCutTwo }
    const runId = await begin()
    await work()
    await clipwright.ended(runId)
    await retrySteps(db(), { queue: clipwright.queue, runId })
    await clipwright.ended(runId)
    const failed = (await showRun(db(), runId)).steps.find(({ kind, subject }) => kind === 'cut' && subject === 2)
    expect(failed?.says).toBe('failed: it is broken (will not retry)')
    expect(failed?.attempts).toHaveLength(2)
    expect(failed?.attempts[0]).toMatchObject({
      attempt: 1,
      error: { code: 'BROKEN', evidence: { command: 'ffmpeg -i talk.mp4', output: 'no such filter' } },
      holder: { pid: process.pid },
    })
    expect(failed?.attempts[0]?.seconds).toBeGreaterThanOrEqual(0)
  })

  it('brings back a run that was cancelled', async () => {
    const { stage, began } = gate()
    stages = { detect: stage }
    const runId = await begin()
    await work()
    await began
    await clipwright.cancelRun(runId)
    stages = {}
    await retrySteps(db(), { queue: clipwright.queue, runId })
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect((await outline(runId)).filter((step) => !step.endsWith('done'))).toEqual([])
  })

  it('brings back what was ended beside what failed, or the run would wait for ever', async () => {
    const { stage, began } = gate()
    const breaks: StepHandler = async () => {
      await began
      throw new Broken()
    }
    stages = { transcribe: breaks, analyze: stage }
    const runId = await begin()
    await work()
    expect((await clipwright.ended(runId)).status).toBe('failed')
    expect(await outline(runId)).toEqual(['analyze 0 cancelled', 'ingest 0 done', 'transcribe 0 failed'])
    stages = {}
    await retrySteps(db(), { queue: clipwright.queue, runId, kind: 'transcribe' })
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect((await outline(runId)).filter((step) => !step.endsWith('done'))).toEqual([])
  })

  it('of one dead letter, which has its evidence until then', async () => {
    stages = { cut: breakCutTwo }
    const runId = await begin()
    await work()
    await clipwright.ended(runId)
    const of = async () => (await listDeadLetters(db(), { limit: 50 })).filter((letter) => letter.runId === runId)
    const [letter, another] = await of()
    expect(another).toBeUndefined()
    expect(letter).toMatchObject({
      ...{ kind: 'cut', subject: 2, title: 'talk', tries: 1, says: 'failed: it is broken (will not retry)' },
      attempts: [{ attempt: 1, error: { evidence: { command: 'ffmpeg -i talk.mp4', output: 'no such filter' } } }],
    })
    expect((await listDeadLetters(db(), { limit: 50, kind: 'ingest' })).map((other) => other.runId)).not.toContain(
      runId,
    )
    stages = {}
    await retryStep(db(), { queue: clipwright.queue, stepId: letter?.stepId ?? '' })
    expect(await of()).toEqual([])
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(await outline(runId)).toContain('cut 2 done')
    await expect(
      retryStep(db(), { queue: clipwright.queue, stepId: '00000000-0000-4000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'STEP_NOT_FOUND' })
  })

  it('of everything that failed, of one kind', async () => {
    stages = { cut: breakCutTwo }
    const [first, second] = [await begin(), await begin()]
    await work()
    await Promise.all([first, second].map((runId) => clipwright.ended(runId)))
    stages = {}
    expect(await retryAllFailed(db(), { queue: clipwright.queue, kind: 'ingest' })).toEqual([])
    const retried = await retryAllFailed(db(), { queue: clipwright.queue, kind: 'cut' })
    expect(retried.map(({ runId }) => runId)).toEqual(expect.arrayContaining([first, second]))
    for (const runId of [first, second]) {
      await clipwright.ended(runId)
      expect(await outline(runId)).toContain('cut 2 done')
    }
  })

  it('is refused where nothing failed, and changes nothing', async () => {
    const runId = await begin()
    await work()
    await clipwright.ended(runId)
    const before = await outline(runId)
    await expect(retrySteps(db(), { queue: clipwright.queue, runId })).rejects.toMatchObject({
      code: 'NOTHING_TO_RETRY',
    })
    expect(await outline(runId)).toEqual(before)
    await expect(
      retrySteps(db(), { queue: clipwright.queue, runId: '00000000-0000-4000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('twice at once does it once', async () => {
    stages = { cut: breakCutTwo }
    const runId = await begin()
    const worker = await work()
    await clipwright.ended(runId)
    await worker.stop()
    const tries = await Promise.allSettled([1, 2, 3].map(() => retrySteps(db(), { queue: clipwright.queue, runId })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('overtaking', () => {
  it('lets the run moved to the front go first, with all its steps', async () => {
    const runs = [await begin(), await begin(), await begin()]
    const last = runs[2] ?? ''
    await moveToFront(db(), last)
    const order: string[] = []
    stages = {
      ingest: async (context) => {
        order.push(context.run.id)
        await context.finish(async () => ({}))
      },
    }
    await work({ atOnce: 1 })
    await Promise.all(runs.map((runId) => clipwright.ended(runId)))
    expect(order).toEqual([last, runs[0], runs[1]])
  })

  it('goes by the priority given, also below that of others', async () => {
    const runs = [await begin(), await begin(), await begin()]
    await setRunPriority(db(), runs[0] ?? '', -5)
    await setRunPriority(db(), runs[2] ?? '', 5)
    expect((await list('working')).items.map(({ runId, says }) => [runId, says])).toEqual([
      [runs[2], 'waiting: nobody works on ingest now'],
      [runs[1], 'waiting: nobody works on ingest now'],
      [runs[0], 'waiting: nobody works on ingest now'],
    ])
    const order: string[] = []
    stages = {
      ingest: async (context) => {
        order.push(context.run.id)
        await context.finish(async () => ({}))
      },
    }
    await work({ atOnce: 1 })
    await Promise.all(runs.map((runId) => clipwright.ended(runId)))
    expect(order).toEqual([runs[2], runs[1], runs[0]])
  })

  it('says how many come first', async () => {
    const { stage, began, open } = gate()
    stages = { ingest: stage }
    const runs = [await begin()]
    await work({ atOnce: 1 })
    await began
    for (let i = 0; i < 3; i++) runs.push(await begin())
    await moveToFront(db(), runs[3] ?? '')
    const says = new Map((await list('working')).items.map((item) => [item.runId, item]))
    expect(runs.map((id) => says.get(id)?.says)).toEqual([
      'reading the recording',
      'waiting (1 ahead)',
      'waiting (2 ahead)',
      'waiting (next)',
    ])
    expect(runs.map((id) => says.get(id)?.state)).toEqual(['working', 'waiting', 'waiting', 'waiting'])
    open()
    await Promise.all(runs.map((runId) => clipwright.ended(runId)))
  })

  it('is refused for a run that has ended', async () => {
    const runId = await begin()
    await clipwright.cancelRun(runId)
    await expect(moveToFront(db(), runId)).rejects.toMatchObject({ code: 'RUN_HAS_ENDED' })
  })
})

describe('a pause', () => {
  afterEach(() => resumeKind(db(), 'cut'))

  it('begins nothing of its kind until it ends', async () => {
    await pauseKind(db(), 'cut', 'test')
    const runId = await begin()
    await work()
    const framed = expect.arrayContaining([1, 2, 3].map((moment) => `reframe ${moment} done`))
    await vi.waitFor(async () => expect(await outline(runId)).toEqual(framed), { timeout: 120_000 })
    const [item] = (await list('working')).items
    expect(item?.steps.map(({ says }) => says)).toEqual(Array.from({ length: 3 }, () => 'waiting: cut is paused'))
    expect((await list()).paused).toEqual(['cut'])
    expect(await resumeKind(db(), 'cut')).toBe(true)
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(await resumeKind(db(), 'cut')).toBe(false)
  })

  it('leaves alone what is under way', async () => {
    const { stage, began, open } = gate()
    stages = { detect: stage }
    const runId = await begin()
    await work()
    await began
    await pauseKind(db(), 'detect', 'test')
    open()
    expect((await clipwright.ended(runId)).status).toBe('done')
    await resumeKind(db(), 'detect')
  })
})

describe('a worker', () => {
  it('is seen while it lives, with what it does', async () => {
    const { stage, began, open } = gate()
    stages = { detect: stage }
    const runId = await begin()
    expect((await list('working')).items[0]?.steps[0]?.says).toBe('waiting: nobody works on ingest now')
    const worker = await work({ kinds: ['ingest', 'transcribe', 'analyze', 'detect'] })
    await began
    expect(await livingWorkers(db())).toMatchObject([
      { kinds: ['ingest', 'transcribe', 'analyze', 'detect'], onlyRun: null, status: 'working' },
    ])
    open()
    await vi.waitFor(async () => expect(await outline(runId)).toContain('reframe 1 queued'), { timeout: 120_000 })
    await worker.stop()
    expect(await livingWorkers(db())).toEqual([])
  })

  it('told to end lets what is under way end, and takes nothing new', async () => {
    const { stage, began, open } = gate()
    stages = { detect: stage }
    const runId = await begin()
    const worker = await work()
    await began
    const ended = worker.stop({ graceMs: 60_000 })
    open()
    await ended
    expect(await outline(runId)).toEqual([
      'analyze 0 done',
      'detect 0 done',
      'ingest 0 done',
      'reframe 1 queued',
      'reframe 2 queued',
      'reframe 3 queued',
      'transcribe 0 done',
    ])
  })

  it('told twice gives back what is under way at once, as if it had not been', async () => {
    const { stage, began } = gate()
    stages = { detect: stage }
    const runId = await begin()
    const worker = await work()
    await began
    const ended = worker.stop({ graceMs: 60_000 })
    await worker.stop()
    await ended
    expect(await outline(runId)).toContain('detect 0 queued')
    expect((await showRun(db(), runId)).steps.flatMap(({ attempts }) => attempts)).toEqual([])
  })
})
