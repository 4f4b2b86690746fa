/** The answer was longer than any answer to our questions can be. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong'
  constructor(mostBytes: number) {
    super(`the answer is longer than ${mostBytes} bytes`)
  }
}

/** 1 MB: a ranking of a hundred moments is 100 kB. */
export const mostAnswerBytes = 1_000_000

/**
 * `fetch` for an answer of limited size: reads no further, and so keeps no more in memory, than `mostBytes`. Follows no redirect, which
 * would carry the key to an address nobody chose.
 * @throws AnswerTooLong while the body is read
 */
export function limitedFetch(mostBytes: number = mostAnswerBytes): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    if (response.body === null) return response
    if (Number(response.headers.get('content-length') ?? 0) > mostBytes) {
      await response.body.cancel()
      throw new AnswerTooLong(mostBytes)
    }
    const body = response.body.pipeThrough(countingStream(mostBytes))
    const { status, statusText, headers } = response
    return new Response(body, { status, statusText, headers })
  }
}

function countingStream(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) controller.error(new AnswerTooLong(mostBytes))
      else controller.enqueue(chunk)
    },
  })
}
