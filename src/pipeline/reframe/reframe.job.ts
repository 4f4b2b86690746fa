import { z } from 'zod'
import { aspects } from '../../domain/clip.ts'
import { defineJob } from '../../queue/define-job.ts'

/** A moment → where the camera looks, scene by scene. */
export const reframe = defineJob({ name: 'reframe' })

export const reframeOutput = z.object({
  framing: z.object({
    aspect: z.enum(aspects),
    scenes: z.array(
      z.object({
        start: z.number(),
        end: z.number(),
        kind: z.enum(['crop', 'blurred-fit', 'card']),
        crop: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
        reason: z.string(),
      }),
    ),
  }),
})
