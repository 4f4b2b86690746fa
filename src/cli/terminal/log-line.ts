import { z } from 'zod'
import type { Paint } from './create-paint.ts'
import { fitText } from './fit-text.ts'
import { sanitiseTerminal } from './sanitise-terminal.ts'

const record = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().default(''),
  err: z.looseObject({ message: z.string(), code: z.unknown().optional(), stack: z.string().optional() }).optional(),
})

// Of no use to who sits before the one process that says it; a plan needs more than a line.
const leftOut = new Set(['level', 'time', 'msg', 'err', 'pid', 'hostname', 'plan'])
const error = 50
const warning = 40

interface LineLook {
  paint: Paint
  /** Of the terminal. What a record adds to its sentence is cut there; the sentence is whole. */
  columns: number
}

/** One record of the log, JSON as pino writes it, as one line for a person; text in it can't give the terminal orders. What is no record stays as it is. */
export function logLine(json: string, { paint, columns }: LineLook): string {
  const parsed = record.safeParse(parse(json))
  if (!parsed.success) return sanitiseTerminal(json.trimEnd())
  const { level, time, msg, err, ...rest } = parsed.data
  const sentence = sanitiseTerminal([sayLevel(level), msg, err === undefined ? '' : sayError(err, level)].join(''))
  const head = `${new Date(time).toTimeString().slice(0, 8)} ${sentence}`
  const facts = Object.entries(rest)
    .filter(([name]) => !leftOut.has(name))
    .map(([name, value]) => sayFact(name, value))
    .join(', ')
  const room = Math.max(0, columns - head.length - 2)
  const colour = level >= error ? paint.bad : level >= warning ? paint.warn : paint.dim
  return facts === '' || room < 8
    ? colour(head)
    : `${colour(head)}  ${paint.dim(fitText(sanitiseTerminal(facts), room))}`
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function sayLevel(level: number): string {
  if (level >= error) return 'Error: '
  return level >= warning ? 'Warning: ' : ''
}

/** Its code, and where nobody foresaw it, the place in the program. */
function sayError({ message, code, stack }: NonNullable<z.infer<typeof record>['err']>, level: number): string {
  const known = typeof code === 'string' ? ` [${code}]` : ''
  const place = level >= error ? /\n\s+(at .+)/.exec(stack ?? '')?.[1] : undefined
  return `: ${message}${known}${place === undefined ? '' : ` (${place})`}`
}

function sayFact(name: string, value: unknown): string {
  if (name === 'ms') return `${String(value)} ms`
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value)
  return name === 'sql' ? text.replaceAll('"', '') : `${name} ${text}`
}
