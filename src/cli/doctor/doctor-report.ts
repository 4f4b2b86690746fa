import stringWidth from 'string-width'
import type { Paint } from '../terminal/create-paint.ts'
import { padText } from '../terminal/fit-text.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'

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

/** What was checked, for a person: a line each with a mark and what is there, below it how to mend it; then the sum. */
export function doctorReport(checks: readonly DoctorCheck[], paint: Paint): string {
  const names = checks.map(({ name }) => sanitiseTerminal(name))
  const nameWidth = Math.max(0, ...names.map((name) => stringWidth(name)))
  const colour = { ok: paint.good, warn: paint.warn, fail: paint.bad }
  const lines = checks.flatMap(({ status, found, mend }, index) => [
    `${colour[status](marks[status])} ${padText(names[index] ?? '', nameWidth)}  ${sanitiseTerminal(found)}`,
    ...(mend === null ? [] : [`${' '.repeat(nameWidth + 4)}${paint.accent('→')} ${sanitiseTerminal(mend)}`]),
  ])
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
