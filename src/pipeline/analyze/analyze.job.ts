import { z } from 'zod'
import { defineJob } from '../../queue/define-job.ts'

/** A recording → what its picture and sound show: scenes, loudness, silences. */
export const analyze = defineJob({ name: 'analyze' })

export const analyzeOutput = z.object({ analysisId: z.uuid() })
