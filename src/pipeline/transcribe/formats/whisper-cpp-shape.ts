import { z } from 'zod'
import { removeSounds } from '../cues/remove-sounds.ts'
import { normalizeLanguage } from '../normalize-language.ts'
import { placeWords, wordsToCues } from '../words/place-words.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { firstOf, isObject, type JsonShape, maybeConfidence, maybeText } from './json-shape.ts'

const offsets = z.object({ from: z.number(), to: z.number() })
const schema = z.object({
  result: z.object({ language: maybeText }).nullish(),
  transcription: z.array(
    z.object({
      offsets,
      text: z.string(),
      tokens: z.array(z.object({ text: z.string(), offsets: offsets.nullish(), p: maybeConfidence })).nullish(),
    }),
  ),
})
/** Timestamps and other marks of the model, not speech: `[_BEG_]`, `[_TT_150]`. */
const modelMark = /^\[_.*\]$/

/** whisper.cpp's `--output-json` and `--output-json-full`: times in milliseconds, tokens instead of words. */
export const whisperCppShape: JsonShape = {
  name: 'whisper.cpp',
  recognizes: (value) => isObject(firstOf(value.transcription)?.offsets),
  read(value) {
    const { result, transcription } = schema.parse(value)
    const cues = transcription.flatMap(({ offsets: span, text, tokens }) => {
      const range = { start: span.from / 1000, end: span.to / 1000 }
      const spoken = (tokens ?? []).filter((token) => !modelMark.test(token.text))
      if (spoken.some((token) => token.offsets)) {
        const words = spoken.map((token) => ({
          text: token.text,
          start: token.offsets ? token.offsets.from / 1000 : null,
          end: token.offsets ? token.offsets.to / 1000 : null,
          confidence: token.p,
          speaker: null,
        }))
        return wordsToCues(placeWords(words, range))
      }
      const texts = splitTextIntoWords(removeSounds(text).text).map((word) => ({ text: word }))
      return texts.length > 0 ? [{ ...range, text: joinWords(texts), speaker: null, words: null }] : []
    })
    return { format: 'whisper', language: normalizeLanguage(result?.language), cues, warnings: [] }
  },
}
