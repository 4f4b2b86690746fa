import { z } from 'zod'
import { normalizeLanguage } from '../normalize-language.ts'
import { placeWords, wordsToCues } from '../words/place-words.ts'
import { isObject, type JsonShape, maybeConfidence, maybeNumber, maybeSpeaker, maybeText } from './json-shape.ts'

const word = z.object({
  word: maybeText,
  punctuated_word: maybeText,
  start: maybeNumber,
  end: maybeNumber,
  confidence: maybeConfidence,
  speaker: maybeSpeaker,
})
const channel = z.object({
  detected_language: maybeText,
  alternatives: z
    .array(z.object({ words: z.array(word).nullish(), languages: z.array(z.string()).nullish() }))
    .nullish(),
})
const schema = z.object({ results: z.object({ channels: z.array(channel) }) })

/** Deepgram's answer to a recorded file: words in seconds; with several channels, each is a speaker of its own. */
export const deepgramShape: JsonShape = {
  name: 'Deepgram',
  recognizes: (value) => isObject(value.results) && Array.isArray(value.results.channels),
  read(value) {
    const { channels } = schema.parse(value).results
    const cues = channels.flatMap(({ alternatives }, number) => {
      const words = alternatives?.[0]?.words ?? []
      const last = words.at(-1)
      const written = words.map((one) => ({
        text: one.punctuated_word ?? one.word ?? '',
        start: one.start,
        end: one.end,
        confidence: one.confidence,
        speaker: speakerOf(one.speaker, channels.length > 1 ? number : null),
      }))
      return wordsToCues(placeWords(written, { start: 0, end: last?.end ?? last?.start ?? 0 }))
    })
    const first = channels[0]
    const language = normalizeLanguage(first?.detected_language ?? first?.alternatives?.[0]?.languages?.[0])
    return { format: 'deepgram', language, cues, warnings: [] }
  },
}

function speakerOf(speaker: string | null, channelNumber: number | null): string | null {
  const own = speaker === null ? null : `Speaker ${speaker}`
  if (channelNumber === null) return own
  return own ? `Channel ${channelNumber + 1}, ${own}` : `Channel ${channelNumber + 1}`
}
