import { setTimeout as sleep } from 'node:timers/promises'
import { compose } from '../../compose.ts'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import { stepKinds } from '../../domain/run.ts'
import { countUnfinishedSteps } from '../../library/steps.store.ts'
import { createLogger } from '../../observability/logger.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { Worker } from '../../pipeline/workers/start-worker.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { listenForInterruption } from '../interruption.ts'
import { printError } from '../print-error.ts'
import { readWorkerOptions, type WorkerCommand } from './work-options.ts'

// What is under way may end within this; then it goes back to the queue.
const graceMs = 30_000
const lookMs = 500

/** `clipwright worker`: carries out what is in the queue until it is told to end. Returns the exit status. */
export async function work(options: object): Promise<number> {
  try {
    await workUntilTold(readWorkerOptions(options))
    return exitCodes.ok
  } catch (error) {
    printError(error, { json: false })
    return exitCodeOf(error)
  }
}

async function workUntilTold(command: WorkerCommand): Promise<void> {
  const hurry = new AbortController()
  using interruption = listenForInterruption({ second: () => hurry.abort() })
  const { signal } = interruption
  const settings = loadSettings()
  const logger = createLogger(settings.LOG_LEVEL)
  const folder = dataFolder({ flag: command.data, settings })
  const pipeline = await compose({ settings, dataFolder: folder, logger, signal })
  try {
    const { kinds, atOnce } = command
    const worker = await pipeline.startWorker({ kinds, atOnce, onChange: say })
    console.error(`Working on ${(kinds ?? stepKinds).join(', ')}. Ctrl-C ends it.`)
    await (command.untilIdle ? untilIdle(pipeline, command, signal) : untilAborted(signal))
    await end(worker, signal, hurry.signal)
  } finally {
    await pipeline.close()
  }
}

async function end(worker: Worker, signal: AbortSignal, hurry: AbortSignal): Promise<void> {
  if (!signal.aborted) return worker.stop()
  console.error(
    `Ending: what is under way has ${graceMs / 1000} s, then it goes back to the queue. Ctrl-C stops at once.`,
  )
  hurry.addEventListener('abort', () => void worker.stop())
  await worker.stop({ graceMs: hurry.aborted ? 0 : graceMs })
}

function say({ kind, subject, runId, change }: { kind: string; subject: number; runId: string; change: string }): void {
  const about = subject === 0 ? kind : `${kind} of clip ${subject}`
  console.error(`${new Date().toISOString().slice(11, 19)} run ${runId.slice(0, 8)}: ${about} ${change}`)
}

async function untilIdle({ database }: Pipeline, { kinds }: WorkerCommand, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await countUnfinishedSteps(database.kysely, kinds)) > 0) {
    await sleep(lookMs, undefined, { signal }).catch(() => undefined)
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
}
