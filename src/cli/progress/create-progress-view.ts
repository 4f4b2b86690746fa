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
  if (stdout.isTTY === true && stderr.isTTY === true) {
    return new TerminalProgressView({ stream: stderr, paint: createPaint(shouldColour(stderr)) })
  }
  return new PlainProgressView({ write: (line) => stderr.write(`${line}\n`) })
}
