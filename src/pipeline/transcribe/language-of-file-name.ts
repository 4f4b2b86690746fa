import { basename } from 'node:path'
import { normalizeLanguage } from './normalize-language.ts'

/** The language in `talk.en.srt` or `talk.pt-BR.vtt`; null in `talk.srt` and `talk.final.srt`. */
export function languageOfFileName(path: string): string | null {
  const tag = basename(path).split('.').at(-2)
  // `talk.final.srt` and `talk.old.srt` name no language, though both are well-formed tags.
  return basename(path).split('.').length > 2 && tag && isKnownLanguage(tag)
    ? normalizeLanguage(tag.replace(/-orig$/, ''))
    : null
}

function isKnownLanguage(tag: string): boolean {
  const normalized = normalizeLanguage(tag.replace(/-orig$/, ''))
  const language = normalized?.split('-')[0]
  if (!normalized || !language) return false
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language)
  return name !== undefined && (language.length === 2 || /^[a-z]{3}$/i.test(tag))
}
