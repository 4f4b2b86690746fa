import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { AppError } from '../../../domain/app-error.ts'
import { readTrueType } from './read-true-type.ts'
import { scriptOf } from './script-of.ts'

/** The burned-in captions have no font to be drawn with: libass would burn nothing and ffmpeg would still exit with 0. */
export class CaptionFontMissing extends AppError {
  readonly code = 'CAPTION_FONT_MISSING'
  constructor(cause: unknown) {
    super('The font of the captions is missing or damaged.', {
      cause,
      hint: 'Install the dependencies again (npm ci): the font is part of @expo-google-fonts/montserrat.',
    })
  }
}

/** How wide texts become; all widths in em (1 = the font's size). */
export interface FontMetrics {
  /** As the style must name it, to the letter: libass silently takes another font otherwise. */
  family: string
  /** Height of a line in em, the unit of `Fontsize` in ASS. */
  lineHeight: number
  /** Width of a line of text without kerning; what the font lacks is estimated. */
  widthOf: (text: string) => number
  /** Whether the font itself has every letter. */
  covers: (text: string) => boolean
}

export interface CaptionFont extends FontMetrics {
  /** The folder to give to ffmpeg as `fontsdir`; the one font file in it is the one used. */
  fontsDir: string
  file: string
  /** Hash of the file's bytes, for memo keys. */
  fingerprint: string
  /** The letters the font lacks, by script, e.g. `{ script: 'Arabic', letters: 'بر' }`. */
  missingGlyphs: (text: string) => { script: string; letters: string }[]
}

const packagePath = '@expo-google-fonts/montserrat/800ExtraBold/Montserrat_800ExtraBold.ttf'

let loaded: CaptionFont | undefined

/** The font captions are drawn with, read once a process. Throws CaptionFontMissing. */
export function captionFont(): CaptionFont {
  loaded ??= loadCaptionFont(() => createRequire(import.meta.url).resolve(packagePath))
  return loaded
}

/** Reads a font file found by `resolve`. Throws CaptionFontMissing. */
export function loadCaptionFont(resolve: () => string): CaptionFont {
  try {
    const file = resolve()
    const bytes = readFileSync(file)
    return describeFont(file, bytes)
  } catch (cause) {
    throw new CaptionFontMissing(cause)
  }
}

function describeFont(file: string, bytes: Buffer): CaptionFont {
  const { advanceOf, lineHeight } = readTrueType(bytes)
  const has = (letter: string) => isInvisible(letter) || advanceOf(letter.codePointAt(0) ?? 0) !== null
  const widthOfLetter = (letter: string) =>
    isInvisible(letter) ? 0 : (advanceOf(letter.codePointAt(0) ?? 0) ?? guessWidth(letter))
  return {
    fontsDir: dirname(file),
    file,
    family: 'Montserrat ExtraBold',
    fingerprint: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    lineHeight,
    widthOf: (text) => Array.from(text).reduce((width, letter) => width + widthOfLetter(letter), 0),
    covers: (text) => Array.from(text).every(has),
    missingGlyphs: (text) => byScript(Array.from(new Set(text)).filter((letter) => !has(letter))),
  }
}

/** Letters that are drawn by a font of the system: full-width ones fill a square, the others about two thirds of one. */
function guessWidth(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u.test(
    letter,
  )
    ? 1
    : 0.66
}

function isInvisible(letter: string): boolean {
  return /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(letter)
}

function byScript(letters: string[]): { script: string; letters: string }[] {
  const scripts = Map.groupBy(letters, scriptOf)
  return [...scripts].map(([script, its]) => ({ script, letters: its.join('') }))
}
