import { z } from 'zod'
import { aspects, captionStyles } from '../../domain/clip.ts'
import { genres, rungs } from '../../domain/moment.ts'
import { runStatuses } from '../../domain/run.ts'
import type { ListedClip } from '../../library/listed-clips.store.ts'
import { filesOf, renderingFilesView } from '../renderings/renderings.schema.ts'

export const recordingView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    duration: z.number().describe('Seconds.'),
    sizeBytes: z.int(),
    hasPicture: z.boolean(),
    createdAt: z.iso.datetime(),
    clips: z.int().describe('Clips that can be watched.'),
    latestRun: z.object({ id: z.uuid(), status: z.enum(runStatuses) }).nullable(),
  })
  .meta({ id: 'Recording' })

export const clipView = z
  .object({
    id: z.uuid(),
    recordingId: z.uuid(),
    title: z.string(),
    version: z.int(),
    aspect: z.enum(aspects),
    captions: z.enum(captionStyles),
    duration: z.number().describe('Seconds.'),
    width: z.int(),
    height: z.int(),
    sizeBytes: z.int(),
    createdAt: z.iso.datetime(),
    ...renderingFilesView.shape,
    moment: z
      .object({
        rank: z.int(),
        start: z.number().describe('Seconds of the recording.'),
        end: z.number(),
        score: z.number().min(0).max(1),
        confidence: z.number().min(0).max(1),
        genre: z.enum(genres),
        text: z.string().describe('What is said in it.'),
        reasons: z.array(z.object({ feature: z.string(), text: z.string(), weight: z.number() })),
        detector: z.object({ rung: z.enum(rungs), name: z.string(), version: z.string() }),
      })
      .nullable(),
  })
  .meta({ id: 'Clip' })

export function toClipView({ renderingKey, style, createdAt, moment, ...same }: ListedClip): z.infer<typeof clipView> {
  return {
    ...same,
    aspect: style.aspect,
    captions: style.captions,
    createdAt: createdAt.toISOString(),
    ...filesOf(renderingKey),
    moment,
  }
}
