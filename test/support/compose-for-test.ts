import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSettings } from '../../src/config/load-settings.ts'
import type { StepKind } from '../../src/domain/run.ts'
import { getRun, type Run } from '../../src/library/runs.store.ts'
import { getStepsOfRun, type Step } from '../../src/library/steps.store.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { openPipeline, type Pipeline } from '../../src/pipeline/open-pipeline.ts'
import type { RunSettings } from '../../src/pipeline/run-settings.ts'
import type { WayToWords } from '../../src/pipeline/transcribe/transcriber.ts'
import { temporaryDatabase } from './temporary-database.ts'

export interface TestClipwright extends Pipeline {
  stepsOf(runId: string): Promise<Step[]>
  /** Resolves when the run has ended. */
  ended(runId: string): Promise<Run>
}

/** The twin of `compose`: the same program on a database of its own, with stages that do what a test wants. */
export async function composeForTest(
  handlers: Partial<Record<StepKind, StepHandler>> = {},
  environment: Record<string, string> = {},
  wayToWords: WayToWords = async () => 'nothing',
): Promise<TestClipwright> {
  const settings = loadSettings(environment)
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-data-'))
  const clipwright = await openPipeline({
    settings,
    dataFolder,
    logger: createLogger('silent'),
    tools: await findMediaTools(settings),
    database: await temporaryDatabase(),
    handlers: { ...idleHandlers, ...handlers },
    wayToWords,
  })
  const db = clipwright.database.kysely
  return {
    ...clipwright,
    stepsOf: (runId) => getStepsOfRun(db, runId),
    ended: (runId) => waitForEnd(() => getRun(db, runId)),
    close: async () => {
      await clipwright.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Stages that finish at once; three moments are found. */
export const idleHandlers: Record<StepKind, StepHandler> = {
  ingest: (context) => context.finish(async () => ({})),
  transcribe: (context) => context.finish(async () => ({})),
  analyze: (context) => context.finish(async () => ({})),
  detect: (context) => context.finish(async () => ({ momentCount: 3 })),
  reframe: (context) => context.finish(async () => ({})),
  cut: (context) => context.finish(async () => ({})),
  conclude: (context) => context.finish(async () => ({ completeness: 1 })),
}

/** Settings of a run that differ from those of every other. */
export function someRunSettings(changes: Partial<RunSettings> = {}): RunSettings {
  return {
    path: `/recordings/${randomUUID()}.mp4`,
    title: 'talk',
    transcriptPath: null,
    mode: 'highlights',
    count: 3,
    minSeconds: 12,
    maxSeconds: 60,
    aspect: '9:16',
    captions: 'pop',
    out: '/tmp/clips',
    ...changes,
  }
}

async function waitForEnd(look: () => Promise<Run>): Promise<Run> {
  for (;;) {
    const run = await look()
    if (run.status !== 'working') return run
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
