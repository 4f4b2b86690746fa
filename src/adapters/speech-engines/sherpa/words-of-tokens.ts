import { roundToMs } from '../../../domain/time-range.ts'
import { normalizeLanguage } from '../../../pipeline/transcribe/normalize-language.ts'
import type { HeardWindow } from '../../../pipeline/transcribe/speech-engine.ts'
import type { Cue } from '../../../pipeline/transcribe/transcriber.ts'
import { placeWords, type WrittenWord, wordsToCues } from '../../../pipeline/transcribe/words/place-words.ts'

/** What sherpa-onnx answers for one stretch of sound (`OfflineRecognizerResult`); missing parts are empty. */
export interface SherpaResult {
  text: string
  /** As Whisper names it, e.g. `en` or `<|en|>`; empty where the model says nothing. */
  lang: string
  /** Parts of words. */
  tokens: string[]
  /** Where each token begins, seconds of the sound; fewer than tokens where the model knows none. */
  timestamps: number[]
  /** How long each token lasts, where the model tells it (TDT). */
  durations: number[]
}

/** A token without a length lasts until the next one, but no longer than this. Seconds. */
const longestToken = 0.6
/** What SentencePiece writes for the blank before a word. */
const blank = /[▁Ġ]/g

/**
 * The words of one window. Models that time their tokens (Parakeet) give exact words; for the others the text is one cue over the
 * sound, whose words are estimated later.
 * @param duration of the sound, in seconds
 */
export function heardFrom(result: SherpaResult, duration: number): Pick<HeardWindow, 'language' | 'cues'> {
  const language = normalizeLanguage(result.lang.replace(/[<|>]/g, ''))
  const text = result.text
    .replace(/<\|[^|]*\|>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return { language: null, cues: [] }
  const timed = wordsOf(result)
  return {
    language,
    cues: timed ? wordsToCues(placeWords(timed, { start: 0, end: duration })) : [whole(text, duration)],
  }
}

function whole(text: string, duration: number): Cue {
  return { start: 0, end: duration, text, speaker: null, words: null }
}

/** Null where the tokens have no times, or times that can't be. */
function wordsOf({ tokens, timestamps, durations }: SherpaResult): WrittenWord[] | null {
  if (tokens.length === 0 || timestamps.length !== tokens.length) return null
  const isRising = timestamps.every((time, index) => time >= (timestamps[index - 1] ?? 0))
  if (!isRising || timestamps.at(-1) === 0) return null
  const words: WrittenWord[] = []
  for (const [index, raw] of tokens.entries()) {
    const token = raw.replace(blank, ' ')
    const start = timestamps[index] ?? 0
    const next = timestamps[index + 1] ?? Number.POSITIVE_INFINITY
    const length = durations[index] ?? 0
    const end = roundToMs(Math.min(next, start + (length > 0 ? length : longestToken)))
    const last = words.at(-1)
    if (last && !token.startsWith(' ')) words[words.length - 1] = { ...last, text: last.text + token, end }
    else words.push({ text: ` ${token.trim()}`, start, end, confidence: null, speaker: null })
  }
  return words.filter(({ text }) => text.trim() !== '')
}
