/** Never end a sentence: a name, a number or an example follows. Lower case, without the last full stop. */
const leading = new Set(
  (
    'mr mrs ms dr prof st rev gen col lt sgt capt gov sen rep hon pres supt fr hr messrs mme mlle sra srta ud uds ' +
    'vs e.g i.e cf approx ca no nos nr fig vol pp viz z.b d.h u.a p.ej al'
  ).split(' '),
)
/** May end a sentence; they do when a word follows that opens one. */
const ambiguous = new Set(
  'jr sr inc ltd co corp llc dept est etc a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a bzw usw jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
)
/** Words that open sentences far more often than they are names. */
const openers = new Set(
  (
    'the a an this that these those it its he she we they i you my our his her their there here and but so or if when ' +
    'what why how who where which then now well yes no yeah okay ok because in on at as for to is are was do did not let'
  ).split(' '),
)
/** Languages that write ordinals with a full stop: `am 3. Oktober`. */
const dottedOrdinals = new Set('de da nb nn no fi et cs sk sl hr sr hu pl lv is fo'.split(' '))

interface Seam {
  /** The word before the supposed end, with its punctuation. */
  word: string
  next: string | undefined
  /** Whether the word is the first of its sentence: `1. Open the door.` */
  isFirst: boolean
  language: string | null
}

/**
 * Whether a sentence really ends after this word, where `Intl.Segmenter` thinks so by full stop and capital letter:
 * abbreviations, initials, ordinals and numbered lists say no.
 */
export function isSentenceEnd({ word, next, isFirst, language }: Seam): boolean {
  if (next === undefined) return true
  const bare = word.replace(/^[\p{P}\p{S}]+/u, '')
  if (!bare.endsWith('.') || bare.endsWith('..')) return true
  const stem = bare.slice(0, -1)
  const opens = openers.has(next.toLowerCase().replace(/[^\p{L}]/gu, ''))
  if (leading.has(stem.toLowerCase())) return false
  if (ambiguous.has(stem.toLowerCase()) || /^(?:\p{L}\.)+\p{L}$/u.test(stem)) return opens
  if (/^\p{Lu}$/u.test(stem) && stem !== 'I') return opens
  if (/^\d{1,3}$/.test(stem)) return !isFirst && !dottedOrdinals.has((language ?? '').split('-')[0] ?? '')
  return true
}
