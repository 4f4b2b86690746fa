import type { Word } from '../../../domain/transcript.ts'
import type { WarningCollector } from '../formats/collect-warnings.ts'
import type { CaptionPiece } from '../formats/parse-cue-lines.ts'
import type { Cue } from '../transcriber.ts'
import { slowestSeconds, spreadWords } from '../words/estimate-word-times.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { nameSpeakers } from './name-speakers.ts'
import { removeSounds } from './remove-sounds.ts'
import { type Caption, undoRollingCaptions } from './undo-rolling-captions.ts'

interface CaptionsToCuesOptions {
  language: string | null
  warnings: WarningCollector
}

/**
 * From what stood on the screen to what was said: rolling lines once, names out of the text, no sound descriptions,
 * a cue for each speaker. Cues keep the order and the times of the file; words only where it states their times.
 */
export function captionsToCues(captions: Caption[], { language, warnings }: CaptionsToCuesOptions): Cue[] {
  const unrolled = undoRollingCaptions(captions)
  if (unrolled.removed > 0) warnings.add(`Rolling captions: ${unrolled.removed} repeated cues were read once`)
  const { captions: named, speakers } = nameSpeakers(unrolled.captions)
  if (speakers.length > 0) warnings.add(`Names before a colon were read as speakers (${someOf(speakers)})`)
  let sounds = 0
  const cues = named.flatMap((caption) => {
    const pieces = caption.lines.flatMap(({ pieces: [first, ...others] }) =>
      first ? [{ ...first, text: `\n${first.text}` }, ...others] : [],
    )
    return turnsOf(pieces).flatMap((turn, index, turns) => {
      const spoken = turn.map((piece) => {
        const removed = removeSounds(piece.text)
        sounds += removed.sounds
        return { ...piece, text: removed.text }
      })
      const cue = cueOf(spoken, spanOfTurn(caption, turns, index), language)
      return cue ? [cue] : []
    })
  })
  if (sounds > 0) warnings.add(`${sounds} sound description${sounds === 1 ? ' was' : 's were'} left out of the words`)
  return cues
}

function someOf(names: string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')
}

/** Pieces of the same speaker together; those without a time of their own belong to the piece before. */
function turnsOf(pieces: CaptionPiece[]): CaptionPiece[][] {
  const turns: CaptionPiece[][] = []
  for (const piece of pieces) {
    const turn = turns.at(-1)
    const before = turn?.at(-1)
    if (!turn || !before || before.speaker !== piece.speaker) turns.push([piece])
    else if (piece.at === null || piece.at === before.at)
      turn[turn.length - 1] = { ...before, text: before.text + piece.text }
    else turn.push(piece)
  }
  return turns
}

/** Several speakers in one cue share its time by how much each says. */
function spanOfTurn({ start, end }: Caption, turns: CaptionPiece[][], index: number): { start: number; end: number } {
  if (turns.length === 1) return { start, end }
  const seconds = turns.map((turn) => slowestSeconds(turn.map(({ text }) => text).join('')) + 0.01)
  const all = seconds.reduce((sum, one) => sum + one, 0)
  const at = (count: number) =>
    start + ((end - start) * seconds.slice(0, count).reduce((sum, one) => sum + one, 0)) / all
  return { start: at(index), end: at(index + 1) }
}

function cueOf(pieces: CaptionPiece[], span: { start: number; end: number }, language: string | null): Cue | null {
  const texts = pieces.map((piece) => splitTextIntoWords(piece.text, language))
  const text = joinWords(texts.flat().map((word) => ({ text: word })))
  if (text === '') return null
  const times = pieces.map((piece, index) => (index === 0 ? (piece.at ?? span.start) : piece.at))
  const isTimed =
    pieces.length > 1 && times.every((time, index) => time !== null && isRising(time, times[index - 1], span))
  return {
    ...span,
    text,
    speaker: pieces[0]?.speaker ?? null,
    words: isTimed ? timedWords(texts, times as number[], span.end) : null,
  }
}

function isRising(
  time: number,
  before: number | null | undefined,
  { start, end }: { start: number; end: number },
): boolean {
  return time >= Math.max(start, before ?? start) && time <= end
}

/** A piece is said from its time on; it ends with the next one, or earlier when there is a pause in between. */
function timedWords(texts: string[][], times: number[], end: number): Word[] {
  return texts.flatMap((words, index) => {
    const start = times[index] ?? end
    const spread = spreadWords(words, { start, end: times[index + 1] ?? end })
    return words.length === 1 ? spread.map((word) => ({ ...word, timing: 'exact' as const })) : spread
  })
}
