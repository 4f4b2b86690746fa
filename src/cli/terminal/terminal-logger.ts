import { pino } from 'pino'
import type { Settings } from '../../config/settings.ts'
import { createLogger, type Logger } from '../../observability/logger.ts'
import { createPaint, shouldColour } from './create-paint.ts'
import { logLine } from './log-line.ts'

// Where a terminal does not say how wide it is; some say 0.
const usualColumns = 100

/** The log of a command, on standard error: lines for a person at a terminal, JSON for whoever collects it; `LOG_FORMAT` decides otherwise. */
export function terminalLogger({ LOG_LEVEL, LOG_FORMAT }: Pick<Settings, 'LOG_LEVEL' | 'LOG_FORMAT'>): Logger {
  const { stderr } = process
  const isForPerson = LOG_FORMAT === 'lines' || (LOG_FORMAT === 'auto' && stderr.isTTY)
  if (!isForPerson) return createLogger(LOG_LEVEL)
  const paint = createPaint(shouldColour(stderr))
  // Unlike the stream of the process, it does not end the process when nobody reads any more.
  const out = pino.destination(2)
  return createLogger(LOG_LEVEL, {
    write: (json) => void out.write(`${logLine(json, { paint, columns: stderr.columns || usualColumns })}\n`),
  })
}
