import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

/** Of one request: who sent it, the key they chose, `POST /path`, and the SHA-256 of its body. */
export interface KeyedRequest {
  /** The id of an account; `http` while there are none. */
  caller: string
  key: string
  route: string
  bodyHash: string
}

/** What a request was answered. */
export interface KeptAnswer {
  status: number
  type: string
  location: string | null
  body: string
}

export type Claim =
  | { is: 'new' }
  | { is: 'under way' }
  | { is: 'another body' }
  | { is: 'answered'; answer: KeptAnswer }

// Who was to answer and has not after this long has died.
const longestAnswer = sql`interval '2 minutes'`
const kept = sql`interval '24 hours'`

/** Takes a key for a request, unless the key was used: of those who ask at once, one gets it. */
export async function claimKey(db: Kysely<Tables>, { caller, key, route, bodyHash }: KeyedRequest): Promise<Claim> {
  await db
    .deleteFrom('request_keys')
    .where(sql<boolean>`created_at < now() - ${kept} or (answer is null and created_at < now() - ${longestAnswer})`)
    .execute()
  const claimed = await db
    .insertInto('request_keys')
    .values({ caller, key, route, body_hash: bodyHash })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed !== undefined) return { is: 'new' }
  const known = await db
    .selectFrom('request_keys')
    .select(['body_hash', 'answer'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('route', '=', route)
    .executeTakeFirst()
  if (known === undefined) return { is: 'under way' } // given back just now
  if (known.body_hash !== bodyHash) return { is: 'another body' }
  return known.answer === null ? { is: 'under way' } : { is: 'answered', answer: known.answer }
}

export async function keepAnswer(
  db: Kysely<Tables>,
  { caller, key, route }: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> {
  await db
    .updateTable('request_keys')
    .set({ answer: json(answer) })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('route', '=', route)
    .execute()
}

/** The request failed: it may be tried again with the same key. */
export async function giveKeyBack(db: Kysely<Tables>, { caller, key, route }: KeyedRequest): Promise<void> {
  await db
    .deleteFrom('request_keys')
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('route', '=', route)
    .execute()
}
