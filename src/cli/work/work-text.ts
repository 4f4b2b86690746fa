import type { Evidence } from '../../domain/app-error.ts'
import type { DeadLetterInView } from '../../pipeline/control/list-dead-letters.ts'
import type { Work, WorkItem } from '../../pipeline/control/list-work.ts'
import type { RunInView, TimedAttempt } from '../../pipeline/control/show-run.ts'
import { type StandingState, standingSigns } from '../../pipeline/control/standing.ts'
import type { Paint } from '../terminal/create-paint.ts'
import { padText } from '../terminal/fit-text.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { nobodyWorks, workerLine } from './worker-text.ts'

interface Look {
  paint: Paint
}

const nameColumns = 18

// More would hide what matters; `jobs show` has them all.
const mostSteps = 6

/** The queue for a person: runs with what they do or wait for, then who works. */
export function workText({ items, workers, paused }: Work, look: Look): string[] {
  const lines = items.length === 0 ? ['Nothing has been run yet.'] : items.flatMap((item) => itemLines(item, look))
  const pauses = paused.map(
    (kind) => `${look.paint.warn('Paused')}: ${kind}; \`clipwright jobs resume ${kind}\` lets it go on`,
  )
  const all = workers.map(workerLine)
  return [...lines, '', ...pauses, ...(all.length === 0 ? [nobodyWorks] : all)]
}

function itemLines({ runId, title, state, says, steps, done }: WorkItem, look: Look): string[] {
  const head = `${signOf(state, look)} ${runId.slice(0, 8)}  ${sanitiseTerminal(title)}  ${sanitiseTerminal(says)}`
  if (state !== 'working' && state !== 'waiting') {
    const failed = steps.filter((step) => step.state === 'failed')
    return [head, ...failed.map((step) => stepLine(step, look))]
  }
  const shown = steps.slice(0, mostSteps).map((step) => stepLine(step, look))
  const rest = steps.length > mostSteps ? [`    and ${steps.length - mostSteps} more`] : []
  return [`${head} (${done} ${done === 1 ? 'step' : 'steps'} done)`, ...shown, ...rest]
}

/** Told by its form, by its words, and where there are colours by its colour. */
function signOf(state: StandingState, { paint }: Look): string {
  const colours = {
    waiting: paint.warn,
    working: paint.accent,
    done: paint.good,
    failed: paint.bad,
    cancelled: paint.dim,
    skipped: paint.dim,
  }
  return colours[state](standingSigns[state])
}

interface StepToShow {
  kind: string
  subject: number
  state: StandingState
  says: string
}

function stepLine({ kind, subject, state, says }: StepToShow, look: Look): string {
  const name = nameOf({ kind, subject })
  return `    ${signOf(state, look)} ${padText(name, Math.max(nameColumns, name.length + 1))}${sanitiseTerminal(says)}`
}

function nameOf({ kind, subject }: { kind: string; subject: number }): string {
  return subject === 0 ? kind : `${kind} of clip ${subject}`
}

/** One run with every step and the evidence of what failed. */
export function runText({ id, title, state, says, error, steps }: RunInView, look: Look): string[] {
  return [
    `${signOf(state, look)} ${look.paint.bold(sanitiseTerminal(title))}: ${sanitiseTerminal(says)}`,
    `run ${id}`,
    ...(error?.hint === undefined ? [] : [sanitiseTerminal(error.hint)]),
    ...steps.flatMap((step) => [stepLine(step, look), ...step.attempts.flatMap((each) => attemptLines(each, look))]),
  ]
}

/** What failed for good, each with the evidence of every try. */
export function deadLettersText(letters: readonly DeadLetterInView[], look: Look): string[] {
  if (letters.length === 0) return ['Nothing has failed for good.']
  return letters.flatMap((letter) => [
    `${signOf(letter.state, look)} ${look.paint.bold(sanitiseTerminal(letter.title))}: ${nameOf(letter)} ${sanitiseTerminal(letter.says)}`,
    `      step ${letter.stepId} of run ${letter.runId.slice(0, 8)}`,
    ...letter.attempts.flatMap((each) => attemptLines(each, look)),
  ])
}

function attemptLines({ attempt, error, seconds, holder }: TimedAttempt, { paint }: Look): string[] {
  const { evidence } = error
  const length = seconds === null ? '' : `, ${seconds.toFixed(1)} s`
  const place = holder === null ? '' : ` on ${sanitiseTerminal(holder.host)}`
  const ended = evidence === undefined ? '' : sayEnd(evidence)
  return [
    `      try ${attempt}${length}${place}: ${error.code}: ${sanitiseTerminal(error.message)}`,
    ...(error.hint === undefined ? [] : [`        ${sanitiseTerminal(error.hint)}`]),
    ...(evidence?.command === undefined ? [] : [`        ${sanitiseTerminal(evidence.command)}`]),
    ...(ended === '' ? [] : [`        ${ended}`]),
    ...(evidence?.output ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => `        ${paint.dim(sanitiseTerminal(line))}`),
  ]
}

/** `ended with 1 after 3.2 s`, as far as it is known. */
function sayEnd({ exitCode, signal, durationSeconds }: Evidence): string {
  const how =
    typeof exitCode === 'number' ? `ended with ${exitCode}` : typeof signal === 'string' ? `ended by ${signal}` : ''
  const when = durationSeconds === undefined ? '' : `after ${durationSeconds.toFixed(1)} s`
  return [how, when].filter((part) => part !== '').join(' ')
}
