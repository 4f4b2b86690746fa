/** Parts of a path that are as long and as random as a key: private feeds put theirs there. */
const looksSecret = /^(?=.*\d)(?=.*[a-zA-Z])[\w-]{24,}$/

/**
 * A link as it may be shown and logged: without user name, password, query and fragment, which may hold keys, and
 * without parts of the path that look like one.
 */
export function showUrl(link: string | URL): string {
  const url = URL.canParse(String(link)) ? new URL(link) : null
  if (url === null) return 'a link that makes no sense'
  const path = url.pathname.split('/').map((part) => (looksSecret.test(part) ? '…' : part))
  const shown = `${url.protocol}//${url.host}${path.join('/')}${url.search === '' ? '' : '?…'}`
  return shown.length <= 200 ? shown : `${shown.slice(0, 199)}…`
}
