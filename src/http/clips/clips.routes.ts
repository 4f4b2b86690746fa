import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { findEditRun, listMadeVersions, type MadeVersion } from '../../library/clip-history.store.ts'
import { getListedClip } from '../../library/listed-clips.store.ts'
import type { App, HttpParts } from '../app.ts'
import { NotFound } from '../problem.ts'
import {
  detailedClip,
  editHistoryView,
  toDetailedClip,
  toEditHistoryView,
  toVersionView,
  versionView,
} from './clips.schema.ts'
import { findEditableClip } from './edit-clip.ts'
import { editorView, toEditorView } from './editor-view.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['clips']
const viewer = { may: 'viewer' } as const

/** Clips: what each plays and why, what it was before, and all that an editor needs. */
export function clipRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/clips/:id',
    { config: viewer, schema: { tags, summary: 'One clip', params: byId, response: { 200: detailedClip } } },
    async ({ params: { id } }) => {
      const clip = await getListedClip(db, id)
      const run = await findEditRun(db, { clipId: id, rank: clip.moment?.rank ?? 0 })
      return toDetailedClip(clip, { shown: await shownVersion(db, id), run })
    },
  )
  app.get(
    '/api/v1/clips/:id/versions',
    {
      config: viewer,
      schema: {
        tags,
        summary: 'Everything it ever was, the one that is shown first, each with its file and what the gate found',
        params: byId,
        response: { 200: z.object({ items: z.array(versionView) }) },
      },
    },
    async ({ params: { id } }) => {
      await getListedClip(db, id)
      return { items: (await listMadeVersions(db, id)).map(toVersionView) }
    },
  )
  app.get(
    '/api/v1/clips/:id/edits',
    {
      config: viewer,
      schema: {
        tags,
        summary: 'What people changed about it, the newest first; edits that were taken back are left out',
        params: byId,
        response: { 200: z.object({ items: z.array(editHistoryView) }) },
      },
    },
    async ({ params: { id } }) => {
      const { versions } = await findEditableClip(db, id)
      return { items: versions.toReversed().map(toEditHistoryView) }
    },
  )
  app.get(
    '/api/v1/clips/:id/edit',
    {
      config: viewer,
      schema: {
        tags,
        summary: 'For an editor: what it plays, every word and whether it is heard, where the camera looks and why',
        params: byId,
        response: { 200: editorView },
      },
    },
    async ({ params: { id } }) => {
      const clip = await findEditableClip(db, id)
      const run = await findEditRun(db, { clipId: id, rank: clip.moment.rank })
      return toEditorView(db, { clipId: id, clip, shown: await shownVersion(db, id), run })
    },
  )
}

async function shownVersion(db: Kysely<Tables>, clipId: string): Promise<MadeVersion> {
  const [shown] = await listMadeVersions(db, clipId)
  if (shown === undefined) throw new NotFound('This clip')
  return shown
}
