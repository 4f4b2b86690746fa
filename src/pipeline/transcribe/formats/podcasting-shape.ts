import { z } from 'zod'
import { removeSounds } from '../cues/remove-sounds.ts'
import { placeWords, wordsToCues } from '../words/place-words.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { collectWarnings } from './collect-warnings.ts'
import { firstOf, type JsonShape, maybeNumber, maybeSpeaker, maybeText } from './json-shape.ts'

const schema = z.object({
  segments: z.array(z.object({ speaker: maybeSpeaker, startTime: maybeNumber, endTime: maybeNumber, body: maybeText })),
})
/** Some hosts write a segment for each word; then its times are the word's. */
const wordwiseShare = 0.9

/**
 * The JSON transcript of Podcasting 2.0
 * (https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md): seconds, speakers by name,
 * where a speaker stays until another is named.
 */
export const podcastingShape: JsonShape = {
  name: 'Podcasting 2.0',
  recognizes(value) {
    const first = firstOf(value.segments)
    return first ? 'startTime' in first || 'body' in first : Array.isArray(value.segments) && 'version' in value
  },
  read(value) {
    const { segments } = schema.parse(value)
    const warnings = collectWarnings()
    let speaker: string | null = null
    const read = segments.flatMap((segment, index) => {
      speaker = segment.speaker?.trim() || speaker
      const texts = splitTextIntoWords(removeSounds(segment.body ?? '').text)
      if (segment.startTime === null) warnings.add('Segment without start time skipped', `segments.${index}`)
      if (segment.startTime === null || texts.length === 0) return []
      const end = segment.endTime ?? segments[index + 1]?.startTime ?? segment.startTime
      return [{ start: segment.startTime, end, texts, speaker }]
    })
    const isWordwise = read.filter(({ texts }) => texts.length === 1).length >= read.length * wordwiseShare
    const cues = isWordwise
      ? wordsToCues(
          read.flatMap(({ texts, ...segment }) =>
            placeWords([{ ...segment, text: texts.join(' '), confidence: null }], segment),
          ),
        )
      : read.map(({ texts, ...segment }) => ({
          ...segment,
          text: joinWords(texts.map((text) => ({ text }))),
          words: null,
        }))
    return { format: 'podcasting', language: null, cues, warnings: warnings.toSentences() }
  },
}
