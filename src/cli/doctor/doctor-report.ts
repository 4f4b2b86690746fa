import stringWidth from 'string-width'
import { asCalled } from '../terminal/as-called.ts'
import type { Paint } from '../terminal/create-paint.ts'
import { padText } from '../terminal/fit-text.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { wrapText } from '../terminal/wrap-text.ts'

export interface DoctorCheck {
  /** e.g. `ffmpeg`. */
  name: string
  /** `warn`: works, but not as well as it could; `fail`: clips can't be made. */
  status: 'ok' | 'warn' | 'fail'
  /** What is there, e.g. `6.1.1 at /usr/bin/ffmpeg`. */
  found: string
  /** What a person can do; null when nothing has to be done. */
  mend: string | null
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const

/** The worst status of all. */
export function overallStatus(checks: readonly DoctorCheck[]): DoctorCheck['status'] {
  const has = (status: DoctorCheck['status']) => checks.some((check) => check.status === status)
  if (has('fail')) return 'fail'
  return has('warn') ? 'warn' : 'ok'
}

interface ReportLook {
  paint: Paint
  /** Of the terminal: longer lines break between words, unless there is hardly room beside the names. */
  columns?: number | undefined
  /** What a person types before a command. */
  command?: string
}

// In less, one word a line, nothing could be read.
const leastRoom = 20

/** What was checked, for a person: a line each with a mark and what is there, below it how to mend it; then the sum. */
export function doctorReport(
  checks: readonly DoctorCheck[],
  { paint, columns = Number.POSITIVE_INFINITY, command = 'clipwright' }: ReportLook,
): string {
  const names = checks.map(({ name }) => sanitiseTerminal(name))
  const nameWidth = Math.max(0, ...names.map((name) => stringWidth(name)))
  const colour = { ok: paint.good, warn: paint.warn, fail: paint.bad }
  const indent = nameWidth + 4
  const wrap = (text: string, used: number) => {
    const line = sanitiseTerminal(asCalled(text, command))
    return columns - used < leastRoom ? [line] : wrapText(line, columns - used)
  }
  const margin = ' '.repeat(indent)
  const lines = checks.flatMap(({ status, found, mend }, index) => {
    const [first = '', ...rest] = wrap(found, indent)
    const [start = '', ...more] = wrap(mend ?? '', indent + 2)
    return [
      `${colour[status](marks[status])} ${padText(names[index] ?? '', nameWidth)}  ${first}`,
      ...rest.map((line) => `${margin}${line}`),
      ...(start === '' ? [] : [`${margin}${paint.accent('→')} ${start}`]),
      ...more.map((line) => `${margin}  ${line}`),
    ]
  })
  return `${[...lines, '', conclusion(checks, paint)].join('\n')}\n`
}

function conclusion(checks: readonly DoctorCheck[], paint: Paint): string {
  const count = (status: DoctorCheck['status']) => checks.filter((check) => check.status === status).length
  const [warnings, failures] = [count('warn'), count('fail')]
  const things = (n: number) => (n === 1 ? 'One thing' : `${n} things`)
  if (failures > 0) return paint.bad(`${things(failures)} must be mended before clips can be made.`)
  if (warnings > 0) return paint.warn(`Ready. ${things(warnings)} could be better.`)
  return paint.good('Ready to make clips.')
}

/** The same for programs. */
export function doctorJson(checks: readonly DoctorCheck[]): { status: DoctorCheck['status']; checks: DoctorCheck[] } {
  return {
    status: overallStatus(checks),
    checks: checks.map(({ name, status, found, mend }) => ({ name, status, found, mend })),
  }
}
