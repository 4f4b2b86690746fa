import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { largestTranscriptBytes } from '../../pipeline/transcribe/decode-text.ts'
import { TranscriptNotFound, TranscriptUnreadable } from '../../pipeline/transcribe/transcript-errors.ts'

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
  await using file = await open(path).catch((cause: unknown) => {
    throw new TranscriptNotFound(path, cause)
  })
  const stats = await file.stat()
  // A pipe or a device could go on for ever.
  if (!stats.isFile()) throw new TranscriptUnreadable(basename(path), 'is not a file')
  if (stats.size > largestTranscriptBytes) throw new TranscriptUnreadable(basename(path), 'is larger than 50 MB')
  const bytes = await file.readFile({ signal })
  return { bytes, fingerprint: createHash('sha256').update(bytes).digest('hex') }
}
