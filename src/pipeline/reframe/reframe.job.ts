import { z } from 'zod'
import { aspects } from '../../domain/clip.ts'
import { defineJob } from '../../queue/define-job.ts'

/** A moment → where the camera looks, scene by scene. */
export const reframe = defineJob({ name: 'reframe' })

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
const move = z.object({ time: z.number(), seconds: z.number().positive(), x: z.number(), y: z.number() })

/** Where a face is seen for a while: seconds of the recording, pixels of its displayed picture from the top left. */
const faceSight = z.object({
  start: z.number(),
  end: z.number(),
  x: z.number(),
  y: z.number(),
  w: z.number().positive(),
  h: z.number().positive(),
})
export type FaceSight = z.infer<typeof faceSight>

export const reframeOutput = z.object({
  /** All faces that matter, whatever part of the picture is shown; absent where nobody looked. */
  faces: z.array(faceSight).optional(),
  framing: z.object({
    aspect: z.enum(aspects),
    scenes: z.array(
      z.object({
        start: z.number(),
        end: z.number(),
        kind: z.enum(['crop', 'split', 'blurred-fit', 'card']),
        crop: box.nullable(),
        moves: z.array(move).optional(),
        panels: z.array(box).length(2).optional(),
        faces: z.number().int().optional(),
        by: z.literal('hand').optional(),
        reason: z.string(),
      }),
    ),
  }),
})
