import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import { pauseKind, resumeKind } from '../../library/paused-kinds.store.ts'
import { listDeadLetters } from '../../pipeline/control/list-dead-letters.ts'
import { listWork } from '../../pipeline/control/list-work.ts'
import { mostPriority, moveToFront, RunHasEnded, setRunPriority } from '../../pipeline/control/prioritise-run.ts'
import { type Retried, retryAllFailed, retryStep, retrySteps } from '../../pipeline/control/retry-steps.ts'
import { showRun } from '../../pipeline/control/show-run.ts'
import { cancelRun } from '../../pipeline/engine/cancel-run.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { createPaint, shouldColour } from '../terminal/create-paint.ts'
import type { Said } from '../with-library.ts'
import { findRun } from './find-run.ts'
import { inQueue } from './in-queue.ts'
import { readKind } from './work-options.ts'
import { deadLettersText, runText, workText } from './work-text.ts'
import { workersText } from './worker-text.ts'

const by = 'cli'
const paint = createPaint(shouldColour(process.stdout))
const mostShown = 50

/** `clipwright jobs`: what is under way, what waits and for what, what failed and why. */
export async function showWork(options: object): Promise<number> {
  const status = 'failed' in options && options.failed === true ? ('failed' as const) : undefined
  return inQueue(options, async ({ db }) => {
    const work = await listWork(db, { status, limit: mostShown })
    return { json: work, lines: workText(work, { paint }) }
  })
}

/** `clipwright jobs workers`: who works, how each does and why it takes no more. */
export async function showWorkers(options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const workers = await livingWorkers(db)
    return { json: { workers }, lines: workersText(workers, new Date()) }
  })
}

/** `clipwright jobs show RUN`: every step, and the evidence of each attempt that failed. */
export async function showOneRun(run: string, options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const shown = await showRun(db, await findRun(db, run))
    return { json: shown, lines: runText(shown, { paint }) }
  })
}

export async function cancelOneRun(run: string, options: object): Promise<number> {
  return inQueue(options, async ({ db, queue }) => {
    const runId = await findRun(db, run)
    if (!(await cancelRun(db, queue, runId))) throw new RunHasEnded(runId)
    return { json: { runId, status: 'cancelled' }, lines: [`Run ${runId} is cancelled. What it has finished is kept.`] }
  })
}

/** `clipwright jobs dead`: what failed for good, with the evidence of every try. */
export async function showDeadLetters(options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const letters = await listDeadLetters(db, { kind: kindIn(options, 'jobs dead'), limit: mostShown })
    return { json: letters, lines: deadLettersText(letters, { paint }) }
  })
}

function kindIn(options: object, command: string): StepKind | undefined {
  return 'kind' in options && typeof options.kind === 'string' ? readKind(options.kind, command) : undefined
}

/** `clipwright jobs retry [RUN]`: without a run, everything that failed. */
export async function retryFailed(run: string | undefined, options: object): Promise<number> {
  return inQueue(options, async ({ db, queue }) => {
    if ('step' in options && typeof options.step === 'string') {
      if (run !== undefined || 'kind' in options || 'clip' in options)
        throw new WrongUsage(['--step says all: no run, no --kind and no --clip.'], 'jobs retry')
      const id = z.uuid().safeParse(options.step)
      if (!id.success)
        throw new WrongUsage(['--step must be the id of a step: see `clipwright jobs dead`.'], 'jobs retry')
      const retried = [await retryStep(db, { queue, stepId: id.data })]
      return { json: retried, lines: [...sayRetried(retried), ...(await sayWhoWorks(db))] }
    }
    const kind = kindIn(options, 'jobs retry')
    const subject = readSubject(options)
    if (run === undefined && subject !== undefined) throw new WrongUsage(['--clip needs a run.'], 'jobs retry')
    const retried =
      run === undefined
        ? await retryAllFailed(db, { queue, kind })
        : [await retrySteps(db, { queue, runId: await findRun(db, run), kind, subject })]
    return { json: retried, lines: [...sayRetried(retried), ...(await sayWhoWorks(db))] }
  })
}

function readSubject(options: object): number | undefined {
  if (!('clip' in options) || options.clip === undefined) return undefined
  const rank = Number(options.clip)
  if (!Number.isSafeInteger(rank) || rank < 1)
    throw new WrongUsage(['--clip must be the number of a clip.'], 'jobs retry')
  return rank
}

function sayRetried(retried: readonly Retried[]): string[] {
  if (retried.length === 0) return ['Nothing has failed.']
  return retried.map(({ runId, steps }) => {
    const names = steps.map(({ kind, subject }) => (subject === 0 ? kind : `${kind} of clip ${subject}`))
    return `Run ${runId}: ${names.join(', ')} will be tried again.`
  })
}

async function sayWhoWorks(db: Kysely<Tables>): Promise<string[]> {
  const workers = (await livingWorkers(db)).filter(({ onlyRun }) => onlyRun === null)
  return workers.length > 0 ? [] : ['Nobody works now: `clipwright worker` carries it out.']
}

export async function moveRunToFront(run: string, options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const runId = await findRun(db, run)
    const priority = await moveToFront(db, runId)
    return { json: { runId, priority }, lines: [`Run ${runId} comes first from now on.`] }
  })
}

/** `clipwright jobs priority RUN NUMBER`. */
export async function prioritiseRun(run: string, number: string, options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const priority = Number(number)
    if (number.trim() === '' || !Number.isSafeInteger(priority) || Math.abs(priority) > mostPriority)
      throw new WrongUsage([`A priority is a whole number from -${mostPriority} to ${mostPriority}.`], 'jobs priority')
    const runId = await findRun(db, run)
    await setRunPriority(db, runId, priority)
    return { json: { runId, priority }, lines: [`Run ${runId} has priority ${priority}: higher ones come first.`] }
  })
}

export async function pauseOneKind(name: string, options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const kind = readKind(name, 'jobs pause')
    await pauseKind(db, kind, by)
    return said({ kind, paused: true }, `${kind} is paused: what is under way goes on, nothing new begins.`)
  })
}

export async function resumeOneKind(name: string, options: object): Promise<number> {
  return inQueue(options, async ({ db }) => {
    const kind = readKind(name, 'jobs resume')
    const was = await resumeKind(db, kind)
    return said({ kind, paused: false }, was ? `${kind} goes on.` : `${kind} was not paused.`)
  })
}

function said(json: unknown, line: string): Said {
  return { json, lines: [line] }
}
