import { z } from 'zod'
import { AppError } from '../domain/app-error.ts'

export class CursorInvalid extends AppError {
  readonly code = 'CURSOR_INVALID'
  constructor() {
    super('The cursor is none that was given out.', { hint: 'Begin without a cursor, and use `next` as it came.' })
  }
}

/** How lists are asked for: so many, from where the last page ended. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Most entries of a page.'),
  cursor: z.string().max(500).optional().describe('`next` of the page before.'),
})

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
  })
}

// As PostgreSQL writes a time: to the microsecond, which a Date would lose, and with it rows between two pages.
const time = /^(\d{4})-(\d\d)-(\d\d) [\d:.]{8,15}[+-][\d:]{2,8}$/
export const timeAsStored = z.string().refine(isTime)
const place = z.object({ at: timeAsStored, id: z.uuid() })

function isTime(text: string): boolean {
  const [, year, month, day] = time.exec(text) ?? []
  // JavaScript takes the 31st of February for the 3rd of March.
  return (
    !Number.isNaN(Date.parse(text)) &&
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  )
}

/** Where a page ends: the time by which a list is ordered, and the id of what comes last. */
export interface Place {
  at: string
  id: string
}

export function toCursor({ at, id }: Place): string {
  return Buffer.from(JSON.stringify({ at, id })).toString('base64url')
}

/** @throws CursorInvalid */
export function fromCursor(cursor: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new CursorInvalid()
  }
}

/** A page of a list that says how many there are, where they are cheap to count. */
export function countedPageOf<Item extends z.ZodType>(item: Item) {
  return pageOf(item).extend({
    total: z
      .int()
      .min(0)
      .nullable()
      .describe('On all pages together; null beyond the first one, and where counting would be slow.'),
  })
}

/** The first `limit` of rows that were asked for with one more, and the cursor of the rest. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit, placeOf, view }: { limit: number; placeOf: (row: Row) => Place; view: (row: Row) => Item },
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(view), next: rows.length > limit && last !== undefined ? toCursor(placeOf(last)) : null }
}
