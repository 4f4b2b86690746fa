import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { queryCounts } from '../../src/database/count-queries.ts'

export interface CapturedQuery {
  text: string
  values: unknown[]
  /** Milliseconds of performance.now(). */
  began: number
  ended: number
}

/**
 * Keeps every statement that requests send from now on, with its values; `take` gives them and forgets them. Not those of the queue, which looks
 * after itself meanwhile.
 */
export function captureQueries(): { take(): CapturedQuery[] } {
  let captured: CapturedQuery[] = []
  // The pool's connections are clients too. Kysely calls `query` with a text and values, and waits for the promise.
  const { query: original } = Client.prototype as unknown as { query: (this: Client, ...given: unknown[]) => unknown }
  const watched = function (this: Client, ...given: unknown[]): unknown {
    if (queryCounts.getStore() === undefined) return original.apply(this, given)
    const began = performance.now()
    const answer = original.apply(this, given)
    const [text, values] = given
    if (typeof text !== 'string' || !(answer instanceof Promise)) return answer
    return answer.then((result: unknown) => {
      captured.push({ text, values: Array.isArray(values) ? values : [], began, ended: performance.now() })
      return result
    })
  }
  Client.prototype.query = watched as typeof Client.prototype.query
  return {
    take() {
      const taken = captured
      captured = []
      return taken
    },
  }
}

/** Statements that were under way together, in the order they were begun: what has to be waited for one after the other. */
export function inWaves(queries: readonly CapturedQuery[]): CapturedQuery[][] {
  const waves: CapturedQuery[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const query of [...queries].sort((a, b) => a.began - b.began)) {
    const last = waves.at(-1)
    if (last !== undefined && query.began < end) last.push(query)
    else waves.push([query])
    // A statement that outlasts its wave would chain the next to it: the first to end ends the wave.
    end = last !== undefined && query.began < end ? Math.min(end, query.ended) : query.ended
  }
  return waves
}
