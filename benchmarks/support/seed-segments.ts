import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/database/tables.ts'
import type { Sentences } from './zipf-sentences.ts'

const segmentsAtOnce = 4000
// Two are written while the next one is made up.
const writesAtOnce = 2

/** Gives every transcript the segments it says it has, of four seconds each. Indexes of words are made afterwards, which is faster. */
export async function seedSegments(db: Kysely<Tables>, sentences: Sentences): Promise<void> {
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes where tablename in ('segments', 'segment_words') and indexdef like '%USING gin%'`.execute(
    db,
  )
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db)
  const transcripts = await db.selectFrom('transcripts').select(['id', 'duration_seconds', 'segment_count']).execute()
  const writing: Promise<unknown>[] = []
  let rows: string[] = []
  const write = async (): Promise<void> => {
    const batch = `[${rows.join(',')}]`
    rows = []
    writing.push(insertSegments(db, batch))
    if (writing.length > writesAtOnce) await writing.shift()
  }
  for (const transcript of transcripts) {
    for (let ordinal = 0; ordinal < transcript.segment_count; ordinal += 1) {
      rows.push(rowOf({ transcript, ordinal, sentence: sentences.next(ordinal * 4) }))
      if (rows.length >= segmentsAtOnce) await write()
    }
  }
  await write()
  await Promise.all(writing)
  for (const { definition } of indexes) await sql.raw(definition).execute(db)
}

function rowOf({
  transcript: { id, duration_seconds: duration },
  ordinal,
  sentence,
}: {
  transcript: { id: string; duration_seconds: number }
  ordinal: number
  sentence: ReturnType<Sentences['next']>
}): string {
  const speaker = `Speaker ${1 + (ordinal % 3)}`
  return JSON.stringify({
    id,
    duration,
    ordinal,
    start: ordinal * 4,
    text: sentence.text,
    speaker,
    words: sentence.words,
  })
}

function insertSegments(db: Kysely<Tables>, batch: string): Promise<unknown> {
  return sql`
    insert into segments (transcript_id, duration_seconds, ordinal, start_seconds, end_seconds, text, speaker, words)
    select id, duration, ordinal, start, start + 3.9, text, speaker, words
    from json_to_recordset(${batch}::json)
      as x(id uuid, duration float8, ordinal int, start float8, text text, speaker text, words jsonb)`.execute(db)
}
