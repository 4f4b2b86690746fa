import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/database/tables.ts'
import type { ApiRequest } from './api-load.ts'
import type { SearchTerms } from './zipf-sentences.ts'

export interface Mix {
  name: string
  /** Milliseconds that 95 % of the answers may take, where it is not 50. */
  most?: number
  requests: ApiRequest[]
}

/** What is asked of a seeded library, in four mixes: what people look at, searches, what operators look at, and all of it with verdicts being given. */
export async function apiMixes(db: Kysely<Tables>, terms: SearchTerms): Promise<Mix[]> {
  const places = await findPlaces(db)
  const [library, search, operations] = [ofLibrary(places), ofSearch(terms), ofOperations(places)]
  return [
    { name: 'library', requests: library },
    { name: 'search', most: 100, requests: search },
    { name: 'operations', requests: operations },
    { name: 'all, with verdicts', requests: [...library, ...search, ...operations, ...verdicts(places)] },
  ]
}

type Places = Awaited<ReturnType<typeof findPlaces>>

async function findPlaces(db: Kysely<Tables>) {
  const one = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row> => {
    const [row] = (await query.execute(db)).rows
    if (row === undefined) throw new Error('the library is not seeded')
    return row
  }
  const cursorAt = async (share: number): Promise<string> =>
    cursor(
      await one(sql<{ at: string; id: string }>`
        select created_at::text as at, id from recordings order by created_at desc, id desc
        offset (select floor(${share}::float8 * count(*)) from recordings)::int limit 1`),
    )
  const { rows: recordings } = await sql<{
    id: string
  }>`select id from recordings order by md5(id::text) limit 40`.execute(db)
  const { rows: clips } = await sql<{ id: string }>`select id from clips order by md5(id::text) limit 40`.execute(db)
  return {
    middle: await cursorAt(0.5),
    deep: await cursorAt(0.95),
    recordings: recordings.map(({ id }) => id),
    clips: clips.map(({ id }) => id),
    long: (
      await one(sql<{ id: string }>`select recording_id as id from transcripts order by segment_count desc limit 1`)
    ).id,
    failedRun: (await one(sql<{ id: string }>`select id from runs where status = 'failed' limit 1`)).id,
    newestEvent: (await one(sql<{ id: number }>`select max(id) as id from events`)).id,
    middleFeedback: (await one(sql<{ id: number }>`select (max(id) / 2)::int as id from feedback`)).id,
  }
}

function cursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

const get = (name: string, path: string, share = 1): ApiRequest => ({ name, path, share })

function ofLibrary(places: Places): ApiRequest[] {
  const { middle, deep, recordings, clips, long, middleFeedback } = places
  const list = '/api/v1/recordings'
  const lists = [
    get('recordings', list, 12),
    get('recordings, 200', `${list}?limit=200`, 2),
    get('recordings, middle', `${list}?cursor=${middle}`, 4),
    get('recordings, deep', `${list}?cursor=${deep}`, 4),
    get('recordings, text', `${list}?text=bakery`, 4),
    get('recordings, text of few', `${list}?text=${encodeURIComponent('поезд')}`, 2),
    get('recordings, text of none', `${list}?text=nowhere`, 2),
    get('feedback', '/api/v1/feedback', 3),
    get('feedback, middle', `/api/v1/feedback?cursor=${middleFeedback}`, 2),
  ]
  const each = recordings.flatMap((id) => [
    get('recording', `${list}/${id}`),
    get('clips', `${list}/${id}/clips`),
    get('moments', `${list}/${id}/moments`),
    get('transcript', `${list}/${id}/transcript`),
    get('transcript versions', `${list}/${id}/transcripts`),
    get('transcript.srt', `${list}/${id}/transcript.srt`),
  ])
  const ofClips = clips.map((id) => get('feedback of a clip', `/api/v1/clips/${id}/feedback`))
  const words = get('transcript, words', `${list}/${long}/transcript?words=true`, 4)
  const far = get('transcript, far', `${list}/${long}/transcript?cursor=${cursor({ version: 1, ordinal: 100 })}`, 4)
  return [...lists.map((request) => ({ ...request, share: 8 * request.share })), ...each, ...ofClips, words, far]
}

function ofSearch({ common, middling, rare, absent, phrase }: SearchTerms): ApiRequest[] {
  const searches = {
    common,
    middling,
    rare,
    absent,
    phrase: `"${phrase}"`,
    or: `${rare} or ${middling}`,
    without: `${middling} -${common}`,
    title: 'bakery',
  }
  return Object.entries(searches).map(([name, words]) =>
    get(`search: ${name}`, `/api/v1/search?text=${encodeURIComponent(words)}`, 5),
  )
}

function ofOperations({ middle, deep, failedRun, newestEvent }: Places): ApiRequest[] {
  return [
    get('runs', '/api/v1/runs', 10),
    get('runs, deep', `/api/v1/runs?cursor=${deep}`, 4),
    get('runs, failed', '/api/v1/runs?status=failed', 4),
    get('runs, failed, middle', `/api/v1/runs?status=failed&cursor=${middle}`, 2),
    get('runs, working', '/api/v1/runs?status=working', 8),
    get('run', `/api/v1/runs/${failedRun}`, 8),
    get('events', `/api/v1/events?after=${Math.max(0, newestEvent - 50)}`, 8),
    get('events, far', `/api/v1/events?after=${Math.floor(newestEvent / 2)}`, 2),
    get('jobs', '/api/v1/admin/jobs', 5),
    get('queue stats', '/queue/stats', 4),
    get('storage stats', '/storage/stats', 2),
    get('dashboard', '/api/v1/dashboard', 10),
    get('health', '/health', 5),
    get('metrics', '/metrics', 2),
  ]
}

function verdicts({ clips }: Places): ApiRequest[] {
  return clips.map((id) => ({
    name: 'give feedback',
    method: 'POST',
    path: `/api/v1/clips/${id}/feedback`,
    body: JSON.stringify({ verdict: 'keep' }),
    share: 1,
  }))
}
