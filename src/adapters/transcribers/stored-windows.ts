import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import {
  countBroken,
  findHeard,
  getHeardSpans,
  type Hearing,
  saveBroken,
  saveHeard,
} from '../../library/heard-windows.store.ts'
import type { HeardWindow } from '../../pipeline/transcribe/speech-engine.ts'
import type { WindowStore } from '../../pipeline/transcribe/windows/window-store.ts'

const word = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number().nullable(),
  timing: z.enum(['exact', 'estimated']),
})
const answer = z.object({
  language: z.string().nullable(),
  usd: z.number(),
  cues: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      text: z.string(),
      speaker: z.string().nullable(),
      words: z.array(word).nullable(),
    }),
  ),
  by: z.object({ name: z.string(), model: z.string() }).exactOptional(),
  warnings: z.array(z.string()).exactOptional(),
})

/** Raise when `answer` changes, so that what an older version stored is heard anew. */
const version = 1

/** What was heard, in the database. */
export function storedWindows(db: Kysely<Tables>, { recordingHash, engine }: Hearing): WindowStore {
  const hearing = { recordingHash, engine: `${engine}|${version}` }
  return {
    async find(window) {
      const read = answer.safeParse(await findHeard(db, hearing, spanOf(window)))
      return read.success ? read.data : null
    },
    async spans() {
      const spans = await getHeardSpans(db, hearing)
      return spans.map(({ startMs, endMs }) => ({ start: startMs / 1000, end: endMs / 1000 }))
    },
    save: (window, heard) =>
      saveHeard(db, { hearing, span: spanOf(window), answer: withSoundNumbers(heard), usd: heard.usd }),
    saveBroken: (window, reason) => saveBroken(db, { hearing, span: spanOf(window), reason }),
    countBroken: () => countBroken(db, hearing),
  }
}

function spanOf({ start, end }: TimeRange) {
  return { startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) }
}

/** JSON has no NaN and no Infinity: such a cue would come back as something that can't be read, and its window would be lost. */
function withSoundNumbers(heard: HeardWindow): HeardWindow {
  const cues = heard.cues.filter(({ start, end }) => Number.isFinite(start) && Number.isFinite(end))
  return {
    ...heard,
    cues: cues.map((cue) => ({
      ...cue,
      words: cue.words?.every(({ start, end }) => Number.isFinite(start) && Number.isFinite(end)) ? cue.words : null,
    })),
  }
}
