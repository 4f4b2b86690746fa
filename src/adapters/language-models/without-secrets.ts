/** Anything that looks like a key or a token, wherever it stands. */
const looksLikeKey =
  /\b(?:sk|pk|rk|xai|key|api|Bearer|Basic)[-_ ](?=[\w-]{0,40}[0-9A-Za-z]{8})[A-Za-z0-9_\-.+/=]{12,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/gi

/** A text from outside that is kept or shown: keys we know and whatever looks like one are taken out, and it is cut to a sensible length. */
export function withoutSecrets(text: string, secrets: readonly (string | null)[], mostLetters = 500): string {
  let clean = text
  for (const secret of secrets) {
    // A "key" of three letters would take words apart, and is no secret.
    if (secret !== null && secret.length >= 6) clean = clean.replaceAll(secret, '[key]')
  }
  clean = clean.replace(looksLikeKey, '[key]')
  return clean.length <= mostLetters ? clean : `${clean.slice(0, mostLetters)}…`
}
