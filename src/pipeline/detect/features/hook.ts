import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { endsInQuestion, matchesOf, namesIn, numbersIn, plain } from '../sentence-counts.ts'
import type { Feature } from './feature.ts'
import { quoted } from './say.ts'

interface Sign {
  strength: number
  text: string
}

/** How strongly the first words pull a listener in: a question, a promise, a number, a superlative, an address, a contrast. */
export const hook: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) =>
    Math.min(
      1,
      signsOf(span, facts).reduce((sum, sign) => sum + sign.strength, 0),
    ),
  explain: (span, facts) => signsOf(span, facts)[0]?.text ?? null,
}

// Fewer words than this is "Okay." or "So, Ana?": the next sentence belongs to the opening too.
const shortOpening = 4

function signsOf({ firstSentence, lastSentence }: Candidate, { sentences, words, signs }: RecordingFacts): Sign[] {
  const first = sentences[firstSentence]
  if (first === undefined) return []
  const second = sentences[Math.min(firstSentence + 1, lastSentence)] ?? first
  const isShort = first.lastWord - first.firstWord + 1 < shortOpening
  const text = isShort && second !== first ? `${first.text} ${second.text}` : first.text
  const said = words.slice(first.firstWord, (isShort ? second.lastWord : first.lastWord) + 1)
  const found: Sign[] = []
  const phrases = matchesOf('hook', text)
  if (phrases.length > 0) found.push({ strength: 0.45, text: `Opens with ${quoted(phrases, 1)}` })
  if (endsInQuestion(text) && said.length >= shortOpening) found.push({ strength: 0.4, text: 'Opens with a question' })
  const superlatives = matchesOf('superlative', text)
  if (superlatives.length > 0)
    found.push({ strength: 0.2, text: `Opens on a strong claim: ${quoted(superlatives, 1)}` })
  const numbers = numbersIn(said)
  if (numbers.length > 0) found.push({ strength: 0.2, text: `Opens with a number: ${quoted(numbers, 1)}` })
  const contrasts = matchesOf('contrast', text)
  if (contrasts.length > 0) found.push({ strength: 0.2, text: `Opens on a contrast: ${quoted(contrasts, 1)}` })
  if (/(?<![\p{L}'])you(?![\p{L}])/u.test(plain(text)))
    found.push({ strength: 0.15, text: 'Opens by speaking to “you”' })
  if (namesIn(said, signs).length > 0) found.push({ strength: 0.1, text: `Opens on ${namesIn(said, signs)[0]}` })
  return found.sort((a, b) => b.strength - a.strength)
}
