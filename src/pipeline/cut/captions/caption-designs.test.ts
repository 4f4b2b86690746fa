import { compile, parse } from 'ass-compiler'
import { describe, expect, test } from 'vitest'
import { aspects, captionStyles, frameSizes } from '../../../domain/clip.ts'
import { buildCaptions } from './build-captions.ts'
import type { ClipWord } from './clip-word.ts'
import { safeZone } from './safe-zone.ts'

const size = frameSizes['9:16']
const styles = captionStyles.filter((style) => style !== 'none')

function say(text: string, { start = 0, pace = 0.3, speaker = 'Ann' } = {}): ClipWord[] {
  return text
    .split(' ')
    .map((word, i) => ({ text: word, start: start + i * pace, end: start + (i + 0.9) * pace, speaker }))
}

interface Event {
  start: number
  end: number
  raw: string
}

function eventsOf(ass: string | null): Event[] {
  return parse(ass ?? '').events.dialogue.map(({ Start, End, Text }) => ({ start: Start, end: End, raw: Text.raw }))
}

/** What is seen of an event: without tags, drawings and marks. */
function seen(raw: string): string {
  return raw
    .replace(/\\p1\}[^{]*/g, '}')
    .replace(/(?<!\\)\{[^}]*\}/g, '')
    .replaceAll('\\h', ' ')
    .replace(/\\([{}])/g, '$1')
    .replace(/[\u2060\u200e\u200f]/g, '')
    .trim()
}

const fast = Array.from({ length: 80 }, (_, i) => `word${i}`).join(' ')

const bad: [name: string, words: ClipWord[]][] = [
  ['one word of 60 letters', say('Abcdefghijklmnopqrstuvwxyz'.repeat(3).slice(0, 60), { pace: 6 })],
  ['emoji only', say('👍 🔥 👩‍💻 ❤️ 🇩🇪')],
  ['twenty words a second', say(fast, { pace: 0.05 })],
  ['words without length', say('all at once', { pace: 0, start: 5 })],
  ['both directions', say('אמרתי React 25 שלום ok (באמת) iPhone手机')],
  ['control characters', say('a\u0007b \u202eevil\u2028x \u0000 \ud800 ok')],
  ['tags', say('{\\pos(0,0)}bad {\\an8\\fs900}C:\\new\\N {b} \\N \\h }{')],
  ['times that are no numbers', [...say('fine'), { text: 'lost', start: Number.NaN, end: 1, speaker: null }]],
  ['a name that is a tag', say('hello there', { speaker: '{\\fs900}Mallory\n' })],
]

describe.each(styles)('%s', (style) => {
  const build = (words: ClipWord[], picture = size) => buildCaptions({ words, size: picture, style })

  test('is in step: what changes, changes when a word begins or a phrase leaves', () => {
    const words = say('So I asked Maria Lopez why anyone would pay 20 dollars for a mug, and she just laughed.', {
      start: 0.123,
      pace: 0.317,
    })
    const starts = words.map(({ start }) => start)
    const near = (time: number) => Math.min(...starts.map((start) => Math.abs(start - time)))
    const events = eventsOf(build(words).ass)
    for (const { start, raw } of events) {
      expect(near(start), raw).toBeLessThanOrEqual(0.04)
      // Colours that switch on later, in milliseconds of the event; growing and fading begin at once.
      const switches = [...raw.matchAll(/\\t\((\d+),/g)].map((match) => start + Number(match[1]) / 1000)
      for (const time of switches) expect(near(time), raw).toBeLessThanOrEqual(0.04)
      let filled = start
      for (const [, kind, length] of raw.matchAll(/\\(kf?)(\d+)/g)) {
        if (kind === 'kf') expect(near(filled), raw).toBeLessThanOrEqual(0.04)
        filled += Number(length) / 100
      }
    }
    expect(Math.abs((events[0]?.start ?? 0) - 0.123)).toBeLessThanOrEqual(0.04)
  })

  test.each(bad)('bears %s', (_, words) => {
    const { ass } = build(words)
    const events = eventsOf(ass)
    expect(events.length).toBeGreaterThan(0)
    expect(() => compile(ass ?? '', {})).not.toThrow()
    for (const { start, end, raw } of events) {
      expect(end).toBeGreaterThan(start)
      expect(raw).not.toMatch(/NaN|undefined|Infinity|\\fs900|\\pos\(0,0/)
      expect(raw.match(/[\p{Cc}\p{Cs}\u202a-\u202e\u2028]/gu) ?? []).toEqual([])
    }
  })

  test('shows every word, in order', () => {
    const words = say('We never sleep. When it rains, nobody comes to see us, and the bread stays warm.')
    const shown = eventsOf(build(words).ass).map(({ raw }) => seen(raw).toLowerCase())
    for (const { text } of words) expect(shown.join(' '), text).toContain(text.toLowerCase())
  })

  test.each(aspects)('keeps inside the safe zone at %s', (aspect) => {
    const picture = frameSizes[aspect]
    const { rows, ass } = build(say(fast, { pace: 0.25 }), picture)
    const zone = safeZone(picture)
    expect((rows?.from ?? 0) * picture.height).toBeGreaterThanOrEqual(zone.top)
    const places = [...(ass ?? '').matchAll(/\\pos\(([\d.]+),([\d.]+)\)/g)].map(([, x, y]) => [Number(x), Number(y)])
    for (const [x = 0, y = 0] of places) {
      expect(x).toBeGreaterThanOrEqual(zone.left)
      expect(x).toBeLessThanOrEqual(zone.right)
      expect(y).toBeGreaterThanOrEqual(zone.top)
      expect(y).toBeLessThanOrEqual(zone.bottom)
    }
  })

  test('keeps off a face', () => {
    const face = { start: 0, end: 60, x: 300, y: 900, w: 500, h: 560 }
    const { rows } = buildCaptions({ words: say(fast), size, style, faces: [face] })
    const [from, to] = [(rows?.from ?? 0) * size.height, (rows?.to ?? 1) * size.height]
    // The rows are a little higher than the letters.
    expect(to - 80 <= face.y || from + 80 >= face.y + face.h).toBe(true)
  })
})
