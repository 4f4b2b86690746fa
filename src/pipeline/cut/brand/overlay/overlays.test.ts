import { parse } from 'ass-compiler'
import { describe, expect, test } from 'vitest'
import { aspects, frameSizes } from '../../../../domain/clip.ts'
import { captionFonts } from '../../captions/caption-fonts.ts'
import { safeZone } from '../../captions/safe-zone.ts'
import { brandPalette } from '../colours/brand-palette.ts'
import { type Area, collide } from './areas.ts'
import { introductions, isNoName } from './first-turns.ts'
import { hookTitle } from './hook-title.ts'
import { lowerThirds } from './lower-thirds.ts'
import { placeLogo } from './place-logo.ts'
import { writeOverlays } from './write-overlays.ts'

const palette = brandPalette({})
const fonts = captionFonts([], 'extra-bold')
const said = (speaker: string | null, start: number, end: number) => ({ text: 'word', speaker, start, end })
const inside = ({ x, y, w, h }: Area, size: { width: number; height: number }) => {
  const zone = safeZone(size)
  return x >= zone.left - 1 && y >= zone.top - 1 && x + w <= zone.right + 1 && y + h <= zone.bottom + 1
}

describe.each(aspects)('%s', (aspect) => {
  const size = frameSizes[aspect]
  const captions: Area[] = [
    { start: 0, end: 9, x: 0.1 * size.width, y: 0.62 * size.height, w: 0.8 * size.width, h: 0.16 * size.height },
  ]
  const faces: Area[] = [
    { start: 0, end: 9, x: 0.3 * size.width, y: 0.3 * size.height, w: 0.3 * size.width, h: 0.2 * size.height },
  ]
  const hook = (text: string, keepOff = captions) =>
    hookTitle({ text, seconds: 3, size, fonts, colours: palette, keepOff, faces })

  test.each([
    'No',
    'Why a baker gets up at two in the morning',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenwitwe',
    'a very long hook indeed that nobody would ever write but somebody will, '.repeat(6),
    'למה האופה קם בשתיים בלילה',
    '🔥🔥 面包师为什么凌晨两点起床？',
  ])('the hook title %s is inside the safe zone and off captions and faces', (text) => {
    const drawn = hook(text)
    expect(drawn).not.toBeNull()
    if (!drawn) return
    expect(inside(drawn.area, size)).toBe(true)
    expect(captions.some((caption) => collide(drawn.area, caption))).toBe(false)
    expect(faces.some((face) => collide(drawn.area, face))).toBe(false)
  })

  test('the hook title stands beside a logo that is above a head, as large as it can be', () => {
    const logo = placeLogo({
      logo: { place: 'top-right', size: 0.16, margin: 0.02 },
      picture: { width: 100, height: 100 },
      size,
      duration: 9,
      captions,
    })
    const corner = { start: 0, end: 9, x: logo.x, y: logo.y, w: logo.width, h: logo.height }
    const drawn = hook('Why a baker gets up at two', [...captions, corner])
    expect(drawn && collide(drawn.area, corner)).toBe(false)
    expect(drawn?.area.y).toBeLessThan(logo.y + logo.height)
    expect((drawn?.area.y ?? 0) + (drawn?.area.h ?? 0)).toBeLessThan((faces[0]?.y ?? 0) + 1)
    const alone = hook('Why a baker gets up at two')
    expect(drawn?.area.h).toBeGreaterThan(0.5 * (alone?.area.h ?? Infinity))
  })

  test('is left out rather than drawn over captions, and of nothing is nothing', () => {
    const everywhere = [{ start: 0, end: 9, x: 0, y: 0, w: size.width, h: size.height }]
    expect(hook('A title', everywhere)).toBeNull()
    expect(hook(' ')).toBeNull()
    // Captions that come later are not in the way.
    expect(hook('A title', [{ ...everywhere[0], start: 3, end: 9 } as Area])).not.toBeNull()
  })

  test('names are off captions, faces, and each other', () => {
    const words = [said('Nora', 0, 3), said('Felix', 3.1, 6), said('Nora', 6, 8)]
    const keepOff = [...captions, ...faces]
    const lowerThird = { seconds: 3.5, people: [{ speaker: 'nora', name: 'Nora Lind', role: 'Host of the show' }] }
    const { areas, left } = lowerThirds({ words, lowerThird, duration: 9, size, fonts, palette, keepOff })
    expect(left).toEqual([])
    expect(areas).toHaveLength(2)
    expect(areas.every((area) => inside(area, size))).toBe(true)
    expect(areas.some((area, i) => [...keepOff, ...areas.slice(i + 1)].some((other) => collide(area, other)))).toBe(
      false,
    )
    expect(areas[0]).toMatchObject({ start: 0, end: 3.4 })
  })

  test.each(['top-left', 'centre', 'bottom', 'bottom-right'] as const)('the logo at %s stays off captions', (place) => {
    const logo = { place, size: 0.2, margin: 0.02 }
    const box = placeLogo({ logo, picture: { width: 300, height: 100 }, size, duration: 9, captions })
    const area = { start: 0, end: 9, x: box.x, y: box.y, w: box.width, h: box.height }
    expect(inside(area, size)).toBe(true)
    expect(captions.some((caption) => collide(area, caption))).toBe(false)
    expect([box.x, box.y, box.width, box.height].every((side) => side % 2 === 0)).toBe(true)
    expect(box.width / box.height).toBeCloseTo(3, 0)
  })
})

test('who only says yes is not introduced, and no label of a program is a name', () => {
  const turns = introductions([said('A1', 0, 0.4), said('B', 0.5, 3), said('A1', 3, 6), said(null, 6, 9)])
  expect(turns.map((its) => its[0])).toEqual([
    { speaker: 'B', start: 0.5, end: 3 },
    { speaker: 'A1', start: 3, end: 6 },
  ])
  for (const label of ['SPEAKER_00', 'Speaker 2', 'spk1', 'S3', 'A', '7', 'unknown', ''])
    expect(isNoName(label), label).toBe(true)
  for (const label of ['Nora', 'Sam', 'Dr. B', 'Speaker of the House', '李']) expect(isNoName(label), label).toBe(false)
})

test('all of it is one script, that names what found no place', () => {
  const size = frameSizes['9:16']
  const full = [{ start: 0, end: 5, x: 0, y: 0, w: size.width, h: size.height }]
  const brand = {
    lowerThird: { seconds: 3, people: [] },
    progressBar: { place: 'top' as const, height: 0.01 },
    hookTitle: { seconds: 2 },
  }
  const its = { brand, palette, font: null, size, duration: 5, words: [said('Nora {x}', 0, 4)], faces: [], logo: null }
  const free = writeOverlays({ ...its, hook: 'A {hook}\\N title', captions: [] })
  expect(free.warnings).toEqual([])
  const events = parse(free.ass ?? '').events.dialogue
  // Bar and its ground; card and line of the title; ground, bar and name of the speaker.
  expect(events).toHaveLength(7)
  expect(events.every(({ End }) => End <= 5)).toBe(true)
  expect(free.ass).toContain('\\{hook\\}')
  const none = writeOverlays({ ...its, hook: 'A title', captions: full })
  expect(none.warnings).toEqual([expect.stringContaining('hook title'), expect.stringContaining('Nora')])
  expect(writeOverlays({ ...its, brand: {}, hook: 'A title', captions: [] }).ass).toBeNull()
})
