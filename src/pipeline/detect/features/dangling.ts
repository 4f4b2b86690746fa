import { leanOf } from '../find-opening.ts'
import type { Feature } from './feature.ts'

/** How much its first sentence leans on what came before it, 0 to 1. */
export const dangling: Feature = {
  scale: 'absolute',
  speaks: 'against',
  measure({ firstSentence }, { sentences }) {
    const first = sentences[firstSentence]
    return first === undefined || firstSentence === 0 ? 0 : leanOf(first)
  },
  explain({ firstSentence }, { sentences }) {
    const first = sentences[firstSentence]
    if (first === undefined || firstSentence === 0 || leanOf(first) === 0) return null
    if (first.opens === 'clause') return 'Opens inside a sentence that is longer than a clip may be'
    return `Opens with “${first.text.split(/\s+/)[0]?.replace(/[^\p{L}\p{N}'’-]+$/u, '')}”, which leans on what came before`
  },
}
