import type { Candidate } from './candidates.ts'
import { capitalised } from './features/say.ts'
import { leanOf } from './find-opening.ts'
import { countImperatives } from './genre-signs.ts'
import type { RecordingFacts } from './recording-facts.ts'
import type { Sentence } from './sentence.ts'
import { endsInQuestion, matchesOf, namesIn, numbersIn, plain } from './sentence-counts.ts'
import { shorten } from './shorten.ts'
import { announcement, fillerWords } from './vocabulary.ts'

const mostCharacters = 60

/**
 * A title in the speakers' own words: the sentence that promises or pays off most, without the filler before it and the mark after it,
 * at most 60 characters. Falls back on the longest sentence, so it is empty only when nothing is said.
 */
export function chooseTitle({ firstSentence, lastSentence }: Candidate, facts: RecordingFacts): string {
  const sentences = facts.sentences.slice(firstSentence, lastSentence + 1)
  const options = sentences.map((sentence, i) => {
    const text = withoutFiller(sentence.text)
    return { text, value: titleValue({ sentence, text, isFirst: i === 0, isLast: i === sentences.length - 1 }, facts) }
  })
  const best = options.reduce<(typeof options)[number] | undefined>(
    (a, b) => (a === undefined || b.value > a.value ? b : a),
    undefined,
  )
  return shorten(withoutEnd(best?.text ?? ''), mostCharacters)
}

interface Option {
  sentence: Sentence
  text: string
  isFirst: boolean
  isLast: boolean
}

function titleValue({ sentence, text, isFirst, isLast }: Option, facts: RecordingFacts): number {
  const words = facts.words.slice(sentence.firstWord, sentence.lastWord + 1)
  const telling = facts.topics.rarity(sentence) > 0 ? 1 : 0
  const length = text.length
  // Less than this says too little, more gets cut in the middle of its point.
  const fits = length < 12 ? -2 : length < 20 ? 0.3 : length <= mostCharacters ? 1 : length <= 90 ? 0.4 : 0
  return (
    fits +
    telling * 0.6 +
    Math.min(2, matchesOf('hook', text).length + matchesOf('superlative', text).length * 0.5) * 0.6 +
    (matchesOf('contrast', text).length > 0 ? 0.2 : 0) +
    (matchesOf('emotion', text).length > 0 ? 0.3 : 0) +
    (namesIn(words, facts.signs).length + numbersIn(words).length > 0 ? 0.3 : 0) +
    (endsInQuestion(text) ? (length > 20 ? 0.3 : -0.5) : 0) +
    countImperatives([{ ...sentence, text }]) * 0.6 +
    (isFirst ? 0.4 : isLast ? 0.3 : 0) -
    (announcement.test(plain(text)) ? 1.2 : 0) -
    (hasOddQuotes(text) ? 0.8 : 0) -
    leanOf({ ...sentence, text }) * 0.8 -
    (matchesOf('housekeeping', text).length > 0 ? 2 : 0) -
    (isOnlyFiller(text) ? 5 : 0)
  )
}

/** Somebody's words, of which only a part is in this sentence. */
function hasOddQuotes(text: string): boolean {
  return (text.match(/["“”„«»]/gu)?.length ?? 0) % 2 === 1
}

/** Takes words such as "Well, um, so" off the beginning, but never the whole sentence. */
function withoutFiller(text: string): string {
  const rest = text.replace(/^[\s"“‘«„'(\-–—…]+/u, '').replace(fillerOpening, '')
  return capitalised(rest.trim() === '' ? text.trim() : rest.trim())
}

// Said before a comma these words carry nothing; "so" and "and" carry nothing without one either.
const fillerOpening =
  /^(?:(?:um|uh|uhm|erm?|hmm*|oh|ah|well|now|so|and|but|yeah|yes|no|okay|ok|right|alright|like|actually|anyway|look|listen|i mean|you know)(?:\s*[,.…–—-]+\s*(?=\S)|(?<=\b(?:um|uh|uhm|erm?|so|and|but))\s+(?=\S)))+/iu

function withoutEnd(text: string): string {
  // A question without its mark reads as a statement, a quotation without its second mark as a mistake.
  if (/[\p{P}]["”»]$/u.test(text) && !hasOddQuotes(text)) return text
  const end = endsInQuestion(text) ? /[\s"”’»)\]]+$/u : /[\s\p{P}]+$/u
  return text.replace(end, '')
}

function isOnlyFiller(text: string): boolean {
  const words = plain(text).match(/[\p{L}\p{N}']+/gu) ?? []
  return words.every((word) => fillerWords.has(word))
}
