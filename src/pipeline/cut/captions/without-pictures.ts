/** What draws the text. */
interface Drawing {
  covers: (text: string) => boolean
}

const picture = /[\p{Emoji_Presentation}\p{Emoji_Modifier}\p{Regional_Indicator}\p{So}\p{Co}\u20e3]/u
const variationSelector = /[\ufe00-\ufe0f]/u

/** Leaves out emoji and other pictures the fonts lack: there would be empty boxes. What is drawn has one colour: libass knows no colour fonts. */
export function withoutPictures(text: string, font: Drawing): string {
  const kept = Array.from(text)
    .filter((sign) => !variationSelector.test(sign) && !isLost(sign, font))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim()
  // Joiners of what was left out are nothing to show.
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(kept) ? kept : ''
}

/** Whether `withoutPictures` leaves something out that would have been seen. */
export function hasLostPicture(text: string, font: Drawing): boolean {
  return Array.from(text).some((sign) => isLost(sign, font))
}

function isLost(sign: string, font: Drawing): boolean {
  return picture.test(sign) && !font.covers(sign)
}
