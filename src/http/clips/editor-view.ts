import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import type { SceneFraming } from '../../domain/clip.ts'
import { overlapOf, type TimeRange } from '../../domain/time-range.ts'
import type { Word } from '../../domain/transcript.ts'
import type { EditRun, MadeVersion } from '../../library/clip-history.store.ts'
import { getSegments } from '../../library/transcripts.store.ts'
import { clipChanges } from '../../pipeline/clip-changes.ts'
import type { Editable } from '../../pipeline/cut/edit/editable-clip.ts'
import { joinNear } from '../../pipeline/cut/edit/join-near.ts'
import { making, planView, toMaking, toPlanView } from './clips.schema.ts'
import { versionOf } from './edit-clip.ts'

// Seconds around what a clip plays, so that it can be made longer.
const around = 20

const seconds = z.number().describe('Seconds of the recording.')
const range = z.object({ start: seconds, end: seconds })
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

const scene = range.extend({
  kind: z.enum(['crop', 'split', 'blurred-fit', 'card']),
  crop: box.nullable().describe('Pixels of the recording.'),
  moves: z.array(z.object({ time: seconds, seconds: z.number(), x: z.number(), y: z.number() })),
  panels: z.array(box),
  faces: z.int().nullable(),
  byHand: z.boolean(),
  reason: z.string(),
})

const word = range.extend({
  text: z.string(),
  confidence: z.number().nullable(),
  timing: z.enum(['exact', 'estimated']),
  segment: z.int(),
  speaker: z.string().nullable(),
  state: z.enum(['played', 'removed', 'outside']),
  shown: z.string().nullable().describe('What the caption says instead, at the first word that was corrected.'),
})

export const editorView = z
  .object({
    clipId: z.uuid(),
    version: z.int().describe('Send it with an edit, so that nobody else’s is lost; 0 before the first one.'),
    changes: clipChanges.describe('All that was changed by hand until now.'),
    making: making.nullable().describe('How the newest of it stands; the plan is of what was last made.'),
    plan: planView,
    moment: range,
    recording: z.object({
      id: z.uuid(),
      duration: z.number().describe('Seconds.'),
      picture: z.object({ width: z.int(), height: z.int() }).nullable().describe('Pixels.'),
    }),
    words: z.array(word).describe(`What is said in it, and up to ${around} s around it.`),
    scenes: z.array(scene).describe('Where the camera looks, and why.'),
  })
  .meta({ id: 'ClipEditor' })

interface Looked {
  clipId: string
  clip: Editable
  shown: MadeVersion
  run: EditRun | null
}

/** All that somebody needs to edit a clip. */
export async function toEditorView(
  db: Kysely<Tables>,
  { clipId, clip, shown, run }: Looked,
): Promise<z.infer<typeof editorView>> {
  const { recording, moment, changes, transcriptId } = clip
  const { video } = recording.info
  return {
    clipId,
    version: versionOf(clip),
    changes,
    making: toMaking(run),
    plan: toPlanView(shown.edit),
    moment: { start: moment.start, end: moment.end },
    recording: {
      id: recording.id,
      duration: recording.duration,
      picture: video && { width: video.width, height: video.height },
    },
    words: await wordsAround(db, { transcriptId, edit: shown.edit }),
    scenes: shown.framing.scenes.map(toSceneView),
  }
}

async function wordsAround(
  db: Kysely<Tables>,
  { transcriptId, edit }: { transcriptId: string; edit: MadeVersion['edit'] },
): Promise<z.infer<typeof word>[]> {
  const removed = edit.removed ?? []
  const corrections = edit.corrections ?? []
  const wide = joinNear(
    [...edit.ranges, ...removed].map(({ start, end }) => ({ start: Math.max(0, start - around), end: end + around })),
  )
  const seen = new Set<number>()
  const words: z.infer<typeof word>[] = []
  for (const range of wide) {
    for (const segment of await getSegments(db, transcriptId, range)) {
      if (seen.has(segment.ordinal)) continue
      seen.add(segment.ordinal)
      for (const said of segment.words) {
        const corrected = corrections.find(({ start }) => Math.abs(start - said.start) < 0.001)
        words.push({
          ...wordOf(said),
          segment: segment.ordinal,
          speaker: segment.speaker,
          state: isMostlyIn(said, removed) ? 'removed' : isMostlyIn(said, edit.ranges) ? 'played' : 'outside',
          shown: corrected?.text ?? null,
        })
      }
    }
  }
  return words
}

function wordOf({ text, start, end, confidence, timing }: Word) {
  return { text, start, end, confidence, timing }
}

function isMostlyIn(word: TimeRange, ranges: readonly TimeRange[]): boolean {
  return 2 * ranges.reduce((sum, range) => sum + overlapOf(word, range), 0) >= word.end - word.start
}

function toSceneView({
  start,
  end,
  kind,
  crop,
  moves,
  panels,
  faces,
  by,
  reason,
}: SceneFraming): z.infer<typeof scene> {
  return {
    start,
    end,
    kind,
    crop,
    moves: moves ?? [],
    panels: panels ?? [],
    faces: faces ?? null,
    byHand: by === 'hand',
    reason,
  }
}
