import { expect, test } from 'vitest'
import { fakeTerminal } from '../../../test/support/fake-terminal.ts'
import { sampleProgressStep } from '../../../test/support/sample-progress-step.ts'
import { createProgressView } from './create-progress-view.ts'

/** What is written for one step, where the two streams lead to a terminal or elsewhere. */
function show({ json = false, out, err }: { json?: boolean; out: number | null; err: number | null }) {
  const [stdout, stderr] = [fakeTerminal(out), fakeTerminal(err)]
  const view = createProgressView({ json, stdout: stdout.stream, stderr: stderr.stream })
  view.update({ steps: [sampleProgressStep({})], now: 20_000 })
  expect(stdout.written).toEqual([])
  return stderr.written.join('')
}

test('bars on a terminal', () => {
  const shown = show({ out: 80, err: 80 })
  expect(shown).toContain('\u001b[')
  expect(shown).toMatch(/▸ cut .*█/)
})

test.each([
  [null, 80],
  [80, null],
  [null, null],
  [80, 0],
])('plain lines when one leads elsewhere or has no size (%o, %o)', (out, err) => {
  expect(show({ out, err })).toBe('cut: started, encoding\n')
})

test('nothing for --json', () => {
  expect(show({ json: true, out: 80, err: 80 })).toBe('')
})
