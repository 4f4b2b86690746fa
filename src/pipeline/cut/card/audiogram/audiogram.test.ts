import { describe, expect, test } from 'vitest'
import { aspects, frameSizes } from '../../../../domain/clip.ts'
import { brandPalette } from '../../brand/colours/brand-palette.ts'
import { placeAudiogram } from '../place-audiogram.ts'
import { drawAudiogram } from './draw-audiogram.ts'
import { bandsOf, levelsOf, withFall } from './levels.ts'
import { samplesPerSecond } from './read-samples.ts'
import { holdsOf, voiceAt } from './voices.ts'

const tone = (hertz: number, seconds: number, amplitude = 0.3) =>
  Float32Array.from({ length: seconds * samplesPerSecond }, (_, i) => {
    return amplitude * Math.sin((2 * Math.PI * hertz * i) / samplesPerSecond)
  })

test('levels rise with loudness, and silence is none', () => {
  const samples = Float32Array.from([...tone(440, 0.5, 0.02), ...tone(440, 0.5, 0.4), ...new Float32Array(4000)])
  const levels = levelsOf(samples, 0.5)
  expect(levels).toHaveLength(3)
  expect(levels[0]).toBeGreaterThan(0)
  expect(levels[1]).toBeGreaterThan(levels[0] ?? 1)
  expect(levels[2]).toBe(0)
  expect(withFall([1, 0, 0, 0.9], 0.5)).toEqual([1, 0.5, 0.25, 0.9])
})

test('a tone is in the band it belongs to, a higher one in a higher band', () => {
  const bandOf = (hertz: number) => {
    const bands = bandsOf(tone(hertz, 0.4), { bands: 13, seconds: 0.04 })[5] ?? []
    return bands.indexOf(Math.max(...bands))
  }
  expect(bandOf(200)).toBeLessThan(bandOf(900))
  expect(bandOf(900)).toBeLessThan(bandOf(3000))
  expect(
    bandsOf(new Float32Array(800), { bands: 13, seconds: 0.04 })
      .flat()
      .every((level) => level === 0),
  ).toBe(true)
})

const word = (speaker: string | null, start: number, end: number) => ({ text: 'word', speaker, start, end })
const colours = ['#FFD41F', '#5AC8FF']

test('whoever began last has the word, from the first moment to the last', () => {
  const words = [word('SPEAKER_00', 0.4, 1), word('Felix', 1.5, 2), word('Felix', 2, 2.4), word('SPEAKER_00', 3, 4)]
  const people = [{ speaker: 'speaker_00', name: 'Nora' }]
  const holds = holdsOf({ words, people, colours, duration: 5 })
  expect(holds.map(({ voice, start, end }) => [voice?.name, start, end])).toEqual([
    ['Nora', 0, 1.5],
    ['Felix', 1.5, 3],
    ['Nora', 3, 5],
  ])
  expect(voiceAt(holds, 2)).toMatchObject({ name: 'Felix', colour: '#5AC8FF' })
  expect(holdsOf({ words: [], people, colours, duration: 5 })).toEqual([{ voice: null, start: 0, end: 5 }])
  expect(holdsOf({ words: words.slice(0, 1), people: [], colours, duration: 5 })[0]?.voice?.name).toBe('')
})

describe.each(aspects)('%s', (aspect) => {
  const size = frameSizes[aspect]

  test.each(['waveform', 'bars', 'speakers'] as const)('%s keeps off captions, wherever they are', (look) => {
    for (const captions of [null, { from: 0.6, to: 0.76 }, { from: 0.38, to: 0.62 }]) {
      const { audiogram, room } = placeAudiogram(look, size, captions)
      expect(audiogram).not.toBeNull()
      if (!audiogram) continue
      const [top, bottom] = [audiogram.y, audiogram.y + audiogram.height]
      const [from, to] = [(captions?.from ?? 0.8) * size.height, (captions?.to ?? 0.8) * size.height]
      expect(bottom <= from || top >= to).toBe(true)
      expect(room.bottom <= top || room.bottom <= from).toBe(true)
      expect(room.bottom - room.top).toBeGreaterThan(0.15 * size.height)
      expect(bottom).toBeLessThanOrEqual(0.95 * size.height)
      expect(audiogram.height).toBeGreaterThan(0.07 * size.height)
    }
  })
})

const size = frameSizes['9:16']
const its = {
  samples: tone(300, 2),
  duration: 2,
  size,
  box: { x: 100, y: 800, width: 880, height: 240 },
  people: [],
  names: true,
  palette: brandPalette({}),
  font: null,
}

test('speakers without names become a waveform, and it is said', () => {
  const drawn = drawAudiogram({ ...its, look: 'speakers', words: [word('SPEAKER_01', 0, 2)] })
  expect(drawn.warnings).toEqual([expect.stringContaining('does not say who speaks')])
  expect(drawn.ass).toContain('\\move(')
  expect(drawAudiogram({ ...its, look: 'speakers', words: [word('Nora', 0, 2)] }).warnings).toEqual([])
})

test.each(['waveform', 'bars', 'speakers'] as const)('%s ends with the clip and is the same again', (look) => {
  const words = [word('Nora {\\x}', 0, 1), word('李', 1, 2)]
  const { ass } = drawAudiogram({ ...its, look, words })
  const ends = [...ass.matchAll(/^Dialogue: \d,0:00:(\d\d\.\d\d),0:00:(\d\d\.\d\d)/gm)]
  expect(ends.length).toBeGreaterThan(5)
  expect(ends.every(([, start, end]) => Number(start) < Number(end) && Number(end) <= 2)).toBe(true)
  expect(ass).not.toMatch(/NaN|undefined|Infinity/)
  expect(drawAudiogram({ ...its, look, words }).ass).toBe(ass)
})
