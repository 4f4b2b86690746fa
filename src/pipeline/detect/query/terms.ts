/** A word as it is compared: `key` is its stem, `root` its first letters, which other forms and derived words share. */
export interface Term {
  key: string
  root: string
}

const word = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|['’](?=\p{L}))*/gu
// Scripts that set no blanks between words: two neighbouring signs stand for a word. Korean sets blanks, but glues its particles on.
const signs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const segmenter = new Intl.Segmenter('th', { granularity: 'word' })

/** The words of a text in any language, in order: stems where there are blanks, pairs of signs in Chinese, Japanese and Korean. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = []
  for (const [found] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    if (/^[a-z0-9'’]+$/.test(found)) terms.push(termOf(found))
    else if (unspaced.test(found)) terms.push(...segmented(found))
    else terms.push(...mixed(found))
  }
  return terms
}

function segmented(text: string): Term[] {
  const words = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike)
  return words.map(({ segment }) => ({ key: segment, root: segment }))
}

function mixed(text: string): Term[] {
  const terms: Term[] = []
  let from = 0
  for (const { 0: run, index } of text.matchAll(signs)) {
    if (index > from) terms.push(termOf(text.slice(from, index)))
    terms.push(...pairs(run))
    from = index + run.length
  }
  if (from < text.length) terms.push(termOf(text.slice(from)))
  return terms
}

function pairs(run: string): Term[] {
  const letters = Array.from(run)
  if (letters.length === 1) return [{ key: run, root: run }]
  return letters.slice(1).map((letter, i) => ({ key: `${letters[i]}${letter}`, root: `${letters[i]}${letter}` }))
}

function termOf(written: string): Term {
  // Accents are often left out in questions; marks of other scripts carry vowels and stay.
  const plain = written
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0652]/g, '')
    .normalize('NFC')
  const bare = plain.replace(/['’]s$/, '').replace(/['’]/g, '')
  const key = stemOf(bare)
  // Five letters tell most words apart and join "educate", "education" and "educational".
  return { key, root: bare.length > 5 ? Array.from(bare).slice(0, 5).join('') : key }
}

/** Cuts the endings of English plurals and verbs. Wrong in other languages, but wrong in the same way in question and answer. */
function stemOf(text: string): string {
  if (text.length < 4 || !/^[a-z]+$/.test(text)) return text
  const singular = text
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1')
  const bare = singular.replace(/^(.*[aeiouy].*)(?:ing|ed)$/, '$1').replace(/^(.{3,})ly$/, '$1')
  const single = bare.length < 3 ? singular : bare.replace(/([bdgmnprt])\1$/, '$1')
  return single.length > 3 ? single.replace(/e$/, '') : single
}
