import { describe, expect, it } from 'vitest'
import { createLoudnessParser } from './parse-loudness.ts'

function parse(lines: string[], duration = 3600) {
  const parser = createLoudnessParser(duration)
  for (const line of lines) parser.takeLine(line)
  return parser.finish()
}

/** As ffmpeg 5.1 writes it. */
const tick = (time: number, momentary: string) =>
  `[Parsed_ebur128_1 @ 0x564d27191940] t: ${time.toFixed(5)}    TARGET:-23 LUFS    M:${momentary.padStart(6)} S:-120.7     I: -22.0 LUFS       LRA:   0.0 LU`
const ticks = (from: number, count: number, momentary: string) =>
  Array.from({ length: count }, (_, i) => tick(from + (i + 1) / 10, momentary))
const summary = [
  '[Parsed_ebur128_1 @ 0x564d27191940] Summary:',
  '',
  '  Integrated loudness:',
  '    I:         -21.8 LUFS',
  '    Threshold: -31.8 LUFS',
  '  Loudness range:',
  '    LRA:        20.0 LU',
]

describe('createLoudnessParser', () => {
  it('makes one value a second of ten a second', () => {
    const sound = parse([...ticks(0, 11, '-20.0'), ...ticks(1.1, 10, '-30.0'), ...summary])
    expect(sound.values).toEqual([-20, -30])
    expect(sound.integrated).toBe(-21.8)
    expect(sound.heard?.end).toBeCloseTo(2.1)
  })

  it('averages power, not decibels', () => {
    const sound = parse([...ticks(0, 3, '-120.7'), ...ticks(0.3, 5, '-20.0'), ...ticks(0.8, 3, '-90.0')])
    // Five of eight windows: 10·log10(5/8) = -2.04
    expect(sound.values).toEqual([-22])
  })

  it('does not count the first windows, which look back to before the sound', () => {
    expect(parse([...ticks(1.5, 3, '-120.7'), ...ticks(1.8, 3, '-18.0')]).values).toEqual([-70, -18])
  })

  it('never goes below silence', () => {
    for (const written of ['-163.2', '-inf', 'nan']) expect(parse(ticks(0, 11, written)).values).toEqual([-70])
    expect(parse([...ticks(0, 11, '-163.2'), '    I:         -70.0 LUFS']).integrated).toBe(-70)
  })

  it('reads silences, from before the start as from the start', () => {
    const sound = parse([
      '[silencedetect @ 0x5616] silence_start: -0.0231',
      '[silencedetect @ 0x5616] silence_end: 1.25002 | silence_duration: 1.27312',
      '[silencedetect @ 0x5616] silence_start: 2.5',
      '[silencedetect @ 0x5616] silence_end: 3 | silence_duration: 0.5',
    ])
    expect(sound.silences).toEqual([
      { start: 0, end: 1.25 },
      { start: 2.5, end: 3 },
    ])
  })

  it('ends a silence that the recording ends in', () => {
    expect(parse([...ticks(0, 10, '-20.0'), '[silencedetect @ 0x1] silence_start: 0.6']).silences).toEqual([
      { start: 0.6, end: 1 },
    ])
  })

  it('finds nothing in nothing', () => {
    expect(parse(['Stream mapping:', ...summary])).toEqual({ values: [], integrated: null, silences: [], heard: null })
  })

  it('is not led astray by times years ahead', () => {
    expect(parse([...ticks(0, 11, '-20.0'), tick(4_000_000_000, '-20.0')], 2).values).toEqual([-20])
  })
})
