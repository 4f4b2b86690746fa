import { matchesOf, plain } from '../sentence-counts.ts'
import { reactionWords } from '../vocabulary.ts'
import type { Feature } from './feature.ts'
import { quoted } from './say.ts'

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
    const words = texts.flatMap((text) => [
      ...matchesOf('humour', text),
      ...(plain(text).match(/^[\p{L}']+/u) ?? []).filter((word) => reactionWords.has(word)),
    ])
    if (words.length > 0) return `The words around it are those of people who laugh: ${quoted(words)}`
    return hasSpeakers
      ? 'Sentences and turns are as long as where people laugh'
      : 'Sentences are as long as where people laugh'
  },
}
