import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadSettings } from '../../src/config/load-settings.ts'
import { openDatabase } from '../../src/database/pool.ts'
import type { StepKind } from '../../src/domain/run.ts'
import { getRun } from '../../src/library/runs.store.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepContext, StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { openPipeline, type Pipeline } from '../../src/pipeline/open-pipeline.ts'

/** The real pipeline on the real database, with steps that do nothing but finish. */
export interface IdlePipeline extends AsyncDisposable {
  readonly pipeline: Pipeline
  /** Milliseconds from a step's `finish` to the handler of the step that waited for it, along one run with one moment. */
  stepToStep(): Promise<number[]>
  /** Carries out one run with so many moments; of each kind `atOnce` steps at a time. */
  wideRun(work: { moments: number; atOnce: number }): Promise<Carried>
  /** Carries out so many runs at once, as a server does, each with so many moments. */
  manyRuns(work: { runs: number; moments: number; atOnce: number }): Promise<Carried>
}

export interface Carried {
  steps: number
  /** From the first step's begin to the last one's end. */
  seconds: number
}

interface Seen {
  /** Times of `performance.now()`. */
  begun: number
  finished: number
}

const waitsFor: Partial<Record<StepKind, StepKind[]>> = {
  transcribe: ['ingest'],
  analyze: ['ingest'],
  detect: ['transcribe', 'analyze'],
  reframe: ['detect'],
  cut: ['reframe'],
  conclude: ['cut'],
}

export async function idlePipeline(dataFolder: string): Promise<IdlePipeline> {
  // As many steps at once as is asked for, however busy the machine is.
  const settings = { ...loadSettings(), WORKER_MIN: 64, MAX_QUEUE_SIZE: 1000 }
  const logger = createLogger('warn')
  const seen = new Map<string, Seen>()
  let moments = 1
  const handle: StepHandler = async (context: StepContext) => {
    const at: Seen = { begun: performance.now(), finished: Number.NaN }
    seen.set(`${context.step.kind} ${context.step.subject} ${context.run.id}`, at)
    const output = context.step.kind === 'detect' ? { momentCount: moments } : {}
    at.finished = performance.now()
    await context.finish(() => Promise.resolve(output))
  }
  const pipeline = await openPipeline({
    settings,
    dataFolder,
    logger,
    tools: await findMediaTools(settings),
    database: await openDatabase({ settings, dataFolder, logger }),
    handlers: {
      ingest: handle,
      transcribe: handle,
      analyze: handle,
      detect: handle,
      reframe: handle,
      cut: handle,
      conclude: handle,
    },
  })
  let runs = 0

  async function begin(count: number): Promise<string> {
    const { runId } = await pipeline.beginRun({ ...anyRun, out: `${dataFolder}/out-${runs++}`, count })
    return runId
  }

  /** `onlyRun`: as the command line does it. */
  async function carryOut(
    runIds: readonly string[],
    { atOnce, onlyRun }: { atOnce: number; onlyRun?: string },
  ): Promise<Carried> {
    const worker = await pipeline.startWorker({ onlyRun, atOnce })
    try {
      for (const runId of runIds)
        while ((await getRun(pipeline.database.kysely, runId)).status === 'working') await sleep(50)
    } finally {
      await worker.stop()
    }
    const all = [...seen.values()]
    const first = Math.min(...all.map(({ begun }) => begun))
    const last = Math.max(...all.map(({ finished }) => finished))
    return { steps: all.length, seconds: (last - first) / 1000 }
  }

  async function oneRun(work: { moments: number; atOnce: number }): Promise<Carried & { runId: string }> {
    moments = work.moments
    seen.clear()
    const runId = await begin(moments)
    return { runId, ...(await carryOut([runId], { atOnce: work.atOnce, onlyRun: runId })) }
  }

  return {
    pipeline,
    async stepToStep() {
      const { runId } = await oneRun({ moments: 1, atOnce: 2 })
      const nameOf = (kind: StepKind) => `${kind} ${kind === 'reframe' || kind === 'cut' ? 1 : 0} ${runId}`
      return Object.entries(waitsFor).map(([kind, parents]) => {
        const ready = Math.max(...parents.map((parent) => seen.get(nameOf(parent))?.finished ?? Number.NaN))
        return (seen.get(nameOf(kind as StepKind))?.begun ?? Number.NaN) - ready
      })
    },
    wideRun: oneRun,
    async manyRuns(work) {
      moments = work.moments
      seen.clear()
      const runIds: string[] = []
      for (let run = 0; run < work.runs; run++) runIds.push(await begin(moments))
      return carryOut(runIds, { atOnce: work.atOnce })
    },
    [Symbol.asyncDispose]: () => pipeline.close(),
  }
}

const anyRun = {
  path: '/nowhere/recording.mp4',
  title: 'recording',
  transcriptPath: null,
  mode: 'highlights' as const,
  minSeconds: 15,
  maxSeconds: 60,
  aspect: '9:16' as const,
  captions: 'pop' as const,
}
