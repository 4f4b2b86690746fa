import { expect, test } from 'vitest'
import { detectorRows } from './detector-rows.ts'
import { standardDetector } from './detectors.ts'

const since = new Date(0)
const run = { recordingId: 'talk', failed: false, secondsPerHour: 0.2 }
const none = { current: null, trial: null }

test('the standard one gets what no trial takes', () => {
  const [row] = detectorRows({ rollouts: none, runs: [], verdicts: [] }).filter(({ role }) => role !== null)
  expect(row).toMatchObject({ detector: standardDetector, role: 'standard', share: 1, runs: 0, secondsPerHour: null })
  const trial = { id: 1, detector: 'new@1', role: 'trial' as const, share: 0.25, since }
  const rows = detectorRows({ rollouts: { ...none, trial }, runs: [{ ...run, detector: 'new@1' }], verdicts: [] })
  expect(rows.find(({ role }) => role === 'standard')?.share).toBe(0.75)
  expect(rows.find(({ role }) => role === 'trial')).toMatchObject({ detector: 'new@1', share: 0.25, runs: 1 })
})

test('one in the place of the standard', () => {
  const current = { id: 1, detector: 'new@1', role: 'current' as const, share: 1, since }
  const rows = detectorRows({ rollouts: { ...none, current }, runs: [{ ...run, detector: 'new@1' }], verdicts: [] })
  expect(rows.find(({ detector }) => detector === 'new@1')).toMatchObject({ role: 'current', share: 1 })
  expect(rows.find(({ detector }) => detector === standardDetector)).toMatchObject({ role: null, share: 0 })
})

test('what each did is counted', () => {
  const runs = [run, { ...run, secondsPerHour: 0.8 }, { ...run, failed: true, secondsPerHour: null }]
  const rows = detectorRows({
    rollouts: none,
    runs: runs.map((each) => ({ ...each, detector: 'gone@7' })),
    verdicts: [],
  })
  expect(rows.at(-1)).toEqual({
    detector: 'gone@7',
    role: null,
    share: 0,
    runs: 3,
    errors: 1,
    secondsPerHour: expect.closeTo(0.4),
    judged: 0,
    discarded: 0,
  })
})
