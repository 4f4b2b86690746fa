/**
 * The path of an archive's entry inside the folder it is unpacked to, in parts, after leaving out `strip` folders at its start.
 * Null for what is left out altogether (the stripped folders themselves).
 * @throws Error when the path leads out of the folder, or is made to look like another
 */
export function safeEntryPath(path: string, strip: number): string[] | null {
  if (path === '' || path.includes('\0')) throw new Error('an entry has no name')
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path))
    throw new Error(`an entry leads out of it: ${shown(path)}`)
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new Error(`an entry leads out of it: ${shown(path)}`)
  const kept = parts.slice(strip)
  return kept.length === 0 ? null : kept
}

/** Names come from outside and go to a terminal. */
export function shown(path: string): string {
  return JSON.stringify(path.slice(0, 80))
}
