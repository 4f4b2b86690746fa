import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Parser, type ReadEntry } from 'tar'
import { safeEntryPath, shown } from './safe-entry.ts'
import { mostEntries, type UnpackRequest } from './unpack-request.ts'

/** Plain files, in the names tar has had for them. */
const plainTypes = new Set(['File', 'OldFile', 'ContiguousFile'])
/** What pads and describes entries: a header each, and names longer than one block. */
const overhead = 1 << 20

/** A tar that comes through `unpackers` (gunzip, unbzip2). */
export async function unpackTar(
  source: Readable,
  unpackers: NodeJS.ReadWriteStream[],
  { to, strip, keep, mostBytes, signal }: UnpackRequest,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const written: Promise<void>[] = []
  let entries = 0
  const refuse = (reason: string): void => stop.abort(new Error(reason))
  const take = (entry: ReadEntry): void => {
    try {
      if (++entries > mostEntries) throw new Error('it has more entries than any model')
      const parts = safeEntryPath(entry.path, strip)
      if (entry.type === 'Directory') return entry.resume()
      if (!plainTypes.has(entry.type)) throw new Error(`it holds a link or a device: ${shown(entry.path)}`)
      if (!parts || parts.length !== 1 || !keep.has(parts[0] ?? '')) return entry.resume()
      const file = pipeline(
        entry as unknown as NodeJS.ReadableStream,
        createWriteStream(join(to, parts[0] ?? ''), { flags: 'wx' }),
        {
          signal: either,
        },
      )
      // It is waited for at the end; until then nobody does.
      file.catch((error: unknown) => stop.abort(error))
      written.push(file)
    } catch (error) {
      stop.abort(error)
      entry.resume()
    }
  }
  const parser = new Parser({ strict: true, onReadEntry: take })
  try {
    const stages = [
      source,
      ...unpackers,
      counter(mostBytes + overhead, refuse),
      parser as unknown as NodeJS.WritableStream,
    ]
    await pipeline(stages as [Readable, NodeJS.WritableStream], { signal: either })
    await Promise.all(written)
  } catch (error) {
    signal.throwIfAborted()
    throw stop.signal.aborted ? stop.signal.reason : error
  }
  if (entries === 0) throw new Error('it is no archive, or an empty one')
}

function counter(most: number, refuse: (reason: string) => void): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > most) {
        refuse('it unpacks to far more than the model has')
        return done(new Error('too much'))
      }
      done(null, chunk)
    },
  })
}
