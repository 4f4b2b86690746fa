import { expect, test } from 'vitest'
import { lineOfField } from './line-of-field.ts'

const text = `{
  "logo": {
    "file": "a \\"quoted\\" { name.png",
    "size": 4
  },
  "people": [
    { "name": "A" },
    { "name":
      "B" }
  ]
}`

test.each<[number, PropertyKey[]]>([
  [1, []],
  [2, ['logo']],
  [4, ['logo', 'size']],
  [7, ['people', 0, 'name']],
  [8, ['people', 1, 'name']],
  // What is missing is told at what should hold it.
  [2, ['logo', 'opacity']],
  [1, ['schema']],
])('line %i has %j', (line, path) => {
  expect(lineOfField(text, path)).toBe(line)
})

test('knows nothing of what is no JSON', () => {
  expect(lineOfField('{ "logo": { "size": ', ['logo', 'size'])).toBeNull()
  expect(lineOfField('', [])).toBeNull()
})
