import { breaksAfter, endsSentence, endsWithMark, keyOf, type SpokenWord, type WordRun } from './spoken-word.ts'

/** Longer restarts are rather said again on purpose. Words. */
const longest = 6
/** After a longer pause something is taken up again, not stammered. Seconds. */
const longestPause = 1.2

/**
 * Words that nobody says twice in a row on purpose, by language. Not in it are those that may stand twice ("that that", "had had",
 * "Leute, die die Welt …", "nous nous"), and all that carries meaning ("very very", "no no").
 */
const neverTwice: Readonly<Record<string, ReadonlySet<string>>> = lists({
  en: 'i a an the and but or my your his our their we he she they because of if im ive its were theyre',
  de: 'ich wir er ein eine einen einem und aber oder mein dein sein wenn weil dass mit von',
  fr: 'je il elle ils on le la les un une et mais de des du que qui pour avec mon ma cest',
  es: 'yo el la los las un una y pero de en con por para mi su es',
  pt: 'eu o os as um uma e mas de em com por para meu minha',
  it: 'io il lo la le gli un una e ma di con per mio mia che',
  nl: 'ik de het een en maar van met mijn we hij',
})
/** Words that begin a thought, and so a thought begun again. */
const beginnings: Readonly<Record<string, ReadonlySet<string>>> = lists({
  en: 'you it this that there these those to in on at for with from what who how where when so is are was were can could will would do did have had not',
  de: 'du sie es der die das den dem des in im an auf zu zum für wie was wer wo so ist war hat kann nicht',
  fr: 'tu vous nous ce ça cette il y a dans sur en au aux est était a jai quand comment si ne pas',
  es: 'tú él ella se lo que como cuando está era no si a al del',
  pt: 'você ele ela se que como quando está era não no na do da',
  it: 'tu lui lei si se come quando è era non in a al del della',
  nl: 'je jij dat dit die in op te is was kan niet',
})

function lists(texts: Record<string, string>): Record<string, ReadonlySet<string>> {
  return Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, new Set(text.split(' '))]))
}

/**
 * What was begun and then begun again: "the the", "I was I was going", "wh- what". Each run is the part that goes; the last
 * attempt stays. What is said twice for effect ends where it was to end, so a repeat that ends its sentence is left.
 */
export function findRepeats(words: readonly SpokenWord[], language: string | null): WordRun[] {
  const tag = language?.toLowerCase().split(/[-_]/)[0] ?? ''
  const speech = { words, keys: words.map(({ text }) => keyOf(text)), tag }
  const found: WordRun[] = []
  for (let first = 0; first < words.length - 1; ) {
    const length = isCutOff(speech, first) ? 1 : repeatedAt(speech, first)
    if (length > 0) found.push({ first, last: first + length - 1 })
    first += Math.max(1, length)
  }
  return found
}

interface Speech {
  words: readonly SpokenWord[]
  keys: readonly string[]
  /** Of the language. */
  tag: string
}

/** How many words from here on are said again right after; 0 for none. */
function repeatedAt({ words, keys, tag }: Speech, first: number): number {
  for (let length = Math.min(longest, Math.floor((words.length - first) / 2)); length > 0; length--) {
    const isSame = Array.from({ length }, (_, i) => i).every((i) => {
      return keys[first + i] !== '' && keys[first + i] === keys[first + length + i]
    })
    if (isSame && isStammer({ words, keys, tag }, first, length)) return length
  }
  return 0
}

function isStammer({ words, keys, tag }: Speech, first: number, length: number): boolean {
  const [end, again, last] = [words[first + length - 1], words[first + length], words[first + 2 * length - 1]]
  if (!end || !again || !last || end.speaker !== again.speaker || again.start - end.end > longestPause) return false
  const inside = words.slice(first, first + 2 * length)
  if (inside.some(endsSentence) || last === words.at(-1)) return false
  const opening = keys[first] ?? ''
  if (/\p{N}/u.test(opening)) return false
  const never = neverTwice[tag]?.has(opening) === true
  if (length === 1) return never
  if (endsWithMark(last)) return false
  const broken = breaksAfter(words, first + length - 1)
  const begins = never || beginnings[tag]?.has(opening) === true
  // "on and on and on": a chain of "and" needs a break to be a restart.
  const isChain = keys.slice(first, first + length).some((key) => chains.has(key))
  return begins && (broken || !isChain)
}

const chains = new Set(['and', 'und', 'et', 'y', 'e', 'en'])

/** `wh- what`: broken off, and said whole right after. */
function isCutOff({ words, keys }: Speech, index: number): boolean {
  const [word, next] = [words[index], words[index + 1]]
  if (!word || !next || word.speaker !== next.speaker) return false
  const stem = keys[index] ?? ''
  return stem !== '' && /\p{L}[-–—]+$/u.test(word.text) && (keys[index + 1] ?? '').startsWith(stem)
}
