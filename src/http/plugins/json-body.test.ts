import { expect, it } from 'vitest'
import { findDoubleName } from './json-body.ts'

it.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":1,"b":2}}', 'b'],
  ['[{"a":1},{"x":1,"y":[{}],"x":2}]', 'x'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a\\"b":1, "a\\"b" :2}', 'a"b'],
  ['{"":1,"":2}', ''],
])('%s has a name twice', (text, name) => {
  expect(findDoubleName(text)).toBe(name)
})

it.each([
  '{"a":1,"b":1}',
  '{"a":"a","b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '["a","a"]',
  '{"a":["b","b",{"b":1}],"b":2}',
  '{"a":"{\\"b\\":1,\\"b\\":2}"}',
  '"a"',
  '',
  '}{]',
])('%s has none', (text) => {
  expect(findDoubleName(text)).toBeNull()
})

it('reads a hundred thousand brackets and names in one go', () => {
  expect(findDoubleName('['.repeat(100_000))).toBeNull()
  expect(findDoubleName(`{${Array.from({ length: 50_000 }, (_, i) => `"${i}":1`).join()},"7":1}`)).toBe('7')
})

it.each([
  ['a string that does not end', '"' + '\\"'.repeat(500_000)],
  ['one that ends within an escape', '"' + '\\"'.repeat(500_000) + '\\'],
  ['a string of a megabyte', `{"a":"${'x'.repeat(1_000_000)}"}`],
  ['quotes alone', '"'.repeat(1_000_001)],
])('reads %s in one go', (_, text) => {
  expect(findDoubleName(text)).toBeNull()
})
