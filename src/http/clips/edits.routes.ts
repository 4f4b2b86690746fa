import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { clipChanges } from '../../pipeline/clip-changes.ts'
import { changeClip } from '../../pipeline/cut/edit/change-clip.ts'
import { undoneChange } from '../../pipeline/cut/edit/plan-change.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { onceHeaders } from '../plugins/once.ts'
import { NotFound } from '../problem.ts'
import { untilGone } from '../until-gone.ts'
import { askedEdit, restoring, toAskedEdit, undoing, wholeEdit } from './clip-changes.schema.ts'
import { planView, toPlanView } from './clips.schema.ts'
import { type EditBegun, editClip, planEditing } from './edit-clip.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['clips']
const editor = { may: 'editor' } as const
const once = { ...editor, once: true } as const

const begun = z
  .object({
    runId: z.uuid().describe('That makes the clip; Location is the same.'),
    version: z.int().describe('To be sent with the next edit.'),
    plan: planView,
  })
  .meta({ id: 'EditBegun' })

/** A clip changed by hand: each edit is stored and begins the run that makes the clip anew. */
export function editRoutes(app: App, parts: HttpParts): void {
  app.post(
    '/api/v1/clips/:id/edits',
    {
      config: once,
      schema: {
        tags,
        summary: 'Change a clip, beside what was changed before',
        description: 'A run that an earlier edit began, and that is still at work, ends: the new one makes it all.',
        headers: onceHeaders,
        params: byId,
        body: askedEdit,
        response: { 202: begun },
      },
    },
    async ({ params: { id: clipId }, body }, reply) => {
      const result = await editClip(parts, {
        clipId,
        by: callerId(reply.request),
        lookedAt: body.version,
        signal: untilGone(reply),
        change: ({ changes, moment }) => ({
          changes: changeClip(changes, toAskedEdit(body), moment),
          takeBack: null,
          strict: true,
        }),
      })
      return answer(reply, result)
    },
  )
  app.post(
    '/api/v1/clips/:id/edits/preview',
    {
      config: editor,
      schema: {
        tags,
        summary: 'What an edit would play; nothing is stored',
        params: byId,
        body: askedEdit,
        response: { 200: planView },
      },
    },
    async ({ params: { id: clipId }, body }, reply) => {
      const { plan } = await planEditing(parts, {
        clipId,
        lookedAt: body.version,
        signal: untilGone(reply),
        change: ({ changes, moment }) => ({
          changes: changeClip(changes, toAskedEdit(body), moment),
          takeBack: null,
          strict: true,
        }),
      })
      return toPlanView(plan.edit)
    },
  )
  app.put(
    '/api/v1/clips/:id/edit',
    {
      config: editor,
      schema: {
        tags,
        summary: 'All that is changed about a clip, in place of what was changed before',
        params: byId,
        body: wholeEdit,
        response: { 202: begun },
      },
    },
    async ({ params: { id: clipId }, body: { changes, version } }, reply) => {
      const change = () => ({ changes, takeBack: null, strict: true })
      return answer(
        reply,
        await editClip(parts, {
          clipId,
          by: callerId(reply.request),
          lookedAt: version,
          signal: untilGone(reply),
          change,
        }),
      )
    },
  )
  app.post(
    '/api/v1/clips/:id/undo',
    {
      config: once,
      schema: {
        tags,
        summary: 'Take the newest edit back; again for the one before',
        headers: onceHeaders,
        params: byId,
        body: undoing,
        response: { 202: begun },
      },
    },
    async ({ params: { id: clipId }, body: { version } }, reply) => {
      const asked = {
        clipId,
        by: callerId(reply.request),
        lookedAt: version,
        signal: untilGone(reply),
        change: undoneChange,
      }
      return answer(reply, await editClip(parts, asked))
    },
  )
  app.post(
    '/api/v1/clips/:id/restore',
    {
      config: once,
      schema: {
        tags,
        summary:
          'Make it again as an edit had it, or as it was first made; what came after can be had back the same way',
        headers: onceHeaders,
        params: byId,
        body: restoring,
        response: { 202: begun },
      },
    },
    async ({ params: { id: clipId }, body: { edit, version } }, reply) => {
      const result = await editClip(parts, {
        clipId,
        by: callerId(reply.request),
        lookedAt: version,
        signal: untilGone(reply),
        change: ({ versions }) => {
          const found = versions.find(({ id }) => id === edit)
          if (edit !== null && found === undefined) throw new NotFound('This edit')
          return { changes: clipChanges.parse(found?.changes ?? {}), takeBack: null }
        },
      })
      return answer(reply, result)
    },
  )
}

function answer(reply: FastifyReply, { runId, version, plan }: EditBegun) {
  void reply.code(202).header('location', `/api/v1/runs/${runId}`)
  return { runId, version, plan: toPlanView(plan) }
}
