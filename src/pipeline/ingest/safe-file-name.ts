// Long enough to recognise a recording, short enough for every file system also in three-byte letters with an ending.
const mostLetters = 60
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * A name from outside as the stem of a file's name that every system takes: never a path, never hidden, never empty unless
 * nothing is left of it.
 */
export function safeFileName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:*?"<>|%]+/g, ' ')
    .replace(/\s+/g, ' ')
  const stem = Array.from(clean)
    .slice(0, mostLetters)
    .join('')
    .replace(/^[\s.~-]+|[\s.]+$/g, '')
  return reserved.test(stem) ? `${stem}_` : stem
}
