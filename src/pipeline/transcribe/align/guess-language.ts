/** The commonest small words, which are in every second sentence and mostly in one language only. */
const smallWords: Readonly<Record<string, string>> = {
  en: 'the and of to is that it you was for are with this they have what be not',
  de: 'der die und ist das nicht ich wir ein sie mit auf auch es den von zu wie',
  fr: 'le la les et est que des une pas vous je il pour dans qui ce nous sur',
  es: 'el los que y en es una por con no las para como pero se lo muy está',
  it: 'il che di è non una per sono con anche ma questo della ho mi gli come più',
  pt: 'que não uma os com para é você do da em mais mas isso eu por como muito',
  nl: 'de het een en is niet dat ik van je we ook maar zijn voor met op wat',
  sv: 'och det att är som en på inte jag vi har för med den av till ett så',
  da: 'og det er at en på ikke jeg vi har som til med af den de så der',
  nb: 'og det er som på ikke jeg vi har til med av den et så for en men',
  pl: 'nie to się jest na że co jak ale i do tak z po dla tego czy był',
  tr: 'bir ve bu da de için çok ne ben var ama daha gibi o olarak şey evet değil',
}
/** Scripts that tell the language, or the one that is meant nearly always. */
const scripts: readonly [RegExp, string][] = [
  [/[\u3040-\u30ff]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Devanagari}/u, 'hi'],
]
/** Some thousand words are plenty. */
const mostTexts = 300
/** Of all words; every language here has over 20 % small words. */
const leastShare = 0.1

/** The language texts are likely written in, as a BCP 47 tag; null when nothing says so. Good enough to choose a voice. */
export function guessLanguage(texts: readonly string[]): string | null {
  const text = texts.slice(0, mostTexts).join(' ').toLowerCase()
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  for (const [script, language] of scripts) {
    const found = text.match(new RegExp(script.source, 'giu'))?.length ?? 0
    // Ukrainian has few letters of its own, and Japanese is written with Chinese ones too.
    if (found > letters * (language === 'uk' ? 0.02 : language === 'ja' ? 0.1 : 0.3)) return language
  }
  const words = text.split(/[^\p{L}']+/u).filter((word) => word !== '')
  const shares = Object.entries(smallWords).map(([language, small]) => {
    const known = new Set(small.split(' '))
    return { language, share: words.filter((word) => known.has(word)).length / Math.max(1, words.length) }
  })
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a))
  return best.share >= leastShare ? best.language : null
}
