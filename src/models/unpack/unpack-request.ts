export interface UnpackRequest {
  /** The archive. */
  path: string
  kind: 'tar.bz2' | 'tar.gz' | 'tar' | 'zip'
  /** An existing, empty folder. */
  to: string
  /** Folders to leave out at the start of each path in it. */
  strip: number
  /** Names of the files to keep, after `strip`; everything else is looked at and left out. */
  keep: ReadonlySet<string>
  /** Most bytes it may have unpacked, kept or not. */
  mostBytes: number
  signal: AbortSignal
  /** Bytes of the archive read so far. */
  onProgress?: (bytes: number) => void
}

/** Most entries an archive may have. Models have a dozen. */
export const mostEntries = 10_000
