import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { saveEvent } from '../../library/events.store.ts'
import {
  beginModelCall,
  type CallEnd,
  type CallKind,
  type CallToBegin,
  endModelCall,
  getPendingCalls,
  getRecentCalls,
  lockModelCalls,
  sumSpent,
} from '../../library/model-calls.store.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'
import type { ModelName } from '../../pipeline/language-model.ts'
import { breakerOf } from './breaker.ts'
import type { Clock } from './clock.ts'
import type { ModelLimits } from './model-setup.ts'
import { type Permission, permissionFor } from './permission.ts'

interface DeskParts {
  db: Kysely<Tables>
  limits: ModelLimits
  clock: Clock
  /** `words` unless told. */
  kind?: CallKind
}

export type Begun = { kind: 'go'; id: string } | Exclude<Permission, { kind: 'go' }>

/** Where calls are written down before they are made, and how they ended after; over all processes that share the database. */
export interface CallDesk {
  /** Writes a call down if it may be made now: decided and written under one lock, so that no two processes take the last place. */
  begin(setup: ModelName, call: Omit<CallToBegin, 'provider' | 'model' | 'holder'>): Promise<Begun>
  end(setup: ModelName, end: CallEnd): Promise<void>
}

// Longer than any quota and the breaker's memory look back.
const recentSeconds = 900
// A process of another machine that is silent for so long after its call should have ended is gone.
const graceSeconds = 60

export function callDesk({ db, limits, clock, kind = 'words' }: DeskParts): CallDesk {
  return {
    begin: (setup, call) =>
      db.transaction().execute(async (tx) => {
        await lockModelCalls(tx)
        const now = await clock.now(tx)
        await giveUpLostCalls(tx, { now, limits, kind })
        const permission = permissionFor({
          calls: await recentCalls(tx, setup, now),
          wanted: { tokens: call.reservedTokens, usd: call.reservedUsd },
          spentOnRecording:
            call.recordingId === null ? null : await sumSpent(tx, { kind, recordingId: call.recordingId }),
          spentToday: await sumSpent(tx, { kind, since: secondsBefore(now, 86_400) }),
          limits,
          now,
        })
        if (permission.kind !== 'go') return permission
        const { provider, model } = setup
        const id = await beginModelCall(tx, { ...call, provider, model, holder: thisProcess() }, now)
        return { kind: 'go', id }
      }),
    end: (setup, end) =>
      db.transaction().execute(async (tx) => {
        await lockModelCalls(tx)
        const now = await clock.now(tx)
        const before = breakerOf(await recentCalls(tx, setup, now), now)
        if (!(await endModelCall(tx, end, now))) return
        const after = breakerOf(await recentCalls(tx, setup, now), now)
        if (before.state === 'closed' && after.state === 'open')
          await saveEvent(tx, openedEvent(setup, { kind, until: after.until, end }))
        if (before.state !== 'closed' && after.state === 'closed') await saveEvent(tx, closedEvent(setup, kind))
      }),
  }
}

async function recentCalls(tx: Transaction<Tables>, { provider }: ModelName, now: Date) {
  return getRecentCalls(tx, { provider, since: secondsBefore(now, recentSeconds) })
}

/**
 * Reconciles what a crash left behind: a call whose process has ended may have been made, answered and paid for; nobody can tell. It counts
 * as paid in full, and does not hold its place any longer.
 */
async function giveUpLostCalls(
  tx: Transaction<Tables>,
  { now, limits, kind }: { now: Date; limits: ModelLimits; kind: CallKind },
): Promise<void> {
  const overdue = secondsBefore(now, limits.timeoutSeconds + graceSeconds)
  for (const { id, holder, begunAt } of await getPendingCalls(tx, { kind })) {
    const isLost = begunAt < overdue || (holder !== null && hasEnded(holder))
    if (isLost && (await endModelCall(tx, { id, outcome: 'lost' }, now))) await saveEvent(tx, lostEvent(id, kind))
  }
}

function secondsBefore(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000)
}

const components: Record<CallKind, string> = { words: 'language-models', speech: 'speech-engines' }

function openedEvent(
  { provider, model, label }: ModelName,
  { kind, until, end }: { kind: CallKind; until: Date; end: CallEnd },
) {
  return {
    severity: 'warn' as const,
    component: components[kind],
    name: 'breaker.opened',
    message: `${label} failed three times in a row; it is left alone for a minute, and the next rung is used.`,
    data: { provider, model, until, error: end.error ?? null },
  }
}

function closedEvent({ provider, model, label }: ModelName, kind: CallKind) {
  return {
    severity: 'info' as const,
    component: components[kind],
    name: 'breaker.closed',
    message: `${label} answers again.`,
    data: { provider, model },
  }
}

function lostEvent(id: string, kind: CallKind) {
  return {
    severity: 'warn' as const,
    component: components[kind],
    name: 'model-call.lost',
    message: `A process ended while it waited for a ${kind === 'words' ? 'language model' : 'service that hears speech'}; the call counts as paid in full.`,
    data: { id },
  }
}
