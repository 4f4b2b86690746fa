import { z } from 'zod'
import { defineJob } from '../../queue/define-job.ts'

/** A file → a recording: probed, hashed, known by its content. */
export const ingest = defineJob({ name: 'ingest', expireInSeconds: 4 * 3600 })

export const ingestOutput = z.object({ recordingId: z.uuid() })
