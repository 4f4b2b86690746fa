import type { Progress } from '../../domain/run.ts'
import type { SourceNotes } from '../../domain/source-notes.ts'
import type { ChildProcessLedger } from '../../media/child-process-ledger.ts'

export interface LinkRequest {
  /** http or https. May hold a password or a key: it is shown by `showUrl` only. */
  url: string
  /** Of a feed: `1` is the newest, other text is looked for in the titles. */
  episode?: string | undefined
  /** Where the recording is to be, as `placeOfLink` says. */
  to: string
}

export interface FetchOptions {
  signal: AbortSignal
  onProgress: (progress: Progress) => void
  /** Remembers the programs that are started. */
  ledger: ChildProcessLedger
}

/** A recording that was on the internet and is now on this disk. */
export interface FetchedRecording {
  /** As its publisher has it; null when nobody said. */
  title: string | null
  /** As the server names the file; null when it does not. */
  name: string | null
  /** SHA-256 of the file, in hexadecimal. */
  sha256: string
  /** Whether it was here already, and is still the same there. */
  reused: boolean
  notes: SourceNotes
  /** What a person should know, in sentences. */
  warnings: string[]
}

/** Someone who brings the recording behind a link onto this disk. */
export interface Downloader {
  /**
   * Brings it to `to`, whole or not at all. An interrupted download goes on where it stopped when it is asked for again;
   * what is here already and has not changed there is not fetched again. Two processes that ask for the same wait for each other.
   * @throws AppError whose `retry` says whether trying again can help; the signal's reason when aborted
   */
  fetchRecording(request: LinkRequest, options: FetchOptions): Promise<FetchedRecording>
  /** The same for a transcript: at most 50 MB, nothing is looked for in a page. */
  fetchTranscript(request: Omit<LinkRequest, 'episode'>, options: FetchOptions): Promise<void>
  /** Removes what was brought to `to`: it turned out to be of no use. */
  discard(to: string): Promise<void>
}
