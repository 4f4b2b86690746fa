import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Segment } from '../domain/transcript.ts'

/** At most `limit` segments of a transcript after an ordinal, in order; their words only where wanted. */
export async function getSegmentPage(
  db: Kysely<Tables>,
  { transcriptId, after, limit, words }: { transcriptId: string; after: number; limit: number; words: boolean },
): Promise<Segment[]> {
  const rows = await db
    .selectFrom('segments')
    .select(['ordinal', 'start_seconds', 'end_seconds', 'text', 'speaker'])
    .select(words ? 'words' : sql<Segment['words']>`'[]'::jsonb`.as('words'))
    .where('transcript_id', '=', transcriptId)
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ordinal: row.ordinal,
    start: row.start_seconds,
    end: row.end_seconds,
    text: row.text,
    speaker: row.speaker,
    words: row.words,
  }))
}
