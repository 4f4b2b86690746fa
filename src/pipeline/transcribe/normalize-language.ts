/** Languages Whisper and its kin name in English words. */
const knownTags =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'.split(
    ' ',
  )
const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const tagsByName = new Map(knownTags.map((tag) => [languageNames.of(tag)?.toLowerCase(), tag]))
/** ISO 639-2 tags that say "none known". */
const unknown = new Set(['und', 'mul', 'zxx', 'mis'])

/** A BCP 47 tag from what files and engines write (`eng`, `en_us`, `english`, `en`), or null. */
export function normalizeLanguage(written: string | null | undefined): string | null {
  const cleaned = written?.trim().toLowerCase().replaceAll('_', '-')
  if (!cleaned || unknown.has(cleaned)) return null
  return tagsByName.get(cleaned) ?? canonical(cleaned)
}

function canonical(tag: string): string | null {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}
