/** Cuts a text at a word border so that it has at most so many characters, `…` included; texts without spaces are cut anywhere. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  if (characters.length <= most) return text
  const head = characters.slice(0, most - 1).join('')
  const border = characters[most - 1] === ' ' ? head.length : head.lastIndexOf(' ')
  // A first word that fills most of the line (CJK, German, URLs) is cut inside.
  const kept = border > most / 3 ? head.slice(0, border) : head
  return `${kept.replace(/[\s\p{P}]+$/u, '')}…`
}
