export interface HealthPart {
  name: string
  /** `degraded`: it works, but less well or not for long; `broken`: nothing can be done without it. */
  status: 'ok' | 'degraded' | 'broken'
  /** In words. */
  says: string
}
