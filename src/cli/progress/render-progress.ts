import stringWidth from 'string-width'
import type { Paint } from '../terminal/create-paint.ts'
import { fitText, padText } from '../terminal/fit-text.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { describeEnd, nameOfGroup } from './describe-group.ts'
import { formatSpeed, formatTimeLeft, formatTook } from './format-pace.ts'
import type { StepGroup } from './group-steps.ts'

export interface ProgressLine {
  group: StepGroup
  /** Seconds; null when not known. */
  secondsLeft: number | null
}

const markOf = { waiting: '·', working: '▸', done: '✓', failed: '✗', cancelled: '✗' } as const
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const percentWidth = 4

/**
 * One line a kind of step, none wider than `width` columns: mark, name, bar, percent, speed, time left, message. A
 * narrow terminal first loses the message, then the pace, then the bar.
 */
export function renderProgress(
  lines: readonly ProgressLine[],
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const nameWidth = Math.max(0, ...lines.map(({ group }) => stringWidth(nameOfGroup(group))))
  // A terminal wraps, or scrolls, once its last column is written.
  const room = Math.max(1, width - 1)
  return lines.map((line) => renderLine(line, { nameWidth, room, paint }))
}

interface Place {
  nameWidth: number
  room: number
  paint: Paint
}

function renderLine({ group, secondsLeft }: ProgressLine, { nameWidth, room, paint }: Place): string {
  const head = fitText(`${markOf[group.status]} ${padText(nameOfGroup(group), nameWidth)}`, room)
  const colour = {
    waiting: paint.dim,
    working: paint.accent,
    done: paint.good,
    failed: paint.bad,
    cancelled: paint.warn,
  }
  const left = room - stringWidth(head) - 2
  const tail = left < percentWidth ? '' : tailOf({ group, secondsLeft, room: left, paint })
  const [mark = '', ...name] = head
  return `${colour[group.status](mark)}${name.join('')}${tail === '' ? '' : `  ${tail}`}`
}

function tailOf({ group, secondsLeft, room, paint }: ProgressLine & { room: number; paint: Paint }): string {
  if (group.status === 'waiting') return paint.dim(fitText(sanitiseTerminal(group.message || 'waiting'), room))
  if (group.status !== 'working') return paint.dim(fitText(endOf(group), room))
  return workingTail({ group, secondsLeft, room, paint })
}

function endOf(group: StepGroup): string {
  const { startedAt, finishedAt, total, reused } = group
  const took =
    startedAt === null || finishedAt === null || reused === total ? '' : ` ${formatTook(finishedAt - startedAt)}`
  return `${describeEnd(group)}${took}`
}

function workingTail({ group, secondsLeft, room, paint }: ProgressLine & { room: number; paint: Paint }): string {
  const percent = `${String(Math.floor(group.fraction * 100)).padStart(percentWidth - 1)}%`
  const barWidth = Math.min(24, room - percentWidth - 1)
  const bar = barWidth >= 6 ? `${drawBar(group.fraction, barWidth, paint)} ` : ''
  const used = percentWidth + (barWidth >= 6 ? barWidth + 1 : 0)
  const notes = [
    paceOf({ group, secondsLeft }),
    group.failed > 0 ? `${group.failed} failed` : '',
    sanitiseTerminal(group.message),
  ]
  return `${bar}${percent}${paint.dim(fitNotes(notes, room - used))}`
}

function paceOf({ group, secondsLeft }: ProgressLine): string {
  const speed = group.speed === null ? '' : formatSpeed(group.speed)
  const left = secondsLeft === null ? '' : formatTimeLeft(secondsLeft)
  return [speed, left].filter((part) => part !== '').join(' · ')
}

/** As many of the notes as there is room for, the last one shortened when it still says something. */
function fitNotes(notes: string[], room: number): string {
  let fitted = ''
  for (const note of notes.filter((each) => each !== '')) {
    const separator = fitted === '' ? '  ' : ' · '
    const rest = room - stringWidth(fitted) - separator.length
    if (stringWidth(note) > rest && rest < 12) break
    fitted += separator + fitText(note, rest)
  }
  return fitted
}

function drawBar(fraction: number, width: number, paint: Paint): string {
  const filled = Math.min(width * 8, Math.max(0, Math.round(fraction * width * 8)))
  const bar = '█'.repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? '')
  return paint.accent(bar) + paint.dim('░'.repeat(width - Math.ceil(filled / 8)))
}
