import { expect, test } from 'vitest'
import { createLevelReader, noiseFloor } from './listen.ts'

test('reads the levels that ffmpeg writes, silence too', () => {
  const reader = createLevelReader()
  reader.take('[Parsed_ametadata_9 @ 0x55d0] frame:0    pts:0       pts_time:0')
  reader.take('[Parsed_ametadata_9 @ 0x55d0] lavfi.astats.Overall.RMS_level=-23.438100')
  reader.take('[Parsed_ametadata_9 @ 0x55d0] lavfi.astats.Overall.RMS_level=-inf')
  expect(reader.levels).toEqual([-23.4381, -120])
})

const times = (level: number, count: number) => Array.from({ length: count }, () => level)

test('noise is what is left in the pauses', () => {
  expect(noiseFloor([...times(-48, 30), ...times(-20, 70)])).toBe(-48)
})

test('where nobody pauses it is taken to lie well under the voice', () => {
  expect(noiseFloor([...times(-24, 50), ...times(-20, 50)])).toBe(-35)
})

test('what nobody can hear is no noise', () => {
  expect(noiseFloor([...times(-85, 30), ...times(-20, 70)])).toBeNull()
  expect(noiseFloor(times(-120, 100))).toBeNull()
})
