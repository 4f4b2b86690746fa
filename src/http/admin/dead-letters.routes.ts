import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'
import { countDeadLetters } from '../../library/dead-letters.store.ts'
import { type DeadLetterInView, listDeadLetters } from '../../pipeline/control/list-dead-letters.ts'
import { retryStep } from '../../pipeline/control/retry-steps.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { attemptView, toAttemptView } from '../runs/runs.schema.ts'

const tags = ['operations']
const kind = z.enum(stepKinds)

const deadLetterView = z
  .object({
    id: z.uuid().describe('Of the step.'),
    kind,
    subject: z.int().describe('The rank of the moment it is about; 0 for the whole recording.'),
    runId: z.uuid(),
    title: z.string(),
    state: z.literal('failed'),
    says: z.string(),
    code: z.string().nullable(),
    hint: z.string().optional(),
    tries: z.int().describe('How often it was tried before it was given up.'),
    failedAt: z.iso.datetime(),
    failedAttempts: z.array(attemptView).describe('The history, also of tries before somebody had it tried again.'),
  })
  .meta({ id: 'DeadLetter' })

/** Steps that failed for good: what is left of them, and another chance. */
export function deadLetterRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/admin/dead-letters',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'What failed for good, the newest first, with the evidence of every try',
        querystring: pageQuery.extend({
          kind: kind.optional(),
          current: z
            .enum(['true', 'false'])
            .default('false')
            .describe('`true` leaves out what a newer run of the same recording has made good, or is about to.'),
        }),
        response: { 200: countedPageOf(deadLetterView) },
      },
    },
    async ({ query: { limit, cursor, kind: only, current } }) => {
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      const which = { kind: only, current: current === 'true' }
      const [letters, total] = await Promise.all([
        listDeadLetters(db, { ...which, limit: limit + 1, before }),
        before === undefined ? countDeadLetters(db, which) : null,
      ])
      const placeOf = ({ place, stepId }: DeadLetterInView) => ({ at: place, id: stepId })
      return { ...toPage(letters, { limit, placeOf, view: toView }), total }
    },
  )
  app.post(
    '/api/v1/admin/dead-letters/:id/retry',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Try again one step that failed, with all its tries',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async ({ params: { id } }, reply) => {
      await retryStep(db, { queue: pipeline.queue, stepId: id })
      return reply.code(204).send(null)
    },
  )
}

function toView(letter: DeadLetterInView): z.infer<typeof deadLetterView> {
  const { stepId, place: _, error, failedAt, attempts, ...same } = letter
  return {
    ...same,
    id: stepId,
    code: error?.code ?? null,
    hint: error?.hint,
    failedAt: failedAt.toISOString(),
    failedAttempts: attempts.map(toAttemptView),
  }
}
