import { shorten } from '../shorten.ts'
import type { Judgement } from './judgement.ts'

/** What a model may say of a moment, for people; empty where it said nothing fit to be shown. */
export interface Wording {
  title: string
  hook: string
  reason: string
}

const mostCharacters = { title: 60, hook: 120, reason: 200 }

/**
 * The words of a judgement as they may be shown: one line each, no longer than fits, without invisible characters. Models make
 * things up, and a recording may try to talk them into something: a title or hook that shares no word with what is said in the moment is left out,
 * and so is whatever holds an address. What is left is still text from outside and is escaped wherever it is shown.
 */
export function wordingOf(judgement: Judgement | null, text: string): Wording {
  if (judgement === null) return { title: '', hook: '', reason: '' }
  const title = withoutFrame(oneLine(judgement.title))
  const hook = oneLine(judgement.hook)
  const reason = oneLine(judgement.reason)
  const said = termsOf(text)
  return {
    title: isFit(title) && isAbout(title, said) ? shorten(title, mostCharacters.title) : '',
    hook: isFit(hook) && isAbout(hook, said) ? shorten(hook, mostCharacters.hook) : '',
    reason: isFit(reason) ? shorten(reason, mostCharacters.reason) : '',
  }
}

function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '')
    .trim()
}

/** Titles come as "…", **…** or with a full stop; none of it belongs on a clip. */
function withoutFrame(title: string): string {
  return title
    .replace(/^[\s"“”'‘’*#_`«»„]+|[\s"“”'‘’*_`«»„]+$/gu, '')
    .replace(/(?<![.…])\.$/u, '')
    .trim()
}

function isFit(text: string): boolean {
  return text !== '' && !/https?:|www\.|\b[\w-]+\.(?:com|net|org|io|ru|cn|xyz)\b|[<>{}]/iu.test(text)
}

function isAbout(text: string, said: Set<string>): boolean {
  for (const term of termsOf(text)) if (said.has(term)) return true
  return false
}

// Enough letters to tell words apart, few enough for "bakery" to meet "bakeries".
const stemLetters = 5
const scriptsWithoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

/** What words are about, roughly, in any language: the beginnings of words of four letters and more, numbers, and pairs of signs where no spaces are written. */
function termsOf(text: string): Set<string> {
  const lower = text.toLowerCase()
  const terms = new Set<string>()
  for (const [run] of lower.matchAll(scriptsWithoutSpaces)) {
    const signs = Array.from(run)
    for (let i = 0; i + 1 < signs.length; i++) terms.add(`${signs[i]}${signs[i + 1]}`)
  }
  for (const [word] of lower.replace(scriptsWithoutSpaces, ' ').matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    // "that" and "with" prove nothing, but words of three letters and less would prove less.
    if (/^\p{N}+$/u.test(word) || Array.from(word).length >= 4)
      terms.add(Array.from(word).slice(0, stemLetters).join(''))
  }
  return terms
}
