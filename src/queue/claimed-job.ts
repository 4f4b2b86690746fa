import { AppError } from '../domain/app-error.ts'

/** A job in our hands. `retryCount` names the attempt: everything said about the job carries it (fencing). */
export interface ClaimedJob {
  name: string
  id: string
  retryCount: number
}

export class ClaimLost extends AppError {
  readonly code = 'CLAIM_LOST'
  constructor(job: { name: string; id: string }) {
    super(`The ${job.name} job ${job.id} is no longer ours: it was cancelled or given to another worker.`)
  }
}
