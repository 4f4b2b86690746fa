import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../domain/app-error.ts'
import { saveClipEdit, takeBackClipEdit } from '../../../library/clip-edits.store.ts'
import { createMedia } from '../../../media/create-media.ts'
import type { MediaTools } from '../../../media/media-tools.ts'
import { type ClipChanges, clipChanges } from '../../clip-changes.ts'
import type { RunSettings } from '../../run-settings.ts'
import { readSource } from '../../source-file.ts'
import type { Editable } from './editable-clip.ts'
import { type GuessLanguage, type PlannedEdit, planEdit } from './plan-edit.ts'

export class NothingToUndo extends AppError {
  readonly code = 'NOTHING_TO_UNDO'
  constructor() {
    super('Nobody has edited this clip, or all edits were taken back.')
  }
}

/** What is to be stored about a clip: new changes, or a version to take back. */
export interface PlannedChange {
  changes: ClipChanges
  /** Id of a stored version; null to store `changes`, undefined where neither is to be done. */
  takeBack: number | null | undefined
}

/** What takes the newest edit of a clip back. @throws NothingToUndo */
export function undoneChange({ versions, given }: Pick<Editable, 'versions' | 'given'>): PlannedChange {
  const [last, before] = [versions.at(-1), versions.at(-2)]
  // An edits file stands before what is stored: without it that counts again.
  if (given) return { changes: parsed(last?.changes), takeBack: undefined }
  if (!last) throw new NothingToUndo()
  return { changes: parsed(before?.changes), takeBack: last.id }
}

const parsed = (changes: unknown): ClipChanges => clipChanges.parse(changes ?? {})

interface Planning {
  db: Kysely<Tables>
  tools: MediaTools
  clip: Editable
  changes: ClipChanges
  guessLanguage: GuessLanguage
  signal: AbortSignal
  /** Words that are not said are refused. */
  strict?: boolean
}

/** What a clip would play with these changes; all that can be wrong with them is found here. @throws EditUnusable */
export async function planChange(planning: Planning): Promise<PlannedEdit> {
  const { db, tools, clip, changes, guessLanguage, signal, strict = false } = planning
  const { recording, transcriptId, moment, settings } = clip
  return readSource(db, recording, (path) =>
    planEdit({
      db,
      media: createMedia({ tools, signal }),
      source: { path, info: recording.info },
      transcriptId,
      moment,
      changes: Object.keys(changes).length === 0 ? null : changes,
      strict,
      tighten: settings.tighten ?? [],
      zoom: settings.tightenZoom ?? null,
      guessLanguage,
      minSeconds: settings.minSeconds,
    }),
  )
}

/** Stores a change. The id of the version that was made; null where none was. */
export async function storeChange(
  db: Kysely<Tables>,
  { clip: { recording, span }, change, by }: { clip: Editable; change: PlannedChange; by: string },
): Promise<number | null> {
  const { changes, takeBack } = change
  if (takeBack === undefined) return null
  if (takeBack === null) return saveClipEdit(db, { recordingId: recording.id, span, changes, by })
  await takeBackClipEdit(db, { id: takeBack, by })
  return null
}

/** Settings of a run that makes the clip as it is stored: what an edits file says about it is in what is stored by now. */
export function settingsWithout(given: Editable['given'], settings: RunSettings): RunSettings {
  const edits = settings.edits?.filter((entry) => entry !== given)
  return { ...settings, ...(edits && { edits }) }
}
