/**
 * The line (from 1) on which a field of a JSON text stands; of a field that is not there, that of what should hold it. Null
 * when the text is not JSON. `path` is keys and indexes, as zod gives them.
 */
export function lineOfField(text: string, path: readonly PropertyKey[]): number | null {
  const wanted = path.map(String)
  let deepest = { depth: 0, at: firstSign(text) }
  const visit = (its: readonly string[], at: number) => {
    const isOnWay = its.every((key, i) => key === wanted[i])
    if (isOnWay && its.length > deepest.depth) deepest = { depth: its.length, at }
  }
  try {
    walkValue({ text, at: 0 }, [], visit)
  } catch {
    return null
  }
  return text.slice(0, deepest.at).split('\n').length
}

/** The line on which a text stops being JSON, where that can be told. */
export function lineOfMistake(text: string): number | null {
  const reader = { text, at: 0 }
  try {
    walkValue(reader, [], () => undefined)
    return null
  } catch {
    return text.slice(0, reader.at).split('\n').length
  }
}

interface Reader {
  readonly text: string
  at: number
}
type Visit = (path: readonly string[], at: number) => void

function walkValue(reader: Reader, path: readonly string[], visit: Visit): void {
  skipBlanks(reader)
  const sign = reader.text[reader.at]
  if (sign === '{') return walkMembers(reader, path, visit)
  if (sign === '[') return walkItems(reader, path, visit)
  if (sign === '"') return void readString(reader)
  const plain = /[^\s,\]}]+/y
  plain.lastIndex = reader.at
  if (!plain.test(reader.text)) throw new SyntaxError('no value')
  reader.at = plain.lastIndex
}

function walkMembers(reader: Reader, path: readonly string[], visit: Visit): void {
  reader.at++
  while (!closes(reader, '}')) {
    const at = reader.at
    const key = readString(reader)
    visit([...path, key], at)
    skipBlanks(reader)
    expect(reader, ':')
    walkValue(reader, [...path, key], visit)
    skipComma(reader)
  }
}

function walkItems(reader: Reader, path: readonly string[], visit: Visit): void {
  reader.at++
  for (let i = 0; !closes(reader, ']'); i++) {
    visit([...path, String(i)], reader.at)
    walkValue(reader, [...path, String(i)], visit)
    skipComma(reader)
  }
}

function closes(reader: Reader, sign: string): boolean {
  skipBlanks(reader)
  if (reader.at >= reader.text.length) throw new SyntaxError('no end')
  if (reader.text[reader.at] !== sign) return false
  reader.at++
  return true
}

function readString(reader: Reader): string {
  const string = /"(?:[^"\\]|\\.)*"/y
  string.lastIndex = reader.at
  const found = string.exec(reader.text)
  if (!found) throw new SyntaxError('no string')
  reader.at = string.lastIndex
  return String(JSON.parse(found[0]))
}

function expect(reader: Reader, sign: string): void {
  if (reader.text[reader.at] !== sign) throw new SyntaxError(`no ${sign}`)
  reader.at++
}

function skipComma(reader: Reader): void {
  skipBlanks(reader)
  if (reader.text[reader.at] === ',') reader.at++
}

function skipBlanks(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++
}

function firstSign(text: string): number {
  return Math.max(0, text.search(/\S/))
}
