import { expect, test } from 'vitest'
import { together } from './prepare-bookends.ts'

const part = (lufs: number | null, seconds: number) => ({ lufs, seconds })

test('parts that are as loud as each other are as loud together', () => {
  expect(together([part(-14, 2), part(-14, 30), part(-14, 3)])).toBeCloseTo(-14, 5)
  expect(together([part(-14, 1), part(-20, 1)])).toBeCloseTo(-16.04, 2)
})

test('silence beside sound takes away the less the longer the sound is', () => {
  expect(together([part(null, 1), part(-14, 30)])).toBeCloseTo(-14.02, 2)
  // Measured by ffmpeg's ebur128 for a tone of 1.6 s between silences: −14.7.
  expect(together([part(null, 1), part(-14, 1.6), part(null, 1)])).toBeCloseTo(-14.75, 1)
  expect(together([part(null, 1), part(null, 2)])).toBeNull()
})
