import type { Shortage, WorkerState } from '../../domain/worker.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'

export const nobodyWorks = 'Nobody works now: `clipwright worker`, or `clipwright serve`.'

/** A worker in one line. */
export function workerLine({ identity, kinds, doing, memoryBytes, status }: WorkerState): string {
  const what = doing.length === 0 ? 'idle' : doing.map(({ kind }) => kind).join(', ')
  const ending = status === 'draining' ? ', ending' : ''
  const megabytes = Math.round(memoryBytes / 1e6)
  return `Worker ${identity.pid} on ${sanitiseTerminal(identity.host)}: ${what}${ending} (takes ${kinds.join(', ')}; ${megabytes} MB)`
}

/** All that a person may want to know of each worker. `now` by the clock of the database's times. */
export function workersText(workers: readonly WorkerState[], now: Date): string[] {
  if (workers.length === 0) return [nobodyWorks]
  return workers.flatMap((worker) => [workerLine(worker), ...details(worker, now).map((line) => `    ${line}`)])
}

function details(worker: WorkerState, now: Date): string[] {
  const { limits, kinds, doneCount, restarts, startedAt, beatAt, loadPerCore, freeMegabytes, shortages } = worker
  const atOnce = kinds.map((kind) => `${limits[kind] ?? 0} ${kind}`).join(', ')
  const machine = [
    loadPerCore === null ? [] : [`${loadPerCore.toFixed(1)} tasks a core`],
    freeMegabytes === null ? [] : [`${freeMegabytes} MB free`],
  ].flat()
  return [
    `up ${span(startedAt, now)}, heard of ${span(beatAt, now)} ago; ${count(doneCount, 'step')} since, ${count(restarts, 'restart')}`,
    `at once: ${atOnce}`,
    ...(machine.length === 0 ? [] : [`its machine: ${machine.join(', ')}`]),
    ...sayShortages(shortages),
    ...(worker.onlyRun === null ? [] : [`for run ${worker.onlyRun.slice(0, 8)} alone`]),
  ]
}

/** Why it takes no more, for people. */
export function sayShortages(shortages: readonly Shortage[]): string[] {
  const of = (short: Shortage['short']) =>
    shortages
      .filter((each) => each.short === short)
      .map(({ kind, count: now, of: most }) => `${now} of ${most} ${kind}`)
      .join(', ')
  const [memory, load] = [of('memory'), of('load')]
  return [
    ...(memory === '' ? [] : [`the machine's memory is short: ${memory}`]),
    ...(load === '' ? [] : [`the machine is busy: ${load}`]),
  ]
}

function span(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

function count(number: number, of: string): string {
  return `${number} ${of}${number === 1 ? '' : 's'}`
}
