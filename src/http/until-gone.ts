import type { FastifyReply } from 'fastify'

/** Aborts when whoever asked has left, or was answered: nobody works for somebody who is gone. */
export function untilGone({ raw }: Pick<FastifyReply, 'raw'>): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  return gone.signal
}
