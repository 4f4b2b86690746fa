import { z } from 'zod'

/** Version 1 of the file that `--framing` names. */
export const framingSchemaName = 'clipwright.framing/1'

const share = z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1')
const seconds = z.number().min(0)
/** The middle of a box in shares of the picture: 0 is its left or upper border, 1 its right or lower one. */
const place = { x: share, y: share.optional(), zoom: z.number().min(1).max(8).optional() }
const during = { start: seconds, end: seconds, note: z.string().max(500).optional() }

/** What a person decided for a stretch of the recording; times in seconds of the recording. */
export const sceneOverride = z.discriminatedUnion('look', [
  z.strictObject({
    ...during,
    look: z.literal('at'),
    ...place,
    /** The camera goes on to these places, each in the middle of its glide at `time`. */
    moves: z
      .array(
        z.strictObject({
          time: seconds,
          x: share,
          y: share.optional(),
          seconds: z.number().min(0.2).max(20).optional(),
        }),
      )
      .max(100)
      .optional(),
  }),
  z.strictObject({ ...during, look: z.literal('fit') }),
  z.strictObject({ ...during, look: z.literal('split'), panels: z.array(z.strictObject(place)).length(2) }),
])

export const sceneOverrides = z
  .array(sceneOverride)
  .max(1000)
  .superRefine((scenes, context) => {
    for (const [i, scene] of scenes.entries()) {
      const say = (message: string) => context.addIssue({ code: 'custom', path: [i], message })
      if (!(scene.end > scene.start)) say(`ends at ${scene.end} s, which is not after its start at ${scene.start} s`)
      const before = scenes[i - 1]
      if (before && scene.start < before.end)
        say(`begins at ${scene.start} s, before the one above it ends (${before.end} s)`)
      if (scene.look === 'at' && scene.moves?.some(({ time }, j) => time < (scene.moves?.[j - 1]?.time ?? 0))) {
        say('has moves that are not in order of time')
      }
    }
  })

export const framingFile = z.strictObject({ schema: z.literal(framingSchemaName), scenes: sceneOverrides })

export type SceneOverride = z.infer<typeof sceneOverride>
export interface PlaceOverride {
  x: number
  y?: number | undefined
  zoom?: number | undefined
}
