import { z } from 'zod'
import { defineJob } from '../../queue/define-job.ts'

/** Transcript and analysis → ranked moments. */
export const detect = defineJob({ name: 'detect' })

export const detectOutput = z.object({ detectionId: z.uuid() })
