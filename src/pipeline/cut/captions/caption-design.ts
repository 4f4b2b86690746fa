import type { AssEvent, AssStyle } from './ass-document.ts'
import type { CaptionColours } from './caption-colours.ts'
import type { CaptionFonts, FontWeight } from './caption-fonts.ts'
import type { CaptionLook } from './caption-look.ts'
import type { Phrase, PhraseRules } from './group-words.ts'
import type { Token } from './split-into-tokens.ts'

/** A phrase and where it stands. */
export interface PlacedPhrase extends Phrase {
  /** Middle of its lines, pixels from the top. */
  y: number
}

/** What a style draws with. */
export interface Stage {
  /** Sizes and places, with the style's own size of letters. */
  look: CaptionLook
  fonts: CaptionFonts
  colours: CaptionColours
  size: { width: number; height: number }
  /** The words that carry what is said: numbers, names, rare words. */
  carries: (token: Token) => boolean
  /** Who speaks, in the order they are first heard. */
  speakers: readonly string[]
}

/** One way for captions to look: what is said of it here, the shared layout keeps. */
export interface CaptionDesign {
  /** Goes into memo keys. Raise it with every change of what this style burns in. */
  version: string
  weight: FontWeight
  /** Size of the letters, times the usual one. */
  scale: number
  /** `low` is over the apps' own texts, `middle` in the centre of the picture. */
  place: 'low' | 'middle'
  /** Everything in capital letters, where a script has them. */
  capitals?: boolean
  rules: Omit<PhraseRules, 'lineWidth' | 'spaceWidth' | 'lettersPerLine'>
  /** How much wider than the font's own a space is drawn. */
  spaceScale?: number
  /** What stands out from its lines at each side, in em: a card's padding, a bar. */
  margin?: number
  /** How high it is at most, with all that belongs to it, in em of its letters. */
  height: number
  draw: (phrases: readonly PlacedPhrase[], stage: Stage) => { styles: AssStyle[]; events: AssEvent[] }
}
