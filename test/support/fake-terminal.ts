import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'

/**
 * A stream that says it is a terminal (unless `columns` is null) and remembers what it was told. It has all that is read
 * of one; a real tty stream needs a terminal, which a test run has not.
 */
export function fakeTerminal(columns: number | null): { stream: WriteStream; written: string[] } {
  const written: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, callback) {
      written.push(String(chunk))
      callback()
    },
  })
  if (columns !== null) Object.assign(stream, { isTTY: true, columns, rows: 24 })
  return { stream: stream as unknown as WriteStream, written }
}
