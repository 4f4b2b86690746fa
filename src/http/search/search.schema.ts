import { z } from 'zod'
import { type Hit, type HitPlace, hitBegins, hitEnds } from '../../library/search.store.ts'
import { CursorInvalid, timeAsStored } from '../paging.ts'

export const hitView = z
  .object({
    recording: z.object({ id: z.uuid(), title: z.string() }),
    in: z.enum(['title', 'transcript']),
    start: z.number().nullable().describe('Seconds of the recording; null in a title.'),
    end: z.number().nullable(),
    speaker: z.string().nullable(),
    text: z.string().describe('The whole sentence or title.'),
    snippet: z
      .array(z.object({ text: z.string(), found: z.boolean() }))
      .describe('The part around what was found, in pieces: text, never markup.'),
  })
  .meta({ id: 'SearchHit' })

export function toHitView(hit: Hit): z.infer<typeof hitView> {
  const { recordingId: id, recordingTitle: title, ordinal, start, end, speaker, text, headline } = hit
  return {
    recording: { id, title },
    in: ordinal < 0 ? 'title' : 'transcript',
    start,
    end,
    speaker,
    text,
    snippet: piecesOf(headline),
  }
}

function piecesOf(headline: string): { text: string; found: boolean }[] {
  const [before = '', ...rest] = headline.split(hitBegins)
  const pieces = rest.flatMap((piece) => {
    const [found = '', ...after] = piece.split(hitEnds)
    return [
      { text: found, found: true },
      { text: after.join(''), found: false },
    ]
  })
  return [{ text: before, found: false }, ...pieces].filter(({ text }) => text !== '')
}

const place = z.object({
  at: timeAsStored,
  id: z.uuid(),
  ordinal: z.int().min(-1).max(2_147_483_647),
})

export function toHitCursor(place: HitPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws CursorInvalid */
export function fromHitCursor(cursor: string): HitPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new CursorInvalid()
  }
}
