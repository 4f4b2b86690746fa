import { describe, expect, test } from 'vitest'
import type { Phrase } from './group-words.ts'
import { type FaceBox, placePhrases } from './place-phrases.ts'
import { safeZone } from './safe-zone.ts'

const size = { width: 1080, height: 1920 }
const zone = safeZone(size)
const box = { x: 540, width: 800, height: 230 }
const usual = 1344

const phrases: Phrase[] = [0, 2, 4, 6].map((start) => ({ start, end: start + 2, lines: [], fullness: 0 }))
const place = (faces: FaceBox[]) => placePhrases({ phrases, faces, zone, usual, box }).map(({ y }) => y)
const face = (start: number, end: number, y: number, h = 400): FaceBox => ({ start, end, x: 350, y, w: 380, h })

/** Whether captions at `y` touch a face. */
const touches = (y: number, { y: top, h }: FaceBox) => y + box.height / 2 > top && y - box.height / 2 < top + h

describe('captions', () => {
  test('stay where they usually are when nothing is in the way', () => {
    expect(place([])).toEqual([usual, usual, usual, usual])
    expect(place([face(0, 8, 300)])).toEqual([usual, usual, usual, usual])
  })

  test('keep off a face, as near to their usual place as that allows', () => {
    const low = face(0, 8, 1150)
    const places = place([low])
    for (const y of places) expect(touches(y, low)).toBe(false)
    expect(Math.min(...places)).toBeGreaterThan(900)
    expect(new Set(places).size).toBe(1)
  })

  test('move only for those phrases during which the face is there', () => {
    const low = face(4.5, 8, 1150)
    const places = place([low])
    expect(places.slice(0, 2)).toEqual([usual, usual])
    for (const y of places.slice(2)) expect(touches(y, low)).toBe(false)
  })

  test('ignore faces beside them', () => {
    expect(place([{ start: 0, end: 8, x: 0, y: 1200, w: 100, h: 300 }])).toEqual([usual, usual, usual, usual])
  })

  test('never leave the safe zone, even when faces are everywhere', () => {
    for (const y of place([face(0, 8, 100, 1700)])) {
      expect(y - box.height / 2).toBeGreaterThanOrEqual(zone.top)
      expect(y + box.height / 2).toBeLessThanOrEqual(zone.bottom + 1)
    }
  })

  test('stay still in a whirl of faces instead of jumping with each', () => {
    const whirl = [face(0, 2, 1150), face(4, 6, 1150)]
    expect(new Set(place(whirl)).size).toBe(1)
  })
})
