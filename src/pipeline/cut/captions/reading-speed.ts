/**
 * Letters a second, spaces included, that captions should not ask of their readers. Netflix's English Timed Text Style Guide
 * allows 20 for adult programmes; people still follow films at 20 (Szarkowska & Gerber-Morón, "Viewers can keep up with fast
 * subtitles", PLoS ONE 13(6), 2018).
 */
export const readingSpeed = 20

/**
 * How many letters' time a text takes to read. Such guides allow about half as many characters a second for Chinese, Japanese
 * and Korean, so each of those counts for two letters. Marks over and under letters count for none.
 */
export function readingLength(text: string): number {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0
  const letters = Array.from(text).filter((sign) => !/[\p{M}\p{Cf}]/u.test(sign)).length
  return letters + wide
}
