import type { ClipStyle } from '../../../domain/clip.ts'
import { type CaptionFont, captionFont } from './caption-font.ts'
import { captionLook } from './caption-look.ts'
import { cleanText } from './clean-text.ts'
import type { ClipWord } from './clip-word.ts'
import { groupWords, type PhraseRules } from './group-words.ts'
import { splitIntoTokens } from './split-into-tokens.ts'
import { hasLostPicture, withoutPictures } from './without-pictures.ts'
import { spaceScale, writeAss } from './write-ass.ts'

/**
 * Goes into memo keys. Raise it with every change of what is burned in: grouping, look, order or timing of the
 * captions, and the card's look. A new font file needs no new version: its fingerprint is in the key too.
 */
export const captionStyleVersion = '1'

interface BurnedCaptions {
  /** The script for ffmpeg's `ass` filter; null when there is nothing to burn. */
  ass: string | null
  /** Folder for the filter's `fontsdir`; holds the one font that is used. */
  fontsDir: string
  fontFingerprint: string
  /** What will not look as it should, in sentences for a person. */
  warnings: string[]
}

/** Word-by-word captions for a clip's picture of `size` pixels. Throws CaptionFontMissing. */
export function buildCaptions({
  words,
  size,
  style,
}: {
  words: ClipWord[]
  size: { width: number; height: number }
  style: ClipStyle['captions']
}): BurnedCaptions {
  const font = captionFont()
  const base = { fontsDir: font.fontsDir, fontFingerprint: font.fingerprint }
  if (style === 'none') return { ass: null, ...base, warnings: [] }
  const drawable = words.map((word) => ({ ...word, text: withoutPictures(cleanText(word.text), font) }))
  const look = captionLook(size)
  const [lineWidth, widthOf] = [look.lineWidth / look.fontSize, font.widthOf]
  const tokens = splitIntoTokens(drawable, { widthOf, widest: 1.5 * lineWidth })
  const phrases = groupWords(tokens, {
    ...rules,
    lineWidth,
    spaceWidth: spaceScale * widthOf(' '),
    lettersPerLine: look.lettersPerLine,
  })
  const ass = phrases.length === 0 ? null : writeAss({ phrases, size, style, font })
  return { ass, ...base, warnings: warningsFor(words, font) }
}

const rules: Omit<PhraseRules, 'lineWidth' | 'spaceWidth' | 'lettersPerLine'> = {
  mostFullness: 1.35,
  words: { least: 2, most: 5 },
  leastSeconds: 0.8,
  mostSeconds: 3.5,
  longestHold: 0.8,
  linger: 0.5,
}

function warningsFor(words: ClipWord[], font: CaptionFont): string[] {
  const texts = words.map((word) => cleanText(word.text))
  const missing = font.missingGlyphs(texts.map((text) => withoutPictures(text, font)).join(''))
  const warnings: string[] = []
  if (texts.some((text) => hasLostPicture(text, font))) {
    warnings.push('Emoji and other pictures are left out of the burned-in captions; the SRT and VTT files keep them.')
  }
  if (missing.length > 0) {
    const scripts = missing
      .map(({ script, letters }) => `${script} (${Array.from(letters).slice(0, 5).join(' ')})`)
      .join(', ')
    warnings.push(
      `The captions' font has no letters for ${scripts}. A font of this system is used for them; without one there will be empty boxes. ` +
        'Installing a Noto font for the script (e.g. fonts-noto-core, fonts-noto-cjk) mends this.',
    )
  }
  return warnings
}
