/** A program we started. */
export interface ChildProcess {
  pid: number
  /** The whole command line, for people and for recognising it later. */
  command: string
}

/**
 * Remembers the programs we started, so that after a crash of ours the next process can end them. `started` is called as
 * soon as there is a process id; when it fails, the program is ended and the failure is thrown. `ended` is called once it is gone.
 */
export interface ChildProcessLedger {
  started(child: ChildProcess): Promise<void> | void
  ended(child: ChildProcess): Promise<void> | void
}
