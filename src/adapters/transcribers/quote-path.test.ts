import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { quotePath } from './quote-path.ts'

it('leaves plain paths as they are', () => {
  expect(quotePath('/talks/talk-1_a.mp4', 'linux')).toBe('/talks/talk-1_a.mp4')
  expect(quotePath('/talks/gespräch.mp4', 'linux')).toBe('/talks/gespräch.mp4')
})

it('has no quote of a shell on Windows', () => {
  expect(quotePath(String.raw`C:\my talks\a.mp4`, 'win32')).toBe(String.raw`"C:\my talks\a.mp4"`)
})

it
  .skipIf(process.platform === 'win32')
  .each(['/my talks/a.mp4', "/it's/$HOME `id`.mp4", '/a"b\\c*?.mp4', '-rf', '/a\nb'])(
  'is read by a shell as it was: %s',
  (path) => {
    expect(execFileSync('sh', ['-c', `printf %s ${quotePath(path, 'linux')}`], { encoding: 'utf8' })).toBe(path)
  },
)
