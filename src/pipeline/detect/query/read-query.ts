import { commonWords } from '../vocabulary.ts'
import { type Term, termsOf } from './terms.ts'

/** A question as the search sees it. */
export interface Query {
  /** What it asks about, each once, in order. */
  terms: Term[]
  /** Terms that stand side by side. */
  pairs: [Term, Term][]
  /** Every word in small letters, for names of speakers. */
  words: string[]
  /** Those of them that are written like names. */
  names: ReadonlySet<string>
  /** What kind of answer it wants; all false in languages without word lists. */
  kind: { overview: boolean; opinion: boolean; fact: boolean }
}

// Sentences of ten thousand letters ask nothing more than their first words do.
const mostTerms = 24

// "How does X work?" asks about X; that many things work in a recording says nothing of it.
const howItWorks =
  /^(\s*(?:and |so )?how (?:do|does|did|can|could|will|would)\s.*\S)\s+(?:actually |really )?work\s*[?.!]*\s*$/isu

/** What a question asks about, without the words that only ask. `terms` is empty when nothing else is left. */
export function readQuery(text: string): Query {
  const asked = text.slice(0, 4000).normalize('NFKC')
  const about = asked.replace(howItWorks, '$1').split(/\s+/)
  // "How does it work?" names nothing else.
  const tokens = about.every(asksOnly) ? asked.split(/\s+/) : about
  const terms: Term[] = []
  const pairs: [Term, Term][] = []
  let previous: Term | null = null
  for (const token of tokens) {
    if (asksOnly(token)) {
      previous = null
      continue
    }
    for (const term of termsOf(token)) {
      if (previous !== null) pairs.push([previous, term])
      previous = term
      if (!terms.some(({ key }) => key === term.key)) terms.push(term)
    }
    if (terms.length >= mostTerms) break
  }
  const small = text.slice(0, 4000).toLowerCase()
  return {
    terms: terms.slice(0, mostTerms),
    pairs: pairs.slice(0, mostTerms),
    words: small.match(/[\p{L}\p{N}]+/gu) ?? [],
    names: namesIn(tokens),
    kind: {
      overview:
        /\b(?:summari[sz]e|summary|overview|discuss(?:ed|ion|ions)?|talk(?:ed|s|ing)? about|conversation)\b/.test(
          small,
        ),
      opinion:
        /\b(?:think|thinks|thought|opinions?|view|attitude|feel|believe|say|said|comment|suggest(?:ed|ion)?)\b/.test(
          small,
        ),
      fact: /\b(?:who|when|where|which|how (?:many|much|long|often)|is|was|will|were|does)\b/.test(small),
    },
  }
}

/** Words with a capital; the first word of all has one anyway, so that it counts only where it says something. */
function namesIn(tokens: readonly string[]): Set<string> {
  const names = tokens.filter((token, i) => /^[^\p{L}]*\p{Lu}/u.test(token) && (i > 0 || !asksOnly(token)))
  return new Set(names.flatMap((name) => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))
}

function asksOnly(token: string): boolean {
  const bare = token
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  return bare === '' || commonWords.has(bare) || commonWords.has(bare.replace(/'s$/, '')) || asking.has(bare)
}

// Words of questions and of talk about talk, of our own choice.
const asking = new Set(
  `summarize summarise summary summaries overview discuss discussed discussing discussion discussions meeting meetings talk talks talked
  talking conversation conversations opinion opinions thought thoughts view views attitude attitudes mention mentioned mentions mentioning tell told
  team group members member participants speaker speakers recording episode podcast video moment moments part parts find show
  regarding concerning whether towards according happened happen happens during while between after before which whose whom
  wo was wer wie warum wann welche welcher reden sprechen sprach über die der das den dem und oder ein eine ist sind sie es man
  dónde donde qué que quién cómo cuándo por porque hablan habla sobre el la los las un una de del se y en es son
  où quand comment pourquoi qui quoi est-ce parlent parle des du le les une et dans sur ils elles il elle
  onde quem quando falam fala sobre os as um uma do da no na com e o a
  dove quando come perché parlano di il lo gli della del che`.split(/\s+/),
)
