import { createPaint, shouldColour } from '../create-paint.ts'
import { PlainProgressView } from './plain-progress-view.ts'
import { type ProgressView, SilentProgressView } from './progress-view.ts'
import { TerminalProgressView } from './terminal-progress-view.ts'

interface Streams {
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
}

/**
 * The view that fits where the output goes: nothing for `--json`, bars on a terminal, plain lines as soon as either
 * stream leads elsewhere. Progress is on standard error; standard output belongs to results.
 */
export function createProgressView({
  json,
  stdout = process.stdout,
  stderr = process.stderr,
}: { json: boolean } & Partial<Streams>): ProgressView {
  if (json) return new SilentProgressView()
  if (stdout.isTTY === true && canDraw(stderr)) {
    return new TerminalProgressView({ stream: stderr, paint: createPaint(shouldColour(stderr)) })
  }
  return new PlainProgressView({ write: (line) => stderr.write(`${line}\n`) })
}

/** A terminal that does not know its size (under `script`, in some containers) has no place for a bar. */
function canDraw({ isTTY, columns, rows }: NodeJS.WriteStream): boolean {
  return isTTY === true && columns > 0 && rows > 0
}
