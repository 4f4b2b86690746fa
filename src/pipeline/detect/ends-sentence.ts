// What may stand between the mark that ends a sentence and the next blank: quotation marks, brackets.
const closers = String.raw`[\p{Pe}\p{Pf}\p{Pi}"'*_\s]*$`
/**
 * The marks with which sentences end in all scripts: Unicode's Sentence_Terminal (`.!?` and `。！？؟۔।።։။` …), which `Intl.Segmenter` goes by
 * too, dots, and the Greek question mark. `Intl.Segmenter` itself is not asked for sentences: it splits after "Dr." and never in small letters.
 */
const endMark = new RegExp(String.raw`(?:[\p{Sentence_Terminal}…‥]|\p{Script=Greek}[;\u037e])${closers}`, 'u')
const quotedEnd = /[\p{Sentence_Terminal}…]\s*[\p{Pf}\p{Pi}"']+$/u
const dots = new RegExp(`(?:\\.\\.|…|‥)${closers}`, 'u')
const fullStop = new RegExp(`^(.*[^.])\\.${closers}`, 'u')

/** Titles: a name follows. As they are written, and in small letters (and capitals) those that are no other word. */
const titles = set(
  `Mr Mrs Ms Mx Dr Prof St Rev Gen Col Lt Sgt Capt Gov Sen Rep Hon Pres Supt Fr Hr Messrs Mme Mlle Sr Sra Srta Sres Dra Ud Uds
  Ing Lic Dipl Mag mr mrs dr prof st sra srta sres dra ud uds`,
)
/** The phrase goes on after these, whatever follows. */
const inside = set(
  'vs e.g i.e cf approx viz al z.b d.h u.a o.ä i.d.r v.a s.o u.u p.ej p.ex ca bzgl ggf evtl inkl exkl zzgl bspw vgl sog bzw resp',
)
/** A number follows them; without one they are words: "No." */
const beforeNumbers = set(
  'no nos nr núm num fig figs vol vols p pp pag pág ch sec art abs bd jan feb mar apr jun jul aug sep sept oct nov dec okt dez ene abr ago dic janv févr avr juil',
)
/** The sentence goes on after these unless a word follows that opens one. */
const open = set('jr sr inc ltd co corp llc dept est etc usw u.s.w ph.d m.d b.a m.a')
/** Words that open sentences far more often than they are part of a name. */
const openers = set(
  `the a an this that these those it its he she we they i you my our his her their there here and but so or if when what why how who where
  which then now well yes no yeah okay ok because in on at as for to is are was do did not let
  der die das ein eine und aber wir er sie es ich da dann wenn el la los las un una y pero yo en es no le les et mais je il elle nous on
  c'est ce o os um uma e mas eu ele ela nós não`,
)
/** Words before a day or a rank in German: `am 3. Oktober`, `im 19. Jahrhundert`. There a noun with a capital follows the full stop. */
const beforeOrdinals = set(
  'am im vom zum zur beim ab bis seit der die das den dem des jeder jede jeden jedes dieser ein einen einem ihr ihre mein sein und',
)

interface Seam {
  /** The word that may be the last of its sentence, the ones around it, each with its marks. */
  word: string
  before: string | undefined
  next: string
}

/** Whether a word carries a mark with which sentences end, whatever the mark means there. */
export function hasEndMark(word: string): boolean {
  return endMark.test(word)
}

/**
 * Whether a sentence ends after a word: by its mark, unless that belongs to an abbreviation, an initial, a German ordinal or the number of a
 * list, or a small letter goes on after dots or a quotation. `before` is undefined for the first word of a sentence.
 */
export function endsSentence({ word, before, next }: Seam): boolean {
  if (!hasEndMark(word)) return false
  const goesOnSmall = /^[\p{Ps}\p{Pi}"'“‘«]*\p{Ll}/u.test(next)
  // "He was… well, late"; "Who has packed it?" he asked.
  if (goesOnSmall && (dots.test(word) || quotedEnd.test(word))) return false
  const stem = fullStop.exec(word)?.[1]?.replace(/^[\p{P}\p{S}]+/u, '')
  return stem === undefined || stem === '' || !isShortened({ stem, before, next })
}

function isShortened({ stem, before, next }: { stem: string; before: string | undefined; next: string }): boolean {
  const small = stem.toLowerCase()
  if (titles.has(stem) || titles.has(small) || inside.has(small) || /^\p{Ll}$/u.test(stem)) return true
  if (beforeNumbers.has(small) || small.endsWith('str')) return /^\p{N}/u.test(next)
  if (/^\p{N}{1,3}$/u.test(stem)) return before === undefined || isOrdinal(before, next)
  const isInitial = /^\p{Lu}$/u.test(stem) && stem !== 'I'
  const isAcronym = /^(?:\p{L}\.)+\p{L}$/u.test(stem)
  return (isInitial || isAcronym || open.has(small)) && !opensSentence(next)
}

function isOrdinal(before: string, next: string): boolean {
  return beforeOrdinals.has(before.toLowerCase()) && /^\p{L}/u.test(next) && !opensSentence(next)
}

function opensSentence(next: string): boolean {
  const letters = next.replace(/[^\p{L}'’]/gu, '').replace(/’/g, "'")
  const small = letters.toLowerCase()
  return /^\p{Lu}/u.test(letters) && (openers.has(small) || openers.has(small.replace(/'.*$/, '')))
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
