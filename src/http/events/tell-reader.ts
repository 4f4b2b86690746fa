import type { ServerResponse } from 'node:http'

// Bytes. More than a browser is ever behind by, unless it does not read at all.
const mostWaiting = 1_000_000

/**
 * Writes to somebody who listens, as much as there is to tell at once. Who does not read what they are sent is cut off rather than kept in memory without end: they come back with
 * Last-Event-ID, and are told what they missed.
 */
export function tellReader(
  response: Pick<ServerResponse, 'writableLength' | 'destroyed' | 'destroy' | 'write'>,
  text: string,
): void {
  if (response.destroyed) return
  if (response.writableLength > mostWaiting) response.destroy()
  else response.write(text)
}
