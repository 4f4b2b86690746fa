/** Names one process beyond doubt: a pid alone is used again, a pid with its start time on one boot is not. */
export interface ProcessIdentity {
  host: string
  /** Changes with every boot of the machine. */
  bootId: string
  pid: number
  /** Opaque; ticks since boot on Linux, a date elsewhere. */
  startTime: string
}
