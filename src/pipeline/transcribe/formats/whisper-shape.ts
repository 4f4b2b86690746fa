import { z } from 'zod'
import { removeSounds } from '../cues/remove-sounds.ts'
import { normalizeLanguage } from '../normalize-language.ts'
import type { Cue } from '../transcriber.ts'
import { alignWords } from '../words/align-words.ts'
import { placeWords, type SpokenWord, type WrittenWord, wordsToCues } from '../words/place-words.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { collectWarnings, type WarningCollector } from './collect-warnings.ts'
import {
  firstOf,
  isObject,
  type JsonShape,
  maybeConfidence,
  maybeNumber,
  maybeSpeaker,
  maybeText,
} from './json-shape.ts'

const word = z
  .object({
    word: maybeText,
    text: maybeText,
    start: maybeNumber,
    end: maybeNumber,
    probability: maybeConfidence,
    score: maybeConfidence,
    confidence: maybeConfidence,
    speaker: maybeSpeaker,
  })
  .transform(
    (written): WrittenWord => ({
      text: written.word ?? written.text ?? '',
      start: written.start,
      end: written.end,
      confidence: written.probability ?? written.score ?? written.confidence,
      speaker: written.speaker,
    }),
  )
const segment = z.object({
  start: maybeNumber,
  end: maybeNumber,
  text: maybeText,
  speaker: maybeSpeaker,
  words: z.array(word).nullish(),
})
const schema = z.object({
  language: maybeText,
  text: maybeText,
  segments: z.array(segment.nullable()).nullish(),
  words: z.array(word).nullish(),
})
type WhisperSegment = z.infer<typeof segment>

/**
 * Whisper (openai-whisper, faster-whisper, whisper-timestamped, OpenAI's `verbose_json`) and WhisperX, which share
 * one shape: segments in seconds, with or without words; OpenAI's service puts the words beside the segments.
 */
export const whisperShape: JsonShape = {
  name: 'Whisper',
  recognizes(value) {
    const first = firstOf(value.segments)
    if (first) return ('start' in first || 'words' in first) && ('text' in first || 'words' in first)
    const firstWord = firstOf(value.words)
    if (firstWord) return 'word' in firstWord && 'start' in firstWord
    return Array.isArray(value.segments) && ('text' in value || 'language' in value)
  },
  read(value) {
    const whisper = schema.parse(value)
    const warnings = collectWarnings()
    const language = normalizeLanguage(whisper.language)
    const segments = (whisper.segments ?? []).filter((one) => one !== null)
    const beside = segments.some(({ words }) => words?.length) ? [] : (whisper.words ?? [])
    const cues =
      beside.length > 0
        ? cuesFromWordsBeside(segments, beside, whisper.text)
        : segments.flatMap((one, index) => cuesOf(one, index, warnings))
    const isWhisperX = isObject(value) && ('word_segments' in value || segments.some(({ speaker }) => speaker !== null))
    return { format: isWhisperX ? 'whisperx' : 'whisper', language, cues, warnings: warnings.toSentences() }
  },
}

function cuesOf(one: WhisperSegment, index: number, warnings: WarningCollector): Cue[] {
  const words = one.words ?? []
  const start = one.start ?? words.find((timed) => timed.start !== null)?.start ?? null
  const end = one.end ?? words.findLast((timed) => timed.end !== null)?.end ?? null
  const text = removeSounds(one.text ?? '').text
  if (start === null || end === null) {
    warnings.add('Segment without times skipped', `segments.${index}`)
    return []
  }
  if (words.some((timed) => timed.start !== null)) {
    return wordsToCues(
      placeWords(words, { start, end }).map((placed) => ({ ...placed, speaker: placed.speaker ?? one.speaker })),
    )
  }
  const tokens = splitTextIntoWords(text !== '' ? text : words.map((written) => written.text).join(' '))
  if (tokens.length === 0) {
    warnings.add('Segment without text skipped', `segments.${index}`)
    return []
  }
  return [{ start, end, text: joinWords(tokens.map((token) => ({ text: token }))), speaker: one.speaker, words: null }]
}

/** The words lack the punctuation of the text, so text and words are laid upon each other. */
function cuesFromWordsBeside(segments: WhisperSegment[], words: WrittenWord[], text: string | null): Cue[] {
  const span = { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? words.at(-1)?.start ?? 0 }
  const texts = segments.length > 0 ? segments.map((one) => one.text ?? '') : [text ?? '']
  const aligned = alignWords(texts, words)
  if (!aligned) return wordsToCues(placeWords(words, span))
  return aligned.flatMap((own, index): Cue[] => {
    const one = segments[index]
    const bounds = { start: one?.start ?? span.start, end: one?.end ?? span.end }
    const placed: SpokenWord[] = placeWords(own, bounds)
    return wordsToCues(placed.map((spoken) => ({ ...spoken, speaker: one?.speaker ?? null })))
  })
}
