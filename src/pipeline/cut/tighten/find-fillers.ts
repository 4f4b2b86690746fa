import { type Fillers, fillersOf } from './filler-words.ts'
import { breaksAfter, endsSentence, endsWithMark, keyOf, type SpokenWord, type WordRun } from './spoken-word.ts'

/** Tokens that may make up one filler: languages without blanks come in pieces. */
const mostTokens = 4

/** The fillers among words, in order and without overlaps. */
export function findFillers(words: readonly SpokenWord[], language: string | null): WordRun[] {
  const fillers = fillersOf(language)
  const found: WordRun[] = []
  for (let first = 0; first < words.length; ) {
    const last = fillerAt(words, first, fillers)
    if (last === null) first++
    else {
      found.push({ first, last })
      first = last + 1
    }
  }
  return found
}

/** Where a filler that begins here ends; the longest one counts. */
function fillerAt(words: readonly SpokenWord[], first: number, { sounds, apart }: Fillers): number | null {
  let found: number | null = null
  let letters = ''
  for (let last = first; last < Math.min(words.length, first + mostTokens); last++) {
    // One filler is not said across a mark or by two people.
    if (last > first && breaksAfter(words, last - 1)) break
    letters += keyOf(words[last]?.text ?? '')
    if (isSound(words, { first, last }, { letters, sounds })) found = last
    else if (apart.has(letters) && standsApart(words, { first, last })) found = last
  }
  return found
}

function isSound(
  words: readonly SpokenWord[],
  { first, last }: WordRun,
  { letters, sounds }: { letters: string; sounds: RegExp },
): boolean {
  if (!sounds.test(letters)) return false
  const written = words[first]?.text ?? ''
  // The emergency room is none, nor is one who asks "hm?".
  if (last === first && /^\P{L}*\p{Lu}{2}\P{L}*$/u.test(written)) return false
  return !/[?？]/.test(words[last]?.text ?? '')
}

/** Something ends before it and after it; but a sentence of its own is an answer. */
function standsApart(words: readonly SpokenWord[], { first, last }: WordRun): boolean {
  const [before, end] = [words[first - 1], words[last]]
  if (!end || /[?？]/.test(end.text)) return false
  const opens = first === 0 || breaksAfter(words, first - 1)
  if (!opens || !breaksAfter(words, last)) return false
  const beginsSentence = before === undefined || endsSentence(before) || before.speaker !== end.speaker
  if (beginsSentence && (endsSentence(end) || last === words.length - 1)) return false
  // A pause alone is weak evidence: "do … you know … what" hesitates in the middle of a question.
  const marked = (before === undefined || endsWithMark(before)) && endsWithMark(end)
  return marked || !(asks.has(keyOf(before?.text ?? '')) || takesOn.has(keyOf(words[last + 1]?.text ?? '')))
}

const asks = new Set(
  'do does did dont didnt if as how what when because would could should let feel feels look looks sound sounds seem'.split(
    ' ',
  ),
)
const takesOn = new Set('what how who why where when that if the it him her them this me my your of'.split(' '))
