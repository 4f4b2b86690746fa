import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { namesIn, numbersIn } from '../sentence-counts.ts'
import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { capitalised, say } from './say.ts'

/** Names and numbers: somebody or something in particular is talked about. */
export const specifics: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => excess(span, facts, 'names') + excess(span, facts, 'numbers'),
  explain(span, facts) {
    const { names, numbers } = particulars(span, facts)
    const parts = [
      ...(names.length === 0 ? [] : [`${say(names.length, 'name')} (${names.slice(0, 3).join(', ')})`]),
      ...(numbers.length === 0 ? [] : [say(numbers.length, 'number')]),
    ]
    return names.length + numbers.length < 2 ? null : capitalised(parts.join(' and '))
  },
}

function particulars({ firstSentence, lastSentence }: Candidate, { sentences, words, signs }: RecordingFacts) {
  const said = sentences.slice(firstSentence, lastSentence + 1).map((s) => words.slice(s.firstWord, s.lastWord + 1))
  return { names: [...new Set(said.flatMap((part) => namesIn(part, signs)))], numbers: said.flatMap(numbersIn) }
}
