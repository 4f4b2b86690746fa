import type { Work, WorkItem } from '../../pipeline/control/list-work.ts'
import type { RunInView } from '../../pipeline/control/show-run.ts'
import type { Paint } from '../create-paint.ts'
import { padText } from '../fit-text.ts'
import { sanitiseTerminal } from '../sanitise-terminal.ts'
import { workerLine } from './worker-text.ts'

interface Look {
  paint: Paint
}

const nameColumns = 18

// More would hide what matters; `jobs show` has them all.
const mostSteps = 6

/** The queue for a person: runs with what they do or wait for, then who works. */
export function workText({ items, workers, paused }: Work, look: Look): string[] {
  const lines = items.length === 0 ? ['Nothing has been run yet.'] : items.flatMap((item) => itemLines(item, look))
  const pauses = paused.length === 0 ? [] : [`${look.paint.warn('Paused')}: ${paused.join(', ')}`]
  const all = workers.map(workerLine)
  return [...lines, '', ...pauses, ...(all.length === 0 ? ['Nobody works now.'] : all)]
}

function itemLines({ runId, title, status, error, steps, done }: WorkItem, { paint }: Look): string[] {
  const signs = {
    working: paint.bold('…'),
    done: paint.good('✓'),
    failed: paint.bad('✗'),
    cancelled: paint.dim('–'),
  }
  const why = status === 'failed' && error !== null ? `: ${sanitiseTerminal(error.message)}` : ''
  const head = `${signs[status]} ${runId.slice(0, 8)}  ${sanitiseTerminal(title)}  ${status}${why}`
  if (status !== 'working') {
    const failed = steps.filter((step) => step.status === 'failed')
    return [head, ...failed.map(stepLine)]
  }
  const shown = steps.slice(0, mostSteps).map(stepLine)
  const rest = steps.length > mostSteps ? [`    and ${steps.length - mostSteps} more`] : []
  return [`${head} (${done} steps done)`, ...shown, ...rest]
}

function stepLine({ kind, subject, says }: { kind: string; subject: number; says: string }): string {
  const name = subject === 0 ? kind : `${kind} of clip ${subject}`
  return `    ${padText(name, Math.max(nameColumns, name.length + 1))}${sanitiseTerminal(says)}`
}

/** One run with every step and the evidence of what failed. */
export function runText({ id, title, status, steps }: RunInView, { paint }: Look): string[] {
  return [
    paint.bold(`${sanitiseTerminal(title)}: ${status}`),
    `run ${id}`,
    ...steps.flatMap((step) => [
      stepLine(step),
      ...step.attempts.flatMap(({ attempt, error, seconds, holder }) => [
        `      try ${attempt}${seconds === null ? '' : `, ${seconds.toFixed(1)} s`}${holder === null ? '' : ` on ${sanitiseTerminal(holder.host)}`}: ${error.code}: ${sanitiseTerminal(error.message)}`,
        ...(error.hint === undefined ? [] : [`        ${sanitiseTerminal(error.hint)}`]),
        ...(error.evidence?.command === undefined ? [] : [`        ${sanitiseTerminal(error.evidence.command)}`]),
        ...(error.evidence?.output ?? '')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => `        ${paint.dim(sanitiseTerminal(line))}`),
      ]),
    ]),
  ]
}
