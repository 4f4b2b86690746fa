import { basename } from 'node:path'

// Letters as a person counts them; a name of 300 emoji is nobody's title.
const mostLetters = 120
// One letter can be made of any number of code points.
const mostCodePoints = 300

// Controls, halves of letters, and marks that turn the writing around (UAX 9): a name could show as another. The joiner of emoji stays.
const unseen = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The name a file came with, as it may be shown: one line of sensible length without folders. Never part of a path. Maybe empty. */
export function shownFileName(name: string): string {
  const own = basename(name.replaceAll('\\', '/'))
  return shorten(
    own
      .replace(/[\t\n\r]/g, ' ')
      .replace(unseen, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

/** The same as a title: without its ending, and never empty. */
export function titleOfFileName(name: string): string {
  const shown = shownFileName(name)
  // `part 2.5` has no ending.
  const stem = shown.replace(/\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}$/i, '').trim()
  return /[\p{L}\p{N}\p{S}]/u.test(stem) ? stem : 'recording'
}

function shorten(text: string): string {
  let [short, letters] = ['', 0]
  let codePoints = 0
  for (const { segment } of segmenter.segment(text)) {
    letters += 1
    codePoints += Array.from(segment).length
    if (letters > mostLetters || codePoints > mostCodePoints || short.length + segment.length > mostCodePoints) break
    short += segment
  }
  return short.trim()
}
