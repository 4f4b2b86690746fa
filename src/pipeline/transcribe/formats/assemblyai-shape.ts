import { z } from 'zod'
import { normalizeLanguage } from '../normalize-language.ts'
import { placeWords, wordsToCues } from '../words/place-words.ts'
import { firstOf, type JsonShape, maybeConfidence, maybeNumber, maybeSpeaker, maybeText } from './json-shape.ts'

const word = z.object({
  text: z.string(),
  start: maybeNumber,
  end: maybeNumber,
  confidence: maybeConfidence,
  speaker: maybeSpeaker,
})
const schema = z.object({
  language_code: maybeText,
  words: z.array(word).nullish(),
  utterances: z.array(z.object({ speaker: maybeSpeaker, words: z.array(word).nullish() })).nullish(),
})

/** AssemblyAI's transcript object: words in milliseconds, speakers `A`, `B`, … */
export const assemblyaiShape: JsonShape = {
  name: 'AssemblyAI',
  recognizes(value) {
    const first = firstOf(value.words) ?? firstOf(firstOf(value.utterances)?.words)
    const isTheirs =
      'language_code' in value || 'audio_duration' in value || 'utterances' in value || 'audio_url' in value
    return isTheirs && (first ? 'text' in first && 'start' in first : 'words' in value)
  },
  read(value) {
    const { language_code, words, utterances } = schema.parse(value)
    const spoken = words?.length
      ? words
      : (utterances ?? []).flatMap((one) =>
          (one.words ?? []).map((own) => ({ ...own, speaker: own.speaker ?? one.speaker })),
        )
    const written = spoken.map(({ start, end, speaker, ...own }) => ({
      ...own,
      start: start === null ? null : start / 1000,
      end: end === null ? null : end / 1000,
      speaker: speaker === null ? null : `Speaker ${speaker}`,
    }))
    const last = written.at(-1)
    const placed = placeWords(written, { start: 0, end: last?.end ?? last?.start ?? 0 })
    const warnings = words || utterances ? [] : ['The AssemblyAI answer holds no words; was the transcript finished?']
    return { format: 'assemblyai', language: normalizeLanguage(language_code), cues: wordsToCues(placed), warnings }
  },
}
