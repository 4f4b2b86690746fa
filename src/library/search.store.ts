import { type Kysely, type RawBuilder, sql } from 'kysely'
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

// Fetching a row that the index found takes about eight times as long as looking at the next one. Up to this many are fetched and sorted; what is
// more common is found sooner by looking through the newest recordings. At 2500 of a million both take the same time.
const mostFetched = 2500
// Segments that one page looks through at most: 30 ms on a quiet machine. A phrase of common words may not be in them at all.
const mostLookedThrough = 30_000
const afterAllOrdinals = 2_147_483_647

export interface Hits {
  items: Hit[]
  /** Where the next page begins; null where there is none. It may come before a page is full: only so many segments are looked through at once. */
  next: HitPlace | null
}

interface Search {
  query: RawBuilder<unknown>
  limit: number
  after: HitPlace | undefined
}

/**
 * Titles and sentences of current transcripts with all words of `text` ("…" for a phrase, `or`, `-` for without), those of the newest
 * recording first, in the order they are said. Two queries, three for common words.
 */
export async function searchWords(
  db: Kysely<Tables>,
  { text, limit, after }: { text: string; limit: number; after?: HitPlace | undefined },
): Promise<Hits> {
  const search = { query: sql`websearch_to_tsquery('simple', ${text})`, limit: limit + 1, after }
  const isCommon = (await estimateSegments(db, search.query)) > mostFetched
  const until = isCommon ? await endOfLooking(db, after) : null
  const hits = await findHits(db, search, isCommon ? looked(search.query, until) : fetched(search.query))
  const items = hits.slice(0, limit)
  const last = hits.length > limit ? items.at(-1) : undefined
  if (last === undefined) return { items, next: until }
  return { items, next: { at: last.place, id: last.recordingId, ordinal: last.ordinal } }
}

/** How many segments have the words, as the planner sees it from its samples. */
async function estimateSegments(db: Kysely<Tables>, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from segment_words where words @@ ${query}`.execute(db)
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** The last recording of those that may be looked through from a place on; null when that is the end of the library. */
async function endOfLooking(db: Kysely<Tables>, after: HitPlace | undefined): Promise<HitPlace | null> {
  const { rows } = await sql<Omit<HitPlace, 'ordinal'>>`
    with counted as (
      select created_at, id, sum(segments) over (order by created_at desc, id desc) as passed
      from (
        select recordings.created_at, recordings.id, coalesce(transcripts.segment_count, 0) + 1 as segments
        from recordings left join transcripts on transcripts.recording_id = recordings.id and transcripts.current
        where deleted_at is null and ${recordingsFrom(after)}
        order by recordings.created_at desc, recordings.id desc limit 1000
      ) as newest
    )
    select created_at::text as at, id from counted where passed > ${mostLookedThrough} or passed = (select max(passed) from counted)
    order by created_at desc, id desc limit 1`.execute(db)
  const [end] = rows
  if (end === undefined) return null
  const beyond = await sql`
    select from recordings where deleted_at is null and (created_at, id) < (${end.at}::timestamptz, ${end.id}::uuid) limit 1`.execute(
    db,
  )
  return beyond.rows.length === 0 ? null : { ...end, ordinal: afterAllOrdinals }
}

const recordingsFrom = (after: HitPlace | undefined) =>
  after === undefined
    ? sql`true`
    : sql`(recordings.created_at, recordings.id) <= (${after.at}::timestamptz, ${after.id}::uuid)`

interface Way {
  /** Which recordings. */
  until: RawBuilder<unknown>
  segments: RawBuilder<unknown>
}

/** Segments by way of the index of words, all of them at once; what is not `materialized` the planner might look through from end to end. */
const fetched = (query: RawBuilder<unknown>): Way => ({
  until: sql`true`,
  segments: sql`
    join (
      with found as materialized (select transcript_id, ordinal from segment_words where words @@ ${query}) select * from found
    ) found on found.transcript_id = transcripts.id`,
})

/** Segments of one recording after the other; `offset 0` keeps the planner from the index of words. */
const looked = (query: RawBuilder<unknown>, until: HitPlace | null): Way => ({
  until:
    until === null
      ? sql`true`
      : sql`(recordings.created_at, recordings.id) >= (${until.at}::timestamptz, ${until.id}::uuid)`,
  segments: sql`
    join lateral (
      select * from (select transcript_id, ordinal, words from segment_words where transcript_id = transcripts.id order by ordinal offset 0) as one
      where one.words @@ ${query}
    ) found on true`,
})

async function findHits(db: Kysely<Tables>, { query, limit, after }: Search, { until, segments }: Way): Promise<Hit[]> {
  const beyond = (ordinal: RawBuilder<unknown>) =>
    after === undefined
      ? sql`true`
      : sql`((recordings.created_at, recordings.id) < (${after.at}::timestamptz, ${after.id}::uuid)
          or (recordings.id = ${after.id}::uuid and ${ordinal} > ${after.ordinal}))`
  const range = (ordinal: RawBuilder<unknown>) =>
    sql`recordings.deleted_at is null and ${recordingsFrom(after)} and ${until} and ${beyond(ordinal)}`
  const { rows } = await sql<Hit>`
    with hits as (
      (select recordings.created_at, recordings.id, recordings.title, null::uuid as transcript_id, -1 as ordinal
      from recordings
      where to_tsvector('simple', title) @@ ${query} and ${range(sql`-1`)}
      order by recordings.created_at desc, recordings.id desc limit ${limit})
      union all
      (select recordings.created_at, recordings.id, recordings.title, transcripts.id, found.ordinal
      from recordings
      join transcripts on transcripts.recording_id = recordings.id and transcripts.current
      ${segments}
      where ${range(sql`found.ordinal`)}
      order by recordings.created_at desc, recordings.id desc, found.ordinal limit ${limit})
    ), page as (
      select * from hits order by created_at desc, id desc, ordinal limit ${limit}
    )
    select page.id as "recordingId", title as "recordingTitle", page.ordinal, start_seconds as start, end_seconds as "end", speaker,
      coalesce(segments.text, title) as text, ts_headline('simple', coalesce(segments.text, title), ${query}, ${look}) as headline,
      created_at::text as place
    from page left join segments on segments.transcript_id = page.transcript_id and segments.ordinal = page.ordinal
    order by created_at desc, page.id desc, page.ordinal`.execute(db)
  return rows
}
