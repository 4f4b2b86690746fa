import { z } from 'zod'
import { normalizeLanguage } from '../normalize-language.ts'
import { firstOf, type JsonShape, maybeConfidence, maybeText } from './json-shape.ts'

const schema = z.object({
  language: maybeText,
  segments: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      text: z.string(),
      speaker: maybeText,
      words: z.array(
        z.object({
          text: z.string().min(1),
          start: z.number(),
          end: z.number(),
          confidence: maybeConfidence,
          timing: z.enum(['exact', 'estimated']),
        }),
      ),
    }),
  ),
})

/** A `TranscriptDocument` as Clipwright itself keeps it: segments with words that say how they were timed. */
export const clipwrightShape: JsonShape = {
  name: 'Clipwright',
  recognizes(value) {
    const words = firstOf(value.segments)?.words
    return 'timing' in (firstOf(words) ?? {})
  },
  read(value) {
    const { language, segments } = schema.parse(value)
    const cues = segments.filter(({ words }) => words.length > 0)
    return { format: 'clipwright', language: normalizeLanguage(language), cues, warnings: [] }
  },
}
