import { z } from 'zod'
import { defineJob } from '../../queue/define-job.ts'

/** A moment and its framing → a clip and its rendering. */
export const cut = defineJob({ name: 'cut' })

export const cutOutput = z.object({ clipVersionId: z.uuid(), renderingKey: z.string() })
