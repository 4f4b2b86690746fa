import type { FastifyReply } from 'fastify'
import type { Caller } from './caller.ts'

/** Whose requests are to end: of an account all, or of one of its sessions or keys. */
type Ended = { accountId: string; but?: string | undefined } | { credentialId: string }

/** Requests under way, so that a stream does not go on for somebody who may no longer listen. */
export class OpenRequests {
  readonly #open = new Map<FastifyReply, Caller>()

  add(caller: Caller, reply: FastifyReply): void {
    this.#open.set(reply, caller)
    reply.raw.once('close', () => this.#open.delete(reply))
  }

  /** By which sessions and keys something is being sent. */
  credentials(): string[] {
    const sending = [...this.#open].filter(([reply]) => reply.raw.headersSent)
    return [...new Set(sending.flatMap(([, caller]) => (caller.by === 'machine' ? [] : [caller.credentialId])))]
  }

  /** Cuts off what is being sent. What was not answered yet is answered: it was asked while it was allowed. */
  end(ended: Ended): void {
    for (const [reply, caller] of this.#open) {
      if (reply.raw.headersSent && isEnded(caller, ended)) reply.raw.destroy()
    }
  }
}

function isEnded(caller: Caller, ended: Ended): boolean {
  if (caller.by === 'machine') return false
  if ('credentialId' in ended) return caller.credentialId === ended.credentialId
  return caller.accountId === ended.accountId && caller.credentialId !== ended.but
}
