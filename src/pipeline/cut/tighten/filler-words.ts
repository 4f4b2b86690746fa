/** What people say while they look for words, in one language. */
export interface Fillers {
  /** Sounds that mean nothing wherever they stand. */
  sounds: RegExp
  /**
   * Words that mean something elsewhere, as their letters without blanks: fillers only where they stand apart on both sides, by
   * marks or pauses ("it was, you know, late", not "do you know").
   */
  apart: ReadonlySet<string>
}

function fillers(sounds: string, ...apart: string[]): Fillers {
  return { sounds: new RegExp(`^(?:${sounds})$`, 'u'), apart: new Set(apart.map((text) => text.replaceAll(' ', ''))) }
}

/**
 * Of our own making, from how each language spells hesitation. A sound that is a word in its language is not in its list: "um" is
 * "around" in German and "one" in Portuguese, "er" is "he" in German, "eh" may ask in Spanish and Italian.
 */
const byLanguage: Readonly<Record<string, Fillers>> = {
  en: fillers('u+h+m*|u+m+|e+r+m+|er|h+m+', 'you know', 'i mean', 'like', 'sort of', 'kind of', 'you see'),
  de: fillers('ä+h+m*|ö+h+m*|e+h+m+|h+m+|u+h+m+', 'sozusagen', 'weißt du', 'wissen sie', 'sag ich mal', 'ne', 'quasi'),
  fr: fillers('e+u+h+|h+e+u+|h+u+m+|h+m+', 'tu vois', 'vous voyez', 'tu sais', 'vous savez', 'genre', 'disons'),
  es: fillers('e+h+m+|e+m+|m{2,}|h+m+', 'eh', 'este', 'o sea', 'sabes', 'digamos'),
  pt: fillers('ã+h*|h+ã+|ah+n+|h+u+m+|h+m+|e+h+m+', 'eh', 'tipo', 'sabe', 'né', 'quer dizer', 'digamos'),
  it: fillers('e+h+m+|u+h+m+|m+h+m*|m{2,}|h+m+', 'eh', 'cioè', 'diciamo', 'sai', 'tipo'),
  nl: fillers('e+h+m*|u+h+m*|e+u+h+|h+m+', 'zeg maar', 'weet je', 'weet je wel'),
  sv: fillers('ö+h+m*|e+h+m*|h+m+', 'liksom', 'du vet', 'typ'),
  pl: fillers('y{2,}|e{2,}|h+m+|y+m+', 'wiesz', 'jakby', 'znaczy', 'no wiesz'),
  ru: fillers('э+м*|хм+|м{2,}|ээ+', 'ну', 'как бы', 'типа', 'значит', 'короче', 'так сказать'),
  tr: fillers('ı{2,}|e{2,}|h+m+', 'şey', 'yani', 'hani'),
  hi: fillers('अं+|अम+्?म*|उम+्?म*|हम्म+|उह|एम', 'मतलब', 'यू नो'),
  ja: fillers(
    'え[ーぇえ]*っ?とー*|え[ーえ]+|あのー+|あのう|う[ーう]+ん*|ん[ーん]+|そのー+|えっとー*',
    'なんか',
    'まあ',
    'あの',
    'その',
    'ええ',
  ),
  zh: fillers('嗯+|呃+|額+|额+|唔+', '那个', '那個', '就是说', '你知道'),
  ko: fillers('음+|으음+|어{2,}|에{2,}', '어', '그', '뭐랄까', '막'),
}

/** Where the language is not known: what is no word in any of them. */
const anywhere = fillers('u+h+m+|ä+h+m+|e+u+h+|h+m{2,}|u{2,}h*m*')

/** By BCP 47 tag: `en-GB` is `en`. */
export function fillersOf(language: string | null): Fillers {
  return byLanguage[language?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? anywhere
}
