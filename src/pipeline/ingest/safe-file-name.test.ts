import { expect, it } from 'vitest'
import { safeFileName } from './safe-file-name.ts'

it.each([
  ['The Night the Lamp Went Out', 'The Night the Lamp Went Out'],
  ['../../etc/passwd', 'etc passwd'],
  ['..\\..\\windows', 'windows'],
  ['/etc/passwd', 'etc passwd'],
  ['.hidden', 'hidden'],
  ['-rf', 'rf'],
  ['a\u0000b\nc', 'abc'],
  ['a\u202Egpj.exe', 'agpj.exe'],
  ['what? "now": 1|2', 'what now 1 2'],
  ['%2e%2e%2f', '2e 2e 2f'],
  ['CON', 'CON_'],
  ['夜のパン屋', '夜のパン屋'],
  ['talk. . .', 'talk'],
  ['...', ''],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe)
})

it('is never long', () => {
  expect(Array.from(safeFileName('夜'.repeat(500)))).toHaveLength(60)
})
