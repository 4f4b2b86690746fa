import { createPaint, shouldColour } from '../terminal/create-paint.ts'
import { PlainProgressView } from './plain-progress-view.ts'
import { type ProgressView, SilentProgressView } from './progress-view.ts'
import { TerminalProgressView } from './terminal-progress-view.ts'

/** Bars on a terminal, lines in a pipe, nothing beside a JSON document. */
export function createProgressView({ json, stream }: { json: boolean; stream: NodeJS.WriteStream }): ProgressView {
  if (json) return new SilentProgressView()
  if (canDraw(stream)) return new TerminalProgressView({ stream, paint: createPaint(shouldColour(stream)) })
  return new PlainProgressView({ write: (line) => void stream.write(`${line}\n`) })
}

/** A terminal that does not know its size (under `script`, in some containers) has no place for a bar. */
function canDraw({ isTTY, columns, rows }: NodeJS.WriteStream): boolean {
  return isTTY === true && columns > 0 && rows > 0
}
