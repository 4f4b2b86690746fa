import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/**
 * Structured log on standard error (standard output belongs to results). `error` wakes a person, `warn` is tomorrow's
 * look, `info` tells the story once per job, `debug` is for us. Secrets never go in; the usual names are redacted as a net.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      redact: { paths: ['*.password', '*.apiKey', '*.authorization', '*.connectionString'], censor: '[redacted]' },
    },
    destination,
  )
}
