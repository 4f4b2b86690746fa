/** Colours of captions, as ASS writes them: blue, green, red. */
export interface CaptionColours {
  /** Letters. */
  text: string
  /** Letters of the word being said, or of those that carry. */
  accent: string
  /** Beside the accent. */
  strong: string
  /** Round the letters. */
  edge: string
  /** A ground under letters, and letters on it. */
  ground: string
  onGround: string
  /** A card with letters on it, those not yet said, and those that stand out. */
  card: string
  onCard: string
  dimOnCard: string
  accentOnCard: string
  /** Letters of each speaker. */
  speakers: readonly string[]
}

/** Warm yellow: stands out on skin, sky and walls alike, and is no colour of the apps' own buttons. */
const yellow = '&H1FD4FF&'
const white = '&HFFFFFF&'

/** Without a brand. */
export const usualColours: CaptionColours = {
  text: white,
  accent: yellow,
  // Mint, beside the yellow.
  strong: '&HA6F06B&',
  edge: '&H140C08&',
  // Violet, as a ground under white letters.
  ground: '&HED3A7C&',
  onGround: white,
  card: '&H201612&',
  onCard: white,
  // Over 4.5 : 1 against the card, so it can be read ahead (WCAG 2.2, 1.4.3).
  dimOnCard: '&HB0A8A0&',
  accentOnCard: yellow,
  // Yellow and blue stay apart for every kind of colour blindness; more than two voices are rare in a clip.
  speakers: [yellow, '&HFFC85A&', '&H9AF27C&', '&HC09BFF&'],
}

/** A colour for a style line, which has its transparency first: 0 is solid, 255 unseen. */
export function withTransparency(colour: string, transparency: number): string {
  return `&H${transparency.toString(16).padStart(2, '0').toUpperCase()}${colour.slice(2, 8)}`
}
