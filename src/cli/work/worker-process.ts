import { setTimeout as sleep } from 'node:timers/promises'
import { compose } from '../../compose.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { toErrorRecord } from '../../domain/app-error.ts'
import { whenAborted } from '../../domain/when-aborted.ts'
import { countUnfinishedSteps } from '../../library/steps.store.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import { terminalLogger } from '../terminal/terminal-logger.ts'
import { isWorn } from './is-worn.ts'
import { type WorkerNews, type WorkerTask, workerOrder, workerTask } from './worker-messages.ts'

// What is under way may end within this after we are told to go; then it goes back to the queue.
const graceMs = 30_000
// As long as a timer can wait: a worn worker finishes what it has begun, however long that takes.
const withoutEndMs = 2 ** 31 - 1
const lookMs = 500

/** The life of one worker process: does what it is told over its channel, and goes when the process that started it is gone. */
export async function beWorker(json: string | undefined): Promise<void> {
  const orders = takeOrders()
  try {
    const task = workerTask.parse(JSON.parse(json ?? ''))
    await tell({ is: 'ended', because: await work(task, orders) })
  } catch (error) {
    const { code, message, hint } = toErrorRecord(error)
    await tell({ is: 'failed', error: { code, message, ...(hint === undefined ? {} : { hint }) } })
  } finally {
    if (process.connected) process.disconnect()
  }
}

type Ending = Extract<WorkerNews, { is: 'ended' }>['because']

async function work(task: WorkerTask, orders: Orders): Promise<Ending> {
  const settings = loadSettings(undefined, { LOG_LEVEL: task.logLevel })
  const { dataFolder, kinds, atOnce, restarts } = task
  const logger = terminalLogger(settings)
  const pipeline = await compose({ settings, dataFolder, logger, signal: orders.leave })
  try {
    const worn = new AbortController()
    const wear = wearOf(settings, worn)
    const worker = await pipeline.startWorker({
      kinds,
      atOnce,
      restarts,
      onChange: (step) => {
        if (task.talks) say(step)
        if (step.change === 'ended') wear.note()
      },
    })
    await tell({ is: 'ready' })
    const because = await untilEnd(pipeline, { task, leave: orders.leave, worn: worn.signal })
    const hurry = (): void => void worker.stop()
    void whenAborted(orders.leave).then(() => setTimeout(hurry, graceMs).unref())
    void whenAborted(orders.stop).then(hurry)
    await worker.stop({ graceMs: withoutEndMs })
    return because
  } finally {
    await pipeline.close()
  }
}

/** Counts what is done, and says when it is enough for one process. */
function wearOf(settings: Settings, worn: AbortController): { note: () => void } {
  let jobs = 0
  return {
    note() {
      jobs++
      if (isWorn({ jobs, bytes: process.memoryUsage.rss() }, settings)) worn.abort()
    },
  }
}

async function untilEnd(
  { database }: Pipeline,
  { task, leave, worn }: { task: WorkerTask; leave: AbortSignal; worn: AbortSignal },
): Promise<Ending> {
  const either = AbortSignal.any([leave, worn])
  if (task.untilIdle) {
    while (!either.aborted && (await countUnfinishedSteps(database.kysely, task.kinds)) > 0)
      await sleep(lookMs, undefined, { signal: either }).catch(() => undefined)
  } else await whenAborted(either)
  if (leave.aborted) return 'told'
  return worn.aborted ? 'worn' : 'idle'
}

interface Orders {
  /** Aborted with either order. */
  leave: AbortSignal
  stop: AbortSignal
}

/**
 * A terminal's Ctrl-C goes to everyone in it: only who started us decides what it means. SIGTERM to this process alone is taken as "end when you are done";
 * another one is started then.
 */
function takeOrders(): Orders {
  const [leave, stop] = [new AbortController(), new AbortController()]
  const stopNow = (): void => {
    leave.abort()
    stop.abort()
  }
  process.on('SIGINT', () => undefined)
  process.on('SIGHUP', () => undefined)
  process.on('SIGTERM', () => leave.abort())
  process.on('message', (message) => {
    const order = workerOrder.safeParse(message)
    if (!order.success) return
    if (order.data.do === 'stop') stopNow()
    else leave.abort()
  })
  // Who started us was killed: what we hold goes to others, and we go.
  process.on('disconnect', stopNow)
  if (!process.connected) stopNow()
  return { leave: leave.signal, stop: stop.signal }
}

/** Resolves when it is said, or when nobody hears it any more. */
async function tell(news: WorkerNews): Promise<void> {
  if (!process.connected) return
  await new Promise<void>((resolve) => process.send?.(news, undefined, {}, () => resolve()))
}

function say({ kind, subject, runId, change }: { kind: string; subject: number; runId: string; change: string }): void {
  const about = subject === 0 ? kind : `${kind} of clip ${subject}`
  console.error(`${new Date().toISOString().slice(11, 19)} run ${runId.slice(0, 8)}: ${about} ${change}`)
}
