import { expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import { compareVersions } from './compare-versions.ts'

interface Did {
  runs?: number
  failed?: number
  seconds?: number
  judged?: number
  discarded?: number
  /** Recordings the judged moments are of. */
  recordings?: number
}

function did({ runs = 40, failed = 0, seconds = 0.2, judged = 60, discarded = 12, recordings = 30 }: Did = {}) {
  return {
    runs: Array.from({ length: runs }, (_, i) => ({
      detector: 'x@1',
      recordingId: `${i}`,
      failed: i < failed,
      secondsPerHour: i < failed ? null : seconds * (1 + (i % 5) / 10),
    })),
    judged: Array.from({ length: judged }, (_, i) => ({
      recordingId: `${i % recordings}`,
      discarded: (i * 7) % judged < discarded,
    })),
  }
}

const worseIn = (older: Did, newer: Did) => compareVersions({ older: did(older), newer: did(newer) }).worse

test('two that do the same: nothing speaks against either', () => {
  expect(worseIn({}, {})).toEqual([])
})

test('one that fails', () => {
  const { worse, errors } = compareVersions({ older: did(), newer: did({ failed: 12 }) })
  expect(worse).toEqual(['errors'])
  expect(errors).toMatchObject({ old: { bad: 0, of: 40 }, new: { bad: 12, of: 40 }, difference: { mean: 0.3 } })
  expect(errors.difference?.low).toBeGreaterThan(0)
})

test('one failure may be bad luck', () => {
  expect(worseIn({}, { failed: 1 })).toEqual([])
})

test('one that is better is not worse', () => {
  expect(worseIn({ failed: 12, discarded: 50, seconds: 4 }, {})).toEqual([])
})

test('one whose clips people throw away', () => {
  expect(worseIn({}, { discarded: 40 })).toEqual(['discards'])
})

test('one recording that somebody hates is not enough', () => {
  const older = did({ judged: 100, recordings: 50, discarded: 30 })
  const newer = did({ judged: 70, recordings: 35, discarded: 21 })
  // All forty clips of one recording discarded: many verdicts, one opinion.
  newer.judged.push(...Array.from({ length: 40 }, () => ({ recordingId: 'hated', discarded: true })))
  const { worse, discards } = compareVersions({ older, newer })
  expect(discards.new.bad / discards.new.of).toBeGreaterThan(0.5)
  expect(worse).toEqual([])
})

test('one that is slow counts only beyond what detection may take', () => {
  expect(worseIn({ seconds: 0.1 }, { seconds: 0.6 })).toEqual([])
  expect(worseIn({ seconds: 0.1 }, { seconds: 1.5 })).toEqual(['seconds'])
  expect(worseIn({ seconds: 1.5 }, { seconds: 1.5 })).toEqual([])
})

test('with few cases nothing is decided', () => {
  const { worse, errors, discards, seconds } = compareVersions({
    older: did(),
    newer: did({ runs: 19, failed: 19, judged: 19, discarded: 19 }),
  })
  expect(worse).toEqual([])
  expect([errors.difference, discards.difference, seconds.ratio]).toEqual([null, null, null])
  expect(seconds).toMatchObject({ old: expect.closeTo(0.24, 1), new: null })
})

test('many cases of few recordings decide nothing', () => {
  expect(worseIn({}, { judged: 80, discarded: 80, recordings: 4 })).toEqual([])
})

test('it says how it came to that', () => {
  expect(compareVersions({ older: did(), newer: did() }).tests).toMatch(/Newcombe.*Rao and Scott.*bootstrap/)
})

test('two that are equally good are told apart about as often as chance has it', () => {
  const random = seededRandom(9)
  const arm = () => ({
    runs: [],
    judged: Array.from({ length: 30 }, (_, i) => {
      // People differ from recording to recording.
      const harsh = 0.1 + 0.3 * random()
      return [0, 1, 2].map(() => ({ recordingId: `${i}`, discarded: random() < harsh }))
    }).flat(),
  })
  const wrong = Array.from({ length: 1000 }, () => compareVersions({ older: arm(), newer: arm() }).worse).filter(
    ({ length }) => length > 0,
  )
  expect(wrong.length).toBeLessThan(50)
})
