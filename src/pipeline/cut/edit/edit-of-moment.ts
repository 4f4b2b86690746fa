import type { Aspect, CaptionStyle } from '../../../domain/clip.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { type ClipEditVersion, getClipEdits } from '../../../library/clip-edits.store.ts'
import type { Recording } from '../../../library/recordings.store.ts'
import { type ClipChanges, clipChanges, entryFor, likeness } from '../../clip-changes.ts'
import type { StepContext } from '../../engine/step-context.ts'
import type { SceneOverride } from '../../framing-overrides.ts'
import { pinOf } from '../../recording-of.ts'
import { readSource } from '../../source-file.ts'
import { type GuessLanguage, type PlannedEdit, planEdit } from './plan-edit.ts'

/** Moments that are so much alike are one clip: a detection with other settings moves a border by a sentence. */
const sameClip = 0.8

export interface EditOfMoment extends PlannedEdit {
  /** Of the moment the clip was first made of: what it is known by, in all its versions. */
  span: TimeRange
  /** Where the camera looks, as far as a person decided it for this clip. */
  overrides: SceneOverride[]
  /** How it looks: as decided for this clip, else as for the run. */
  look: { aspect: Aspect; captions: CaptionStyle }
}

/** The edit of a moment's clip: with what the run says about it, else with what a person changed about it before. */
export async function editOfMoment(
  context: StepContext,
  { recording, moment, guessLanguage }: { recording: Recording; moment: TimeRange; guessLanguage: GuessLanguage },
): Promise<EditOfMoment> {
  const { db, media, settings } = context
  const { changes, span, strict } = await changesOf(context, { recording, moment })
  const plan = (path: string) => {
    return planEdit({
      db,
      media,
      source: { path, info: recording.info },
      transcriptId: pinOf(context, 'transcriptId'),
      moment,
      changes,
      strict,
      tighten: settings.tighten ?? [],
      zoom: settings.tightenZoom ?? null,
      guessLanguage,
      minSeconds: settings.minSeconds,
    })
  }
  const listens = changes !== null || (settings.tighten ?? []).length > 0
  const planned = await (listens ? readSource(db, recording, plan) : plan(recording.path))
  const { aspect = settings.aspect, captions = settings.captions } = changes ?? {}
  return { ...planned, span, overrides: changes?.framing ?? [], look: { aspect, captions } }
}

interface KnownChanges {
  changes: ClipChanges | null
  span: TimeRange
  strict: boolean
}

async function changesOf(
  { db, settings }: StepContext,
  { recording, moment }: { recording: Recording; moment: TimeRange },
): Promise<KnownChanges> {
  const span = { start: moment.start, end: moment.end }
  const given = entryFor(settings.edits ?? [], span)
  if (given) {
    const { start: _start, end: _end, ...changes } = given
    return { changes, span, strict: true }
  }
  const stored = editLike(await getClipEdits(db, recording.id), span)
  if (!stored) return { changes: null, span, strict: false }
  const changes = clipChanges.parse(stored.changes)
  return { changes: Object.keys(changes).length === 0 ? null : changes, span: stored.span, strict: false }
}

/** The changes of the clip that a span is, or null. */
export function editLike(edits: readonly ClipEditVersion[], span: TimeRange): ClipEditVersion | null {
  const best = edits
    .map((edit) => ({ edit, like: likeness(edit.span, span) }))
    .reduce((a, b) => (b.like > a.like ? b : a), { edit: null as ClipEditVersion | null, like: 0 })
  return best.like >= sameClip ? best.edit : null
}
