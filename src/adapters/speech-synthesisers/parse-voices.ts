/** Names of languages, in lower case, as `espeak-ng --voices` lists them; each can be asked for with `-v`. */
export function parseVoices(listed: string): string[] {
  return listed
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const [, language = ''] = /^\s*\d+\s+([A-Za-z0-9-]+)\s/.exec(line) ?? []
      return language === '' ? [] : [language.toLowerCase()]
    })
}

/** Where the tag everybody writes is not the one of eSpeak, and where one of several kinds is the usual one. */
const usual: Readonly<Record<string, string>> = { en: 'en-us', zh: 'cmn', no: 'nb', fr: 'fr-fr', es: 'es', pt: 'pt' }

/** The voice for a BCP 47 tag: of exactly that kind, else of that language; null when there is none. */
export function voiceFor(language: string, voices: readonly string[]): string | null {
  const tag = language.toLowerCase()
  const primary = tag.split('-')[0] ?? tag
  const wanted = [tag, usual[primary] ?? primary, primary]
  const exact = wanted.find((name) => voices.includes(name))
  return exact ?? voices.find((name) => name.startsWith(`${primary}-`)) ?? null
}
