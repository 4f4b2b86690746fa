import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** A title or a sentence with the words that were looked for. */
export interface Hit {
  recordingId: string
  recordingTitle: string
  /** -1 for a title. */
  ordinal: number
  /** Seconds of the recording; null for a title. */
  start: number | null
  end: number | null
  speaker: string | null
  text: string
  /** The part of the text around what was found; found words stand between `hitBegins` and `hitEnds`. */
  headline: string
  /** When the recording came, as the database writes it, to the microsecond. */
  place: string
}

/** Where a page of hits ends. */
export interface HitPlace {
  at: string
  id: string
  ordinal: number
}

// For private use (Unicode): in no text but by mistake.
export const hitBegins = '\ue000'
export const hitEnds = '\ue001'
const look = `StartSel=${hitBegins}, StopSel=${hitEnds}, MaxWords=30, MinWords=10`

/**
 * Titles and sentences of current transcripts with all words of `text` ("…" for a phrase, `or`, `-` for without), those of the newest
 * recording first, in the order they are said. One query.
 */
export async function searchWords(
  db: Kysely<Tables>,
  { text, limit, after }: { text: string; limit: number; after?: HitPlace | undefined },
): Promise<Hit[]> {
  const query = sql`websearch_to_tsquery('simple', ${text})`
  const beyond =
    after === undefined
      ? sql`true`
      : sql`((created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)
          or (created_at = ${after.at}::timestamptz and id = ${after.id}::uuid and ordinal > ${after.ordinal}))`
  const { rows } = await sql<Hit>`
    with hits as (
      select id, title, created_at, -1 as ordinal, null::float8 as start, null::float8 as "end", null as speaker, title as text
      from recordings
      where deleted_at is null and to_tsvector('simple', title) @@ ${query}
      union all
      select recordings.id, recordings.title, recordings.created_at, segments.ordinal, segments.start_seconds, segments.end_seconds,
        segments.speaker, segments.text
      from segments
      join transcripts on transcripts.id = segments.transcript_id and transcripts.current
      join recordings on recordings.id = transcripts.recording_id and recordings.deleted_at is null
      where to_tsvector('simple', segments.text) @@ ${query}
    ), page as (
      select * from hits where ${beyond} order by created_at desc, id desc, ordinal limit ${limit}
    )
    select id as "recordingId", title as "recordingTitle", ordinal, start, "end", speaker, text,
      ts_headline('simple', text, ${query}, ${look}) as headline, created_at::text as place
    from page order by created_at desc, id desc, ordinal`.execute(db)
  return rows
}
