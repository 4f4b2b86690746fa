import type { CaptionFonts } from './caption-fonts.ts'
import { cleanText } from './clean-text.ts'
import type { ClipWord } from './clip-word.ts'
import { scriptOf } from './script-of.ts'
import { hasLostPicture, withoutPictures } from './without-pictures.ts'

/** Words as they can be drawn, and what had to be left out of them, in sentences for a person. */
export interface DrawableWords {
  words: ClipWord[]
  warnings: string[]
}

/** Letters of these scripts change their shape and order together; set one by one they are wrong. */
const needShaping =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u

export function needsShaping(words: readonly ClipWord[]): boolean {
  return words.some(({ text }) => needShaping.test(text))
}

/**
 * Leaves out what would be drawn as empty boxes or as nonsense: signs no font has, words with letters no font has, and,
 * with an ffmpeg that can't shape, words of scripts that need it.
 */
export function drawableWords(
  words: readonly ClipWord[],
  { fonts, canShape }: { fonts: CaptionFonts; canShape: boolean },
): DrawableWords {
  const cleaned = words.map((word) => ({ ...word, text: cleanText(word.text) }))
  const covering = { covers: fonts.shows }
  const lostPicture = cleaned.some(({ text }) => hasLostPicture(text, covering))
  const drawn = cleaned.map((word) => ({ ...word, text: withoutPictures(word.text, covering) }))
  const shapeless = canShape ? [] : drawn.filter(({ text }) => needShaping.test(text))
  const fontless = drawn.filter((word) => !shapeless.includes(word) && !fonts.shows(word.text))
  const lost = new Set([...shapeless, ...fontless])
  return {
    words: drawn.filter((word) => word.text !== '' && !lost.has(word)),
    warnings: [...pictureWarning(lostPicture), ...fontWarning(fontless, fonts), ...shapeWarning(shapeless)],
  }
}

function pictureWarning(isLost: boolean): string[] {
  return isLost
    ? ['Some emoji or signs are left out of the burned-in captions: no font has them. The SRT and VTT files keep them.']
    : []
}

function fontWarning(words: readonly ClipWord[], fonts: CaptionFonts): string[] {
  if (words.length === 0) return []
  const letters = new Set(words.flatMap(({ text }) => Array.from(text)).filter((sign) => !fonts.shows(sign)))
  const scripts = Map.groupBy(letters, scriptOf)
  const named = [...scripts].map(([script, its]) => `${script} (${its.slice(0, 5).join(' ')})`).join(', ')
  return [
    `${count(words)} left out of the burned-in captions: no font has letters for ${named}. The SRT and VTT files keep them. ` +
      'Installing a Noto font for the script mends this (npm install @expo-google-fonts/noto-sans-…, or fonts-noto-core).',
  ]
}

function shapeWarning(words: readonly ClipWord[]): string[] {
  if (words.length === 0) return []
  const scripts = [...new Set(words.map(({ text }) => scriptOf(needShaping.exec(text)?.[0] ?? '')))].join(', ')
  return [
    `${count(words)} left out of the burned-in captions: this ffmpeg was built without HarfBuzz and can't join letters of ` +
      `${scripts}. The SRT and VTT files keep them. A newer ffmpeg mends this (FFMPEG_PATH, or the system's).`,
  ]
}

function count(words: readonly ClipWord[]): string {
  return words.length === 1 ? '1 word is' : `${words.length} words are`
}
