import { expect, test } from 'vitest'
import { createLoudnessReader } from './parse-loudness.ts'

function read(text: string) {
  const reader = createLoudnessReader()
  for (const line of text.split('\n')) reader.take(line)
  return reader.read()
}

test('reads the summary of ffmpeg 5.1', () => {
  expect(
    read(`video:0kB audio:500kB subtitle:0kB other streams:0kB global headers:0kB muxing overhead: unknown
[Parsed_ebur128_2 @ 0x562d305daec0] Summary:

  Integrated loudness:
    I:         -10.6 LUFS
    Threshold: -21.6 LUFS

  Loudness range:
    LRA:         2.5 LU
    Threshold: -31.9 LUFS
    LRA low:   -13.0 LUFS
    LRA high:  -10.4 LUFS

  True peak:
    Peak:        0.2 dBFS`),
  ).toEqual({ integrated: -10.6, truePeak: 0.2 })
})

test('silence has no loudness', () => {
  expect(
    read(`[Parsed_ebur128_0 @ 0x56017d61c800] Summary:
    I:         -70.0 LUFS
  True peak:
    Peak:       -inf dBFS`),
  ).toEqual({ integrated: null, truePeak: null })
})

test('what comes before the summary is not taken for it', () => {
  expect(
    read(`[Parsed_ebur128_0 @ 0x1] t: 0.4  TARGET:-23 LUFS  M: -20.0 S:-120.7  I: -20.0 LUFS  LRA: 0.0 LU
    I:         -1.0 LUFS
[Parsed_ebur128_0 @ 0x1] Summary:
    I:         -19.0 LUFS
    Peak:       -3.0 dBFS`),
  ).toEqual({ integrated: -19, truePeak: -3 })
})

test('no summary is an error, not silence', () => {
  expect(() => read('Conversion failed!')).toThrow('measured no loudness')
})
