import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { describeEnd, nameOfGroup } from './describe-group.ts'
import { formatSpeed, formatTook } from './format-pace.ts'
import { groupSteps, type StepGroup } from './group-steps.ts'
import type { ProgressState } from './progress-state.ts'
import type { ProgressView } from './progress-view.ts'

interface Told {
  quarter: number
  ended: boolean
}

/** Lines for a pipe or a log: when a kind of step starts, at each quarter, and when it ends. No control characters. */
export class PlainProgressView implements ProgressView {
  readonly #write: (line: string) => void
  readonly #told = new Map<string, Told>()

  /** `write` gets one line at a time, without its line break. */
  constructor({ write }: { write: (line: string) => void }) {
    this.#write = write
  }

  update(state: ProgressState): void {
    for (const group of groupSteps(state)) this.#tell(group)
  }

  note(sentence: string): void {
    this.#write(sanitiseTerminal(sentence))
  }

  finish(state: ProgressState): void {
    this.update(state)
  }

  #tell(group: StepGroup): void {
    if (group.status === 'waiting') return
    const before = this.#told.get(group.kind)
    const told: Told = { quarter: Math.floor(group.fraction * 4), ended: isEnded(group) }
    if (before === undefined || told.quarter < before.quarter || (before.ended && !told.ended)) {
      if (!told.ended) this.#write(startLine(group))
    } else if (told.quarter > before.quarter && !told.ended) {
      this.#write(quarterLine(group, told.quarter))
    }
    if (told.ended && before?.ended !== true) this.#write(endLine(group))
    this.#told.set(group.kind, told)
  }
}

const isEnded = ({ status }: StepGroup) => status !== 'working' && status !== 'waiting'

function startLine(group: StepGroup): string {
  return [`${nameOfGroup(group)}: started`, sanitiseTerminal(group.message)].filter((part) => part !== '').join(', ')
}

function quarterLine(group: StepGroup, quarter: number): string {
  const notes = [
    group.speed === null ? '' : formatSpeed(group.speed),
    group.failed > 0 ? `${group.failed} failed` : '',
    sanitiseTerminal(group.message),
  ]
  return [`${nameOfGroup(group)}: ${quarter * 25}%`, ...notes.filter((note) => note !== '')].join(', ')
}

function endLine(group: StepGroup): string {
  const { startedAt, finishedAt, reused, total } = group
  const took =
    startedAt === null || finishedAt === null || reused === total ? '' : ` ${formatTook(finishedAt - startedAt)}`
  return `${nameOfGroup(group)}: ${describeEnd(group)}${took}`
}
