import { searchWords } from '../../library/search.store.ts'
import type { App, HttpParts } from '../app.ts'
import { pageOf, pageQuery } from '../paging.ts'
import { plainText } from '../plain-text.ts'
import { fromHitCursor, hitView, toHitCursor, toHitView } from './search.schema.ts'

/** Where words are said or stand in a title. */
export function searchRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/search',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['search'],
        summary: 'Titles and sentences with all these words, those of the newest recording first',
        description:
          'A page can have fewer entries than asked for, even none, and still a `next`: only so many sentences are looked through at once.',
        querystring: pageQuery.extend({
          text: plainText(200)
            .trim()
            .min(1)
            .describe('Words; "…" for a phrase, `or` between words, `-` before a word for without.'),
        }),
        response: { 200: pageOf(hitView) },
      },
    },
    async ({ query: { text, limit, cursor } }) => {
      const after = cursor === undefined ? undefined : fromHitCursor(cursor)
      const { items, next } = await searchWords(db, { text, limit, after })
      return { items: items.map(toHitView), next: next === null ? null : toHitCursor(next) }
    },
  )
}
