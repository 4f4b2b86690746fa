import { z } from 'zod'
import { aspects, audiogramLooks, type ClipEdit, type ClipStyle, captionStyles } from '../../domain/clip.ts'
import { hasRunEnded } from '../../domain/run.ts'
import type { ClipEditVersion } from '../../library/clip-edits.store.ts'
import type { EditRun, MadeVersion } from '../../library/clip-history.store.ts'
import type { ListedClip } from '../../library/listed-clips.store.ts'
import { clipChanges } from '../../pipeline/clip-changes.ts'
import { clipView, toClipView } from '../recordings/recordings.schema.ts'
import { renderingView, toRenderingView } from '../renderings/renderings.schema.ts'

const seconds = z.number().describe('Seconds of the recording.')
const range = z.object({ start: seconds, end: seconds })

export const planView = z
  .object({
    seconds: z.number().describe('How long it plays.'),
    ranges: z.array(range).describe('What it plays, in this order.'),
    removed: z.array(range.extend({ kind: z.enum(['words', 'filler', 'repeat', 'silence']), text: z.string() })),
    shortenedBy: z.number().describe('Seconds that were taken out.'),
    corrections: z.array(range.extend({ from: z.string(), text: z.string() })),
    zoom: z.number().nullable(),
    title: z.string().nullable(),
    notes: z.array(z.string()).describe('What was asked for and not done.'),
    byHand: z.boolean(),
  })
  .meta({ id: 'ClipPlan' })

export function toPlanView(edit: ClipEdit): z.infer<typeof planView> {
  return {
    seconds: edit.ranges.reduce((sum, { start, end }) => sum + end - start, 0),
    ranges: edit.ranges,
    removed: edit.removed ?? [],
    shortenedBy: edit.shortened ?? 0,
    corrections: edit.corrections ?? [],
    zoom: edit.zoom ?? null,
    title: edit.title ?? null,
    notes: edit.notes ?? [],
    byHand: edit.by === 'hand',
  }
}

export const making = z.object({
  runId: z.uuid(),
  state: z.enum(['making', 'made', 'failed', 'cancelled']),
  since: z.iso.datetime(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
})

export function toMaking(run: EditRun | null): z.infer<typeof making> | null {
  if (run === null) return null
  const { runId, status, createdAt, error } = run
  const ended = hasRunEnded(status) ? status : 'making'
  const state = ended === 'done' ? (error === null ? 'made' : 'failed') : ended
  return {
    runId,
    state,
    since: createdAt.toISOString(),
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
  }
}

export const detailedClip = clipView
  .extend({ plan: planView, making: making.nullable().describe('How the newest edit over HTTP stands.') })
  .meta({ id: 'DetailedClip' })

export function toDetailedClip(
  clip: ListedClip,
  { shown, run }: { shown: MadeVersion; run: EditRun | null },
): z.infer<typeof detailedClip> {
  return { ...toClipView(clip), plan: toPlanView(shown.edit), making: toMaking(run) }
}

const style = z.object({
  aspect: z.enum(aspects),
  captions: z.enum(captionStyles),
  audiogram: z.enum(audiogramLooks).nullable(),
  branded: z.boolean(),
  denoise: z.boolean(),
  deEss: z.boolean(),
  music: z.boolean(),
})

/** Without where files of a brand or music lie on the server. */
function toStyleView({ aspect, captions, audiogram, brand, sound }: ClipStyle): z.infer<typeof style> {
  return {
    aspect,
    captions,
    audiogram: audiogram ?? null,
    branded: brand !== undefined,
    denoise: sound?.denoise ?? false,
    deEss: sound?.deEss ?? false,
    music: sound?.music !== undefined,
  }
}

export const versionView = z
  .object({
    version: z.int().describe('1 is how it was first made.'),
    isShown: z.boolean().describe('The one last made: what the clip is now.'),
    createdAt: z.iso.datetime(),
    by: z.string(),
    style,
    plan: planView,
    rendering: renderingView.nullable().describe('Null where there is no file.'),
  })
  .meta({ id: 'ClipVersion' })

/** `index` is its place in the list, of which the first is shown. */
export function toVersionView(made: MadeVersion, index: number): z.infer<typeof versionView> {
  return {
    version: made.version,
    isShown: index === 0 && made.rendering !== null,
    createdAt: made.createdAt.toISOString(),
    by: made.by,
    style: toStyleView(made.style),
    plan: toPlanView(made.edit),
    rendering: made.rendering && toRenderingView(made.rendering),
  }
}

export const editHistoryView = z
  .object({ id: z.int(), at: z.iso.datetime(), by: z.string(), changes: clipChanges })
  .meta({ id: 'ClipEdit' })

export function toEditHistoryView({ id, at, by, changes }: ClipEditVersion): z.infer<typeof editHistoryView> {
  return { id, at: at.toISOString(), by, changes: clipChanges.parse(changes) }
}
