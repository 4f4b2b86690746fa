import { chooseTitle } from '../choose-title.ts'
import { capitalised } from '../features/say.ts'
import { termsOf } from '../query/terms.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { bare } from '../sentence-counts.ts'
import { shorten } from '../shorten.ts'
import { commonWords, fillerWords, numberWords, reactionWords } from '../vocabulary.ts'

interface SentenceSpan {
  first: number
  last: number
}

interface Phrase {
  /** Stems, one after the other. */
  key: string
  stems: readonly string[]
  /** As written most often. */
  text: string
  value: number
}

const mostCharacters = 60
const mostPhrases = 3
// What is said once in ten minutes is no subject.
const leastUses = 3

/**
 * Titles for all chapters of a recording, made of the speakers' own words: the phrases that each chapter says more often than the others
 * do, such as "Remote control, voice recognition and buttons". A chapter without such phrases gets its most telling sentence.
 */
export function titleChapters(facts: RecordingFacts, chapters: readonly SentenceSpan[]): string[] {
  const said = chapters.map((chapter) => countPhrases(facts, chapter))
  const everywhere = new Map<string, number>()
  for (const { uses } of said)
    for (const [key, { count }] of uses) everywhere.set(key, (everywhere.get(key) ?? 0) + count)
  const words = said.reduce((sum, chapter) => sum + chapter.words, 0)
  const articles = said.reduce((sum, chapter) => sum + chapter.articles, 0)
  return chapters.map((chapter, c) => {
    const own = said[c] ?? { uses: new Map<string, Use>(), words: 0, articles: 0 }
    const phrases = [...own.uses].flatMap(([key, use]) => phraseOf({ key, ...use }))
    const best = withoutRepeats(phrases.sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))).slice(
      0,
      mostPhrases,
    )
    if (best.length > 0) return shorten(joined(best.map(({ text }) => text)), mostCharacters)
    return chooseTitle({ firstSentence: chapter.first, lastSentence: chapter.last, start: 0, end: 0 }, facts)

    function phraseOf({ key, count, written, nominal }: Use & { key: string }): Phrase[] {
      if (count < leastUses) return []
      const stems = key.split(' ')
      const here = count / Math.max(1, own.words)
      const all = (everywhere.get(key) ?? count) / Math.max(1, words)
      // Where there are articles, they tell things from doings.
      const thingness = articles * 100 > words ? 0.4 + nominal / count : 1
      // In one long chapter nothing is said more than elsewhere; then what is said most counts.
      const gain = Math.log(1 + here / all)
      return [
        {
          key,
          stems,
          text: mostUsed(written),
          value: Math.log(1 + count) * gain * (1 + 0.7 * (stems.length - 1)) * thingness,
        },
      ]
    }
  })
}

interface Use {
  count: number
  /** Ways of writing it, and how often each comes. */
  written: Map<string, number>
  /** How often an article or the like stands before it. */
  nominal: number
}

function countPhrases(
  { sentences, words, signs }: RecordingFacts,
  { first, last }: SentenceSpan,
): { uses: Map<string, Use>; words: number; articles: number } {
  const uses = new Map<string, Use>()
  let [count, articles] = [0, 0]
  for (let s = first; s <= last; s++) {
    const sentence = sentences[s]
    if (sentence === undefined) continue
    const run: { stem: string; text: string }[] = []
    let hasArticle = false
    for (let i = sentence.firstWord; i <= sentence.lastWord; i++) {
      const written = words[i]?.text ?? ''
      const token = contentOf(written, signs.capitalsMeanNames && i > sentence.firstWord)
      count++
      if (token === null) {
        run.length = 0
        hasArticle = article.test(written)
        if (hasArticle) articles++
      } else {
        run.push(token)
        // A mark ends a phrase.
        const ends = /[.,;:!?…)\]"”]$/u.test(written)
        const next = words[i + 1]?.text ?? ''
        // "The same language": the thing is the language. Where somebody goes on after "the same", nothing is named.
        const isHead = ends || i === sentence.lastWord || contentOf(next, false) === null
        for (const size of [1, 2, 3]) {
          if (run.length >= size) note(uses, run.slice(-size), hasArticle && isHead)
        }
        if (ends) run.length = 0
      }
    }
  }
  return { uses, words: count, articles }
}

function contentOf(written: string, keepsCapital: boolean): { stem: string; text: string } | null {
  const text = bare(written)
  const small = text.toLowerCase()
  if (small.length < 3 || !/^\p{L}[\p{L}\p{M}\p{N}'-]*$/u.test(small) || /'(?:ll|ve|re|d|m|t)$/.test(small)) return null
  if (
    commonWords.has(small) ||
    fillerWords.has(small) ||
    reactionWords.has(small) ||
    numberWords.has(small) ||
    empty.has(small)
  )
    return null
  // Titles are written with blanks; where a language has none, sentences serve.
  const terms = termsOf(small)
  if (terms.length !== 1) return null
  return { stem: terms[0]?.key ?? small, text: keepsCapital ? text : small }
}

function note(uses: Map<string, Use>, run: readonly { stem: string; text: string }[], hasArticle: boolean): void {
  const key = run.map(({ stem }) => stem).join(' ')
  const text = run.map((word) => word.text).join(' ')
  const use = uses.get(key) ?? { count: 0, written: new Map<string, number>(), nominal: 0 }
  use.count++
  if (hasArticle) use.nominal++
  use.written.set(text, (use.written.get(text) ?? 0) + 1)
  uses.set(key, use)
}

/** Leaves out what only repeats a better one: the same words in part or in all. */
function withoutRepeats(phrases: readonly Phrase[]): Phrase[] {
  const kept: Phrase[] = []
  const taken = new Set<string>()
  for (const phrase of phrases) {
    if (kept.length >= mostPhrases) break
    if (phrase.stems.some((stem) => taken.has(stem))) continue
    kept.push(phrase)
    for (const stem of phrase.stems) taken.add(stem)
  }
  return kept
}

const article = /^(?:the|an?|this|that|these|those|our|your|his|her|their|its|my|of|for|about|with)$/i

function mostUsed(written: ReadonlyMap<string, number>): string {
  return [...written].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
}

function joined(phrases: readonly string[]): string {
  const list = phrases.length < 2 ? (phrases[0] ?? '') : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`
  return capitalised(list)
}

// Of our own choice: words that carry no subject however often they are said.
const empty = new Set(
  `thank thanks again already another around away been before being believe better certainly coming different doing done during either else end enough
  example far feel few find first getting given giving guess happen happened happening having hear help hope idea important instead
  kinda less long maybe might must never nice next number obviously okay once pretty probably point quite rather saw second seem seems
  since sometimes soon start started still sure talk talked talking tell three today together too trying two understand usually wait wanna wanted
  whatever whether while whole without word work working year years yet yourself bit case course basically certain everybody nobody somebody
  which own keep easy hold same early earlier later latest please last various extra fun guys well show shows gone making between meeting meetings especially honourable member members question questions answer minister speaker chair madam sir mister`.split(
    /\s+/,
  ),
)
