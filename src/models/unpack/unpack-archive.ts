import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import unbzip2 from 'unbzip2-stream'
import type { UnpackRequest } from './unpack-request.ts'
import { unpackTar } from './unpack-tar.ts'
import { unpackZip } from './unpack-zip.ts'

/**
 * Unpacks the wanted files of an archive, streaming. Whatever is in it, nothing is written outside the folder: paths that lead out,
 * links and devices are refused, as is what unpacks to more than it should.
 * @throws Error with the reason, as a clause for a person; the signal's reason; the file system's failures
 */
export async function unpackArchive(request: UnpackRequest): Promise<void> {
  const { path, kind, signal, onProgress } = request
  if (kind === 'zip') return unpackZip(request)
  const source = createReadStream(path, { highWaterMark: 1 << 18, signal })
  let read = 0
  source.on('data', (chunk) => {
    read += chunk.length
    onProgress?.(read)
  })
  const unpackers = { 'tar.bz2': () => [unbzip2()], 'tar.gz': () => [createGunzip()], tar: () => [] }
  await unpackTar(source, unpackers[kind](), request)
}
