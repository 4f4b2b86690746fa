import { expect, test } from 'vitest'
import { fakeTerminal } from '../../../test/support/fake-terminal.ts'
import { sampleProgressStep } from '../../../test/support/sample-progress-step.ts'
import { createProgressView } from './create-progress-view.ts'

/** What is written for one step to a terminal of so many columns, or, for null, elsewhere. */
function show({ json, columns }: { json: boolean; columns: number | null }) {
  const { stream, written } = fakeTerminal(columns)
  createProgressView({ json, stream }).update({ steps: [sampleProgressStep({})], now: 20_000 })
  return written.join('')
}

test('bars on a terminal', () => {
  const shown = show({ json: false, columns: 80 })
  expect(shown).toContain('\u001b[')
  expect(shown).toMatch(/▸ cut .*█/)
})

test('plain lines in a pipe, and on a terminal without a size', () => {
  expect(show({ json: false, columns: null })).toBe('cut: started, encoding\n')
  expect(show({ json: false, columns: 0 })).toBe('cut: started, encoding\n')
})

test('nothing for --json', () => {
  expect(show({ json: true, columns: 80 })).toBe('')
})
