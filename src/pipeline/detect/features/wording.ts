import { matchesOf, plain } from '../sentence-counts.ts'
import type { Feature } from './feature.ts'
import { quoted } from './say.ts'

// What people say before, while and after they laugh, beside the words for humour.
const interjections =
  /(?<![\p{L}'])(?:oh|wow|whoa|ooh|ha|haha|hah|gosh|damn|seriously|really\?|no way(?! (?:to|that|of|around|in|you|we|i|they|he|she)(?![a-z']))|i know|come on)(?![\p{L}'])/gu

/**
 * The words around it, and who says how many of them: how much that is like talk that people laugh at. The trained ranker weighs it,
 * with weights of its own; by itself nothing is measured.
 */
export const wording: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: () => null,
  explain({ firstSentence, lastSentence }, { sentences, hasSpeakers }) {
    const texts = sentences.slice(firstSentence, lastSentence + 1).map(({ text }) => text)
    const found = texts.flatMap((text) => [...matchesOf('humour', text), ...(plain(text).match(interjections) ?? [])])
    if (found.length > 0) return `In the words of talk that people laugh at: ${quoted(found)}`
    return hasSpeakers
      ? 'Like talk that people laugh at, by who speaks when and how long'
      : 'Like talk that people laugh at, by the length of its sentences'
  },
}
