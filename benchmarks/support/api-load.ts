// A process of its own: reads a load as JSON from standard input, puts it on a server, and writes what it measured as JSON to standard output.

import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { seededRandom } from '../../src/domain/seeded-random.ts'

export interface ApiRequest {
  /** Under what its times are told. */
  name: string
  method?: 'GET' | 'POST'
  path: string
  body?: string
  /** How often it is asked, against the others. */
  share: number
}

export interface ApiLoad {
  origin: string
  perSecond: number
  seconds: number
  requests: ApiRequest[]
}

export interface ApiAnswers {
  /** Milliseconds by name, from when each was due, so that what waits for a slow one is slow too. */
  times: Record<string, number[]>
  /** Answers that were none of 2xx, by name and status. */
  failures: Record<string, number>
}

const load = JSON.parse(await text(process.stdin)) as ApiLoad
process.stdout.write(JSON.stringify(await put(load)))

async function put({ origin, perSecond, seconds, requests }: ApiLoad): Promise<ApiAnswers> {
  const answers: ApiAnswers = { times: {}, failures: {} }
  const pool = new Pool(origin, { connections: 64, bodyTimeout: 60_000, headersTimeout: 60_000 })
  const random = seededRandom(7)
  const bag = requests.flatMap((request) => Array.from({ length: request.share }, () => request))
  const start = performance.now()
  const underWay: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = start + (n * 1000) / perSecond
    const early = due - performance.now()
    if (early > 0) await pause(early)
    const request = bag[Math.floor(random() * bag.length)]
    if (request !== undefined) underWay.push(ask(pool, request, due, answers))
  }
  await Promise.all(underWay)
  await pool.close()
  return answers
}

async function ask(pool: Pool, request: ApiRequest, due: number, answers: ApiAnswers): Promise<void> {
  const { name, method = 'GET', path, body } = request
  const fail = (why: string | number): void => {
    answers.failures[`${name}: ${why}`] = (answers.failures[`${name}: ${why}`] ?? 0) + 1
  }
  try {
    const response = await pool.request({
      method,
      path,
      // As a browser does.
      headers: { 'accept-encoding': 'gzip, deflate, br', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body }),
    })
    await response.body.dump({ limit: Number.MAX_SAFE_INTEGER })
    const times = (answers.times[name] ??= [])
    times.push(performance.now() - due)
    if (response.statusCode >= 300) fail(response.statusCode)
  } catch (error) {
    fail(error instanceof Error ? error.message : 'unknown')
  }
}
