import { z } from 'zod'
import type { Rendering } from '../../library/renderings.store.ts'
import { renderingReport } from '../../pipeline/rendering-files.ts'

export const renderingFilesView = z.object({
  video: z.string().describe('Path of the file; takes Range.'),
  thumbnail: z.string(),
  captionFiles: z.object({ srt: z.string(), vtt: z.string() }),
})

export function filesOf(key: string): z.infer<typeof renderingFilesView> {
  const file = (ending: string) => `/api/v1/renderings/${key}.${ending}`
  return { video: file('mp4'), thumbnail: file('jpg'), captionFiles: { srt: file('srt'), vtt: file('vtt') } }
}

const check = z.object({
  name: z.string(),
  status: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string().describe('What was found, in a sentence.'),
})

export const renderingView = renderingFilesView
  .extend({
    key: z.string().describe('Names it by everything that went in: the same key, the same bytes.'),
    sha256: z.string(),
    duration: z.number().describe('Seconds.'),
    width: z.int(),
    height: z.int(),
    sizeBytes: z.int(),
    loudness: z.number().nullable().describe('LUFS; null when it is silent.'),
    startsAt: z.number().describe('Where the clip begins in its file, seconds: after an intro.'),
    warnings: z.array(z.string()),
    checks: z.array(check).describe('What the quality gate looked at.'),
    repaired: z.boolean().describe('It failed a check at first, and was made again.'),
  })
  .meta({ id: 'Rendering' })

export function toRenderingView(rendering: Rendering): z.infer<typeof renderingView> {
  const { key, sha256, duration, width, height, sizeBytes } = rendering
  const report = renderingReport.safeParse(rendering.report).data
  return {
    key,
    sha256,
    duration,
    width,
    height,
    sizeBytes,
    ...filesOf(key),
    loudness: report?.loudness ?? null,
    startsAt: report?.startsAt ?? 0,
    warnings: report?.warnings ?? [],
    ...qualityOf(report?.quality),
  }
}

const quality = z.object({ checks: z.array(check), repaired: z.boolean().default(false) })

/** Reports of older versions say it otherwise, or not at all. */
function qualityOf(report: unknown): z.infer<typeof quality> {
  return quality.safeParse(report).data ?? { checks: [], repaired: false }
}
