import { expect, test } from 'vitest'
import { commandName } from './command-name.ts'

test('as it was called: by npm, or by its own name', () => {
  expect(commandName({ npm_command: 'exec' })).toBe('npx clipwright')
  expect(commandName({ npm_command: 'run-script' })).toBe('npx clipwright')
  expect(commandName({})).toBe('clipwright')
})
