import { pipeline, Readable, Transform, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { ServerNonsense } from './network-errors.ts'
import type { WebBody } from './web-body.ts'

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** Text packs to a tenth, a transcript in JSON to a thirtieth. A bomb is packed to a thousandth and less. */
const mostExpansion = 200
/** Below this nothing can hurt, and small texts pack well. */
const harmlessBytes = 10_000_000

/** Whether the bytes on the line are a packed copy of the file, by its Content-Encoding. Unknown ones name no packing. */
export function isPacked(encoding: string | undefined): boolean {
  return decoderOf(encoding) !== undefined
}

/**
 * The file in a body that was packed although nobody asked for it; the body itself when it was not. Unpacks as it is read.
 * @throws ServerNonsense from the stream, when it holds more than any honest file would
 */
export function decodeBody(
  body: WebBody,
  { encoding, url }: { encoding: string | undefined; url: URL },
): AsyncIterable<Buffer> {
  const decoder = decoderOf(encoding)
  if (decoder === undefined) return body
  const packed = countBytes()
  const unpacked = countBytes((bytes) => {
    if (bytes <= harmlessBytes || bytes <= packed.bytes() * mostExpansion) return null
    return new ServerNonsense(url, { problem: 'sends a packed file that unpacks to far more than it should' })
  })
  return pipeline(
    [Readable.from(body), packed.stream, decoder(), unpacked.stream],
    () => undefined,
  ) as unknown as Readable
}

function decoderOf(encoding: string | undefined): (() => Transform) | undefined {
  return decoders[encoding?.trim().toLowerCase() ?? '']
}

function countBytes(problem: (bytes: number) => Error | null = () => null): { stream: Transform; bytes: () => number } {
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.byteLength
      const error = problem(bytes)
      if (error === null) done(null, chunk)
      else done(error)
    },
  })
  return { stream, bytes: () => bytes }
}
