import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { quietestIn, type SoundLevels } from './sound-levels.ts'
import { endsWithMark, type SpokenWord, type WordRun } from './spoken-word.ts'

/** What can be known about where words begin and end. */
export interface Hearing {
  words: readonly SpokenWord[]
  /** How loud it is; null without sound to listen to. */
  sound: SoundLevels | null
  /** Where something is heard; null where that can't be told. */
  sounding: readonly TimeRange[] | null
}

/** The pause that stays where words were taken out: a breath, or a little more where a mark stood. Seconds. */
const [breath, breathAtMark, longestKept] = [0.16, 0.26, 0.6]
/** Borders of words are known to about this; the quietest moment within it is nearer to the truth. Seconds. */
const uncertainty = 0.05
/** Cuts fall on frames: half of a slow film's. Seconds. */
const frame = 0.021
/** How far off an estimated word may be and still be the sound that is heard. Seconds. */
const estimateOff = 0.3
/** A sound stands alone when it is this quiet on both sides of it. Seconds. */
const aloneBy = 0.04
/** What is shorter is not the word it is said to be. Seconds. */
const leastCut = 0.1
/** Sounds that are taken for a filler or a word or two, by how long they are. Seconds a word. */
const [shortestWord, longestWord] = [0.06, 0.9]

/**
 * The stretch to leave out so that a run of words is gone and those beside it are whole: from gap to gap between words whose times
 * are known, at the quietest moment where there is no gap. Where times are only estimated, nothing but a sound that stands alone,
 * where only these words can be, is taken; null where there is none.
 */
export function placeCut(run: WordRun, hearing: Hearing): TimeRange | null {
  const { words } = hearing
  const near = words.slice(Math.max(0, run.first - 1), run.last + 2)
  const cut = near.every(({ timing }) => timing === 'exact') ? betweenWords(run, hearing) : soundAlone(run, hearing)
  return cut && cut.end - cut.start >= leastCut ? { start: roundToMs(cut.start), end: roundToMs(cut.end) } : null
}

/** The same for words a person wants gone: where nothing better is known, by their estimated times. */
export function placeCutAnyway(run: WordRun, hearing: Hearing): TimeRange | null {
  const cut = placeCut(run, hearing) ?? betweenWords(run, hearing)
  return cut && cut.end > cut.start ? { start: roundToMs(cut.start), end: roundToMs(cut.end) } : null
}

function betweenWords({ first, last }: WordRun, { words, sound }: Hearing): TimeRange | null {
  const [from, to] = [words[first], words[last]]
  if (!from || !to) return null
  const [before, after] = [words[first - 1], words[last + 1]]
  const room = { before: Math.max(0, from.start - (before?.end ?? from.start)), after: gapAfter(to, after) }
  const usual = before && endsWithMark(before) ? breathAtMark : breath
  // A longer pause beside it was meant, and is for who asks for silences to go.
  const keep = Math.min(
    room.before + room.after,
    Math.max(usual, Math.min(longestKept, Math.max(room.before, room.after))),
  )
  const keepBefore = Math.min(room.before, Math.max(keep / 2, keep - room.after))
  const start = from.start - room.before + keepBefore
  const end = to.end + room.after - (keep - keepBefore)
  return {
    // Into what goes rather than into what stays.
    start: room.before >= uncertainty ? start : quietest(sound, { start: start + frame, end: start + 2 * frame }),
    end: room.after >= uncertainty ? end : quietest(sound, { start: end - 2 * frame, end: end - frame }),
  }
}

function gapAfter(word: SpokenWord, next: SpokenWord | undefined): number {
  return Math.max(0, (next?.start ?? word.end) - word.end)
}

function quietest(sound: SoundLevels | null, range: TimeRange): number {
  return (sound && quietestIn(sound, range)) ?? (range.start + range.end) / 2
}

function soundAlone({ first, last }: WordRun, { words, sounding }: Hearing): TimeRange | null {
  const run = words.slice(first, last + 1)
  const [from, to] = [run[0], run.at(-1)]
  if (!sounding || !from || !to) return null
  const reach = { start: from.start - estimateOff, end: to.end + estimateOff }
  const near = sounding.flatMap((sound, index) => {
    const length = sound.end - sound.start
    const fits = length >= shortestWord * run.length && length <= longestWord * run.length
    return fits && sound.start < reach.end && sound.end > reach.start ? [{ ...sound, index }] : []
  })
  const own = near.filter((sound) => isOnlyOf(sound, { words, first, last }))
  const [found] = own
  // Two sounds it could be, or one that could be another word as well: better left.
  if (!found || own.length > 1 || near.length > 1) return null
  const [before, after] = [sounding[found.index - 1]?.end, sounding[found.index + 1]?.start]
  if (before === undefined || after === undefined) return null
  if (found.start - before < aloneBy || after - found.end < aloneBy) return null
  const keep = Math.min(breath, found.start - before + (after - found.end))
  const keepBefore = Math.min(found.start - before, Math.max(keep / 2, keep - (after - found.end)))
  return { start: before + keepBefore, end: after - (keep - keepBefore) }
}

/** Whether no other word is estimated to be in this sound, and these are. */
function isOnlyOf(sound: TimeRange, { words, first, last }: WordRun & { words: readonly SpokenWord[] }): boolean {
  const inside = words.flatMap(({ start, end }, i) => {
    const middle = (start + end) / 2
    return middle >= sound.start - 0.02 && middle <= sound.end + 0.02 ? [i] : []
  })
  return inside.length > 0 && inside.every((i) => i >= first && i <= last)
}
