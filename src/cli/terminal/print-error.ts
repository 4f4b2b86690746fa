import stringWidth from 'string-width'
import { commandName } from '../../config/command-name.ts'
import { AppError, type Evidence, toErrorRecord } from '../../domain/app-error.ts'
import { asCalled } from './as-called.ts'
import { createPaint, type Paint, shouldColour } from './create-paint.ts'
import { fitMiddle } from './fit-text.ts'
import { sanitiseTerminal, sanitiseTerminalLines } from './sanitise-terminal.ts'
import { wrapText } from './wrap-text.ts'

/** More of a tool's output scrolls the message away; all of it is in the database and in `--json`. */
const mostOutputLines = 12
const mostCommandLetters = 200
const unexpectedHint =
  'Nobody foresaw this. Give the command again; if it stays, report it with all that is printed here.'

interface ErrorLook {
  paint: Paint
  /** Of the terminal: longer lines break between words. As long as they are where nothing is told, as in a pipe. */
  columns?: number | undefined
  /** What a person types before a command, e.g. `npx clipwright`. */
  command?: string
}

/**
 * An error as lines for a person: what happened and its code, what to do, and what the failed tool left behind. An error
 * that is not one of ours is a mistake of ours and shows where it happened.
 */
export function describeError(
  thrown: unknown,
  { paint, columns = Number.POSITIVE_INFINITY, command = 'clipwright' }: ErrorLook,
): string[] {
  const { code, message, evidence, hint = code === 'UNEXPECTED' ? unexpectedHint : '' } = toErrorRecord(thrown)
  const linesOf = (text: string, indent: number) =>
    sanitiseTerminalLines(asCalled(text, command)).map((line) => wrapText(line, columns - indent))
  const [first = ['Something went wrong.'], ...others] = linesOf(message, 2)
  const [sentence = '', ...rest] = withCode(first.map(paint.bold), { code, paint, columns: columns - 2 })
  return [
    `${paint.bad('✗')} ${sentence}`,
    ...[rest, ...others].flat().map((line) => `  ${line}`),
    ...linesOf(hint, 4).flatMap(([start = '', ...more]) => [
      `  ${paint.accent('→')} ${start}`,
      ...more.map((line) => `    ${line}`),
    ]),
    ...(evidence === undefined ? [] : describeEvidence(evidence).map((line) => `    ${paint.dim(line)}`)),
    ...(thrown instanceof AppError ? [] : describeStack(thrown).map((line) => `    ${paint.dim(line)}`)),
  ]
}

/** The code ends the sentence, in its last line where it has room there. */
function withCode(
  lines: string[],
  { code, paint, columns }: { code: string; paint: Paint; columns: number },
): string[] {
  const known = paint.dim(`[${sanitiseTerminal(code)}]`)
  const last = `${lines.at(-1) ?? ''} ${known}`
  return stringWidth(last) <= columns ? [...lines.slice(0, -1), last] : [...lines, known]
}

function describeEvidence({ command, exitCode, signal, durationSeconds, output }: Evidence): string[] {
  const end = [
    typeof exitCode === 'number' ? `exit status ${exitCode}` : '',
    typeof signal === 'string' ? `ended by ${sanitiseTerminal(signal)}` : '',
    durationSeconds === undefined ? '' : `after ${durationSeconds.toFixed(1)} s`,
  ].filter((part) => part !== '')
  return [
    ...(command === undefined ? [] : [`$ ${fitMiddle(sanitiseTerminal(command), mostCommandLetters)}`]),
    ...(end.length === 0 ? [] : [end.join(', ')]),
    ...lastLines(output ?? ''),
  ]
}

function lastLines(output: string): string[] {
  const lines = sanitiseTerminalLines(output)
  return lines.length <= mostOutputLines ? lines : ['…', ...lines.slice(-mostOutputLines)]
}

/** Without its first lines, which repeat the message. */
function describeStack(thrown: unknown): string[] {
  if (!(thrown instanceof Error) || thrown.stack === undefined) return []
  const frames = sanitiseTerminalLines(thrown.stack).filter((line) => line.trimStart().startsWith('at '))
  return frames.slice(0, mostOutputLines).map((line) => line.trimStart())
}

/** The same for programs: `{ "error": { code, message, hint, evidence } }`, on one line. */
export function errorAsJson(thrown: unknown): string {
  const { code, message, hint, evidence } = toErrorRecord(thrown)
  return JSON.stringify({ error: { code, message, hint: hint ?? null, evidence: evidence ?? null } })
}

interface Output {
  write(text: string): unknown
  /** Of a terminal; a pipe has none. */
  columns?: number
}

interface PrintOptions {
  json: boolean
  paint?: Paint
  stdout?: Output
  stderr?: Output
}

/** Shows an error where it belongs: for a person on standard error, as `--json` on standard output, and nothing else. */
export function printError(
  thrown: unknown,
  {
    json,
    paint = createPaint(shouldColour(process.stderr)),
    stdout = process.stdout,
    stderr = process.stderr,
  }: PrintOptions,
): void {
  if (json) stdout.write(`${errorAsJson(thrown)}\n`)
  else
    stderr.write(
      `${describeError(thrown, { paint, columns: stderr.columns || undefined, command: commandName() }).join('\n')}\n`,
    )
}
