import type { ClipWord } from '../../captions/clip-word.ts'

/** A stretch of one speaker, seconds of the clip. */
export interface Turn {
  speaker: string
  start: number
  end: number
}

/** A shorter turn is a "yes" or a laugh. Seconds. */
const worthANameFrom = 1.2
/** A pause this long inside a turn does not end it. Seconds. */
const pause = 2

/** Who speaks when, as far as the transcript names them. */
export function turnsOf(words: readonly ClipWord[]): Turn[] {
  const turns: Turn[] = []
  for (const { speaker, start, end } of words) {
    const last = turns.at(-1)
    if (speaker === null) continue
    if (last?.speaker === speaker && start - last.end <= pause) last.end = Math.max(last.end, end)
    else turns.push({ speaker, start, end })
  }
  return turns
}

/** The turns at which a speaker may be introduced, for each speaker in the order they are first heard. */
export function introductions(words: readonly ClipWord[]): Turn[][] {
  const turns = turnsOf(words).filter(({ start, end }) => end - start >= worthANameFrom)
  return [...Map.groupBy(turns, ({ speaker }) => speaker).values()]
}

/** Whether a label is what a program calls a voice it does not know: `SPEAKER_00`, `Speaker 2`, `spk1`, `A`, `3`. */
export function isNoName(speaker: string): boolean {
  return /^(?:(?:speaker|spk|spkr|voice|s|unknown)[\s_:-]*)?(?:\d+|[a-z])?$/i.test(speaker.trim())
}
