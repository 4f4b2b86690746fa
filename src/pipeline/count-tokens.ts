/**
 * About how many tokens a text is for a language model, rather too many than too few: tokenisers differ, and none is worth its size here.
 * English is about four letters a token; scripts that tokenisers know less well, down to one.
 */
export function countTokens(text: string): number {
  let ascii = 0
  let other = 0
  for (const character of text) {
    if (character.charCodeAt(0) < 128) ascii++
    else other++
  }
  return Math.ceil(ascii / 3.5 + other)
}
