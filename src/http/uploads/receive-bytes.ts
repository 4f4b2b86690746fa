import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { AppError } from '../../domain/app-error.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { UploadChecksumWrong, UploadCut } from './upload-errors.ts'

/** A checksum of the bytes of one request, as tus says it: `sha1 base64`. */
export interface Checksum {
  algorithm: string
  base64: string
}

interface Receiving {
  body: Readable
  /** An existing file. */
  path: string
  /** Where the bytes belong; what lies behind it in the file is of a request that was cut, and goes. */
  from: number
  /** Most bytes that may come, and what is thrown when more do. */
  most: number
  tooMany: () => AppError
  checksum?: Checksum | undefined
  /** Ends it; what has come is kept. */
  signal: AbortSignal
  /** The bytes up to here are on the disk for certain. */
  keep: (offset: number) => Promise<void>
}

// After so many bytes or so long what has come is made certain: a crash costs no more than that. Seldom enough not to slow the disk.
const keepEvery = { bytes: 16 * 1024 * 1024, ms: 1000 }
// Nobody sends for so long: the other side is gone.
const patienceMs = 60_000

/**
 * Writes what comes to a file, piece by piece, and returns where the file ends then. When the connection breaks, what has come is kept; with a
 * checksum all of it counts or none.
 * @throws UploadCut | UploadChecksumWrong | NoSpace, `tooMany`'s, or the signal's reason
 */
export async function receiveBytes(receiving: Receiving): Promise<number> {
  const { path, from, checksum, keep } = receiving
  await using file = await open(path, 'r+')
  await file.truncate(from)
  const hash = checksum && createHash(checksum.algorithm)
  const state = { at: from, kept: from, keptAt: performance.now() }
  const keepAll = async () => {
    if (state.at === state.kept) return
    await file.datasync()
    await keep(state.at)
    Object.assign(state, { kept: state.at, keptAt: performance.now() })
  }
  const undo = async () => {
    await file.truncate(from)
    if (state.kept !== from) await keep(from)
  }
  try {
    for await (const chunk of chunksOf(receiving)) {
      if (state.at + chunk.length > from + receiving.most) throw receiving.tooMany()
      await writeAll(file, chunk, state.at)
      state.at += chunk.length
      hash?.update(chunk)
      const isDue = state.at - state.kept >= keepEvery.bytes || performance.now() - state.keptAt >= keepEvery.ms
      if (!hash && isDue) await keepAll()
    }
    if (hash && hash.digest('base64') !== checksum?.base64) throw new UploadChecksumWrong(checksum?.algorithm ?? '')
    await keepAll()
    return state.at
  } catch (error) {
    const isRefused = error instanceof AppError && !(error instanceof UploadCut) && error !== receiving.signal.reason
    // What can't be kept is sent again.
    await (hash || isRefused ? undo() : keepAll()).catch(() => undefined)
    throw asNoSpace(error)
  }
}

/** Leaves the stream open when it ends early, so that there is still somebody to answer. */
async function* chunksOf({ body, signal }: Receiving): AsyncGenerator<Buffer> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new UploadCut()), patienceMs)
  const stop = AbortSignal.any([signal, silence.signal])
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason as Error))
  })
  stopped.catch(() => undefined)
  const chunks = body.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      stop.throwIfAborted()
      const next = await Promise.race([chunks.next(), stopped])
      if (next.done === true) return
      timer.refresh()
      yield next.value as Buffer
    }
  } catch (error) {
    throw stop.aborted || error instanceof AppError ? error : new UploadCut(error)
  } finally {
    clearTimeout(timer)
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten
  }
}
