import { z } from 'zod'
import { defineJob } from '../../queue/define-job.ts'

/** A recording → its timed words. */
export const transcribe = defineJob({ name: 'transcribe' })

export const transcribeOutput = z.object({ transcriptId: z.uuid() })
