/** A path as it can be typed after a command; in quotes where a shell would take it apart. */
export function quotePath(path: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(path) && !path.startsWith('-')) return path
  // No name on Windows has a quote, and its shells know no other.
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
