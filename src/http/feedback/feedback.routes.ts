import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { countFeedback, listFeedback, saveFeedback, undoFeedback } from '../../library/feedback.store.ts'
import { type FoundSubject, findSubjectOfClip } from '../../library/judged-subjects.store.ts'
import { countJudged } from '../../pipeline/detect/versions/choose-ranker.ts'
import { reviewTrial } from '../../pipeline/detect/versions/review-trial.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf } from '../paging.ts'
import { NotFound } from '../problem.ts'
import { feedbackView, givenVerdict, toFeedbackView, toVerdict } from './feedback.schema.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['feedback']
const list = countedPageOf(feedbackView)
// Ids are numbers here, so that the cursor is the last one.
const pages = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Most entries of a page.'),
  cursor: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().describe('`next` of the page before.'),
  verdict: z.enum(['keep', 'discard', 'stars', 'trim', 'comment']).optional(),
})

/** What people say of clips, which is what the detector learns from. */
export function feedbackRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  const answer = async (query: z.infer<typeof pages>, of?: FoundSubject) => {
    const { limit, cursor: before, verdict } = query
    const [rows, total] = await Promise.all([
      listFeedback(db, { most: limit + 1, before, of, verdict }),
      before === undefined ? countFeedback(db, { of, verdict }) : null,
    ])
    const shown = rows.slice(0, limit)
    return { items: shown.map(toFeedbackView), next: rows.length > limit ? String(shown.at(-1)?.id) : null, total }
  }
  app.get(
    '/api/v1/feedback',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'All verdicts that count, the newest first',
        querystring: pages,
        response: { 200: list },
      },
    },
    async ({ query }) => answer(query),
  )
  app.get(
    '/api/v1/clips/:id/feedback',
    {
      config: { may: 'viewer' },
      schema: { tags, summary: 'Those on one clip', params: byId, querystring: pages, response: { 200: list } },
    },
    async ({ params: { id }, query }) => answer(query, await subjectOf(db, id)),
  )
  app.post(
    '/api/v1/clips/:id/feedback',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Keep, discard, give stars, trim or comment; the last word counts',
        params: byId,
        body: givenVerdict,
        response: {
          201: z.object({
            id: z.int(),
            taste: z.object({ judged: z.int().describe('Clips of this mode that were judged.') }),
            rolledBack: z.string().nullable().describe('Why a detector on trial was taken back now.'),
          }),
        },
      },
    },
    async ({ params: { id: clipId }, body }, reply) => {
      const subject = await subjectOf(db, clipId)
      const id = await saveFeedback(db, {
        subject,
        verdict: toVerdict(body, subject.span),
        by: callerId(reply.request),
      })
      const judged = await countJudged(db, subject.mode)
      const rolledBack = await reviewTrial(db)
      return reply.code(201).send({ id, taste: { judged }, rolledBack: rolledBack?.reason ?? null })
    },
  )
  app.delete(
    '/api/v1/clips/:id/feedback',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Take the newest verdict back; the one before it counts again',
        params: byId,
        response: { 200: feedbackView },
      },
    },
    async (request) => {
      const of = await subjectOf(db, request.params.id)
      const taken = await undoFeedback(db, { of, by: callerId(request) })
      if (taken === null) throw new NotFound('A verdict on this clip')
      return toFeedbackView(taken)
    },
  )
}

async function subjectOf(db: Kysely<Tables>, clipId: string): Promise<FoundSubject> {
  const found = await findSubjectOfClip(db, clipId)
  if (found === null) throw new NotFound('The clip, or the moment it was made of,')
  return found
}
