/** Letters a password may have, at the least and at the most. The most keeps hashing cheap; at the least as NIST SP 800-63B asks for, and two more. */
export const passwordLength = { least: 10, most: 200 }

// What most people's passwords are made of, around which they put digits and signs.
const usual =
  /^(?:pass(?:word|wort)?|motdepasse|contrasena|senha|qwert[yz](?:uiop)?|azerty(?:uiop)?|letmein|welcome|willkommen|iloveyou|admin(?:istrator)?|login|master|dragon|monkey|football|baseball|sunshine|princess|secret|geheim|changeme|default|clipwright|owner|editor|viewer|test)+$/
const rows = [
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
]

/**
 * What is wrong with a password, as a sentence; null when it will do. Long ones are welcome whatever they are made of; those that are tried first are not.
 */
export function whatIsWrongWith(password: string, { email }: { email: string }): string | null {
  const { least, most } = passwordLength
  const letters = Array.from(password.normalize('NFKC'))
  if (letters.length < least) return `A password needs at least ${least} letters.`
  if (password.length > most) return `A password may have at most ${most} letters.`
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < 5) return 'This password has too few different letters.'
  if (isGuessable(plain, email.toLowerCase())) return 'This password is one of the first that are tried.'
  return null
}

function isGuessable(plain: string, email: string): boolean {
  const [name = '', host = ''] = email.split('@')
  const bare = plain.replace(/[^a-z]/g, '').replace(/^(?:my|the)/, '')
  const told = [email, name, host.split('.')[0] ?? ''].filter(({ length }) => length >= 4)
  const rest = told.reduce((text, word) => text.replaceAll(word, ''), plain)
  return usual.test(bare) || usual.test(asLetters(plain)) || isWalk(plain) || (rest !== plain && rest.length < 6)
}

/** `p4ssw0rd!` as `password`. */
function asLetters(plain: string): string {
  const letters: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }
  return plain
    .replace(/[\d!?.]+$/, '')
    .replace(/[013457@$]/g, (sign) => letters[sign] ?? sign)
    .replace(/[^a-z]/g, '')
}

/** Whether it only walks along the keyboard, the alphabet or the digits, as `qwertyuiop`, `1234567890` or `abcabcabc123`. */
function isWalk(plain: string): boolean {
  let steps = 0
  for (let i = 1; i < plain.length; i += 1) {
    const pair = plain.slice(i - 1, i + 1)
    const back = `${pair[1]}${pair[0]}`
    if (pair[0] === pair[1] || rows.some((row) => row.includes(pair) || row.includes(back))) steps += 1
  }
  return steps >= (plain.length - 1) * 0.6 && steps >= plain.length - 4
}
