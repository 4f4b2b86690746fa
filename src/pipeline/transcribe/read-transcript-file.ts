import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { largestTranscriptBytes } from './formats/decode-text.ts'
import { TranscriptNotFound, TranscriptUnreadable } from './transcript-errors.ts'

export interface TranscriptFile {
  bytes: Uint8Array
  /** SHA-256 of the bytes, in hexadecimal. */
  fingerprint: string
}

/**
 * The bytes of a transcript file, at most 50 MB.
 * @throws TranscriptNotFound when it cannot be opened; TranscriptUnreadable when it is a folder, a device, or too large
 * @throws the signal's reason when aborted
 */
export async function readTranscriptFile(path: string, signal: AbortSignal): Promise<TranscriptFile> {
  signal.throwIfAborted()
  await using file = await open(path, constants.O_RDONLY | withoutWaiting).catch((cause: unknown) => {
    throw new TranscriptNotFound(path, cause)
  })
  refuseNoFile(path, await file.stat())
  const bytes = await file.readFile({ signal })
  return { bytes, fingerprint: createHash('sha256').update(bytes).digest('hex') }
}

/** Whether a file is there that could be read, without reading it. @throws as `readTranscriptFile` */
export async function findTranscriptFile(path: string): Promise<void> {
  try {
    refuseNoFile(path, await stat(path))
    await access(path, constants.R_OK)
  } catch (cause) {
    throw cause instanceof TranscriptUnreadable ? cause : new TranscriptNotFound(path, cause)
  }
}

/** Opening a pipe would wait until somebody writes to it, and nothing could end that wait. Windows has no such flag. */
const withoutWaiting = constants.O_NONBLOCK ?? 0

/** A pipe or a device could go on for ever. */
function refuseNoFile(path: string, found: Stats): void {
  if (found.isDirectory()) throw new TranscriptUnreadable(basename(path), 'is a folder, not a file')
  if (!found.isFile()) throw new TranscriptUnreadable(basename(path), 'is not an ordinary file')
  if (found.size > largestTranscriptBytes) throw new TranscriptUnreadable(basename(path), 'is larger than 50 MB')
}
