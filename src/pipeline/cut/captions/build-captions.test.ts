import { compile, parse } from 'ass-compiler'
import { describe, expect, test } from 'vitest'
import { frameSizes } from '../../../domain/clip.ts'
import { buildCaptions, captionFingerprint } from './build-captions.ts'
import { captionFont } from './caption-font.ts'
import type { ClipWord } from './clip-word.ts'

const size = frameSizes['9:16']

function say(text: string, { start = 0, pace = 0.3 }: { start?: number; pace?: number } = {}): ClipWord[] {
  return text
    .split(' ')
    .map((word, i) => ({ text: word, start: start + i * pace, end: start + (i + 0.9) * pace, speaker: null }))
}

const build = (words: ClipWord[]) => buildCaptions({ words, size, style: 'pop' })

interface Shown {
  layer: number
  start: number
  end: number
  /** The line as seen, and the words that are lit in it. */
  text: string
  lit: string
}

function eventsOf(ass: string | null): Shown[] {
  return parse(ass ?? '').events.dialogue.map(({ Layer, Start, End, Text }) => ({
    layer: Layer,
    start: Start,
    end: End,
    text: seen(Text.raw),
    lit: seen([...Text.raw.matchAll(/1c&H1FD4FF&[^}]*\}(.*?)\{\\1c/g)].map((match) => match[1]).join(' ')),
  }))
}

/** Undoes tags and escapes, as libass reads them. */
function seen(raw: string): string {
  return raw
    .replace(/(?<!\\)\{[^}]*\}/g, '')
    .replaceAll('\\h', ' ')
    .replace(/\\([{}])/g, '$1')
    .replace(/[\u2060\u200e\u200f]/g, '')
    .trim()
}

function expectNoOverlaps(events: Shown[]) {
  for (const its of Map.groupBy(events, ({ layer }) => layer).values()) {
    for (const [i, event] of its.entries()) {
      expect(event.end).toBeGreaterThan(event.start)
      expect(event.start).toBeGreaterThanOrEqual(its[i - 1]?.end ?? 0)
    }
  }
}

describe('the script', () => {
  const words = say('So I asked Maria Lopez why anyone would pay 20 dollars for a mug, and she just laughed.', {
    start: 0.123,
    pace: 0.317,
  })
  const events = eventsOf(build(words).ass)

  test('lights every word once, from its start, to ten milliseconds', () => {
    const lit = events.filter((event) => event.lit !== '').sort((a, b) => a.start - b.start)
    expect(lit.map((event) => event.lit)).toEqual(words.map(({ text }) => text))
    for (const [i, event] of lit.entries())
      expect(Math.abs(event.start - (words[i]?.start ?? 0))).toBeLessThanOrEqual(0.01)
    for (const [i, event] of lit.slice(0, -1).entries()) expect(event.end).toBe(lit[i + 1]?.start)
  })

  test('has no overlaps within a line, and shows each line without gaps while its phrase lasts', () => {
    expectNoOverlaps(events)
    const first = events.filter(({ layer }) => layer === 0)
    for (const [i, event] of first.slice(0, -1).entries()) expect(event.end).toBe(first[i + 1]?.start)
  })

  test('is drawn in the size of the picture, with the font by its exact name', () => {
    const script = compile(build(words).ass ?? '', {})
    expect([script.width, script.height]).toEqual([1080, 1920])
    expect(script.styles['pop']?.style.Fontname).toBe('Montserrat ExtraBold')
    expect(script.dialogues.length).toBe(events.length)
  })

  test('keeps lines where they are: fixed place, and as much taken from spaces as the word grows', () => {
    const raw = (build(words).ass ?? '').split('\n').filter((line) => line.startsWith('Dialogue'))
    expect(raw.every((line) => /\\pos\(540,\d+(\.\d+)?\)\\q2/.test(line))).toBe(true)
    expect(raw.filter((line) => line.includes('\\fscx108')).length).toBeGreaterThan(10)
  })

  test('stays clear of what apps draw over a tall clip', () => {
    const places = [...(build(words).ass ?? '').matchAll(/\\pos\((\d+),([\d.]+)\)/g)].map((match) => Number(match[2]))
    expect(Math.max(...places)).toBeLessThan(0.78 * 1920)
    expect(Math.min(...places)).toBeGreaterThan(0.6 * 1920)
  })
})

test('burns nothing for no words, or when captions are off', () => {
  expect(build([])).toMatchObject({ ass: null, warnings: [], rows: null })
  expect(buildCaptions({ words: say('hello'), size, style: 'none' }).ass).toBeNull()
})

test('draws emoji alone, by a font that has them', () => {
  const { ass, fonts, warnings } = build([{ text: '👍🏽', start: 0, end: 1, speaker: null }])
  expect(ass).toContain('\\fnNoto Emoji SemiBold')
  expect(fonts.map(({ family }) => family)).toContain('Noto Emoji SemiBold')
  expect(warnings).toEqual([])
})

test('names the fonts for memo keys: the main one by itself, all of them when others are needed', () => {
  const key = (text: string) => captionFingerprint({ words: say(text), style: 'pop' })
  expect(key('hello')).toMatch(/^[0-9a-f]{32}$/)
  expect(key('hello')).toBe(captionFont().fingerprint)
  expect(key('hello שלום')).not.toBe(key('hello'))
  expect(captionFingerprint({ words: say('hello'), style: 'big' })).not.toBe(key('hello'))
})

test('leaves out words that no font has letters for, and says so; never empty boxes', () => {
  const { ass, warnings } = build(say('hello \u{12000}\u{12001} world'))
  expect(eventsOf(ass)[0]?.text).toBe('hello world')
  expect(warnings).toEqual([expect.stringMatching(/^1 word is left out.*SRT and VTT/)])
})

test('leaves out letters that this ffmpeg can not join, and says how to mend it', () => {
  const { ass, warnings } = buildCaptions({ words: say('नमस्ते दुनिया'), size, style: 'box', canShape: false })
  expect(ass).toBeNull()
  expect(warnings).toEqual([expect.stringMatching(/2 words are left out.*HarfBuzz.*Devanagari.*FFMPEG_PATH/)])
})

test('shows braces, backslashes and line breaks as text', () => {
  const events = eventsOf(build(say('{\\pos(0,0)}bad C:\\new\\N end {b}\nok')).ass)
  const text = [...new Set(events.map((event) => event.lit).filter((lit) => lit !== ''))].join(' ')
  expect(text).toBe('{\\pos(0,0)}bad C:\\new\\N end {b} ok')
  expect(events.length).toBeGreaterThan(4)
})

test('strips control characters and bidi overrides', () => {
  const { ass } = build([{ text: '\u202eevil\u0007\u2028text', start: 0, end: 1, speaker: null }])
  for (const sign of ['\u202e', '\u0007', '\u2028']) expect(ass).not.toContain(sign)
  expect(eventsOf(ass)[0]?.text).toBe('evil text')
})

test('wraps and shrinks a word of sixty letters into the line', () => {
  const word = 'Abcdefghijklmnopqrstuvwxyz'.repeat(3).slice(0, 60)
  const { ass } = build([{ text: word, start: 0, end: 6, speaker: null }])
  const events = eventsOf(ass)
  expectNoOverlaps(events)
  expect([...new Set(events.map(({ text }) => text.replaceAll('-', '')))].join('')).toBe(word)
})

test('keeps up with twenty words a second', () => {
  const words = say(Array.from({ length: 80 }, (_, i) => `word${i}`).join(' '), { pace: 0.05 })
  const events = eventsOf(build(words).ass)
  expectNoOverlaps(events)
  const lit = events.filter((event) => event.lit !== '')
  expect(lit.map((event) => event.lit).sort()).toEqual(words.map(({ text }) => text).sort())
})

test('gives words that share one moment a moment each', () => {
  const events = eventsOf(build(say('all at once', { pace: 0, start: 5 })).ass)
  expectNoOverlaps(events)
  expect(events.map((event) => event.lit)).toEqual(['all', 'at', 'once'])
})

test('writes hours', () => {
  const [event] = eventsOf(build(say('late', { start: 10_801.26 })).ass)
  expect(event?.start).toBe(10_801.26)
})

test('puts right-to-left words in the order they are seen in, each kept together', () => {
  const { ass, warnings } = build(say('שלום לכולם'))
  expect(eventsOf(ass)[0]?.text).toBe('לכולם שלום')
  expect(ass).toContain('\u200e\u200fשלום\u200f\u200e')
  expect(ass).not.toContain('\\fscx108')
  expect(warnings).toEqual([])
})

test('breaks Chinese without spaces', () => {
  const { ass, warnings } = build([
    { text: '今天我们来聊一聊人工智能，以及它会怎样改变我们每一天的生活。', start: 0, end: 6, speaker: null },
  ])
  const lines = [...new Set(eventsOf(ass).map(({ text }) => text))]
  expect(lines.join('')).toBe('今天我们来聊一聊人工智能，以及它会怎样改变我们每一天的生活。')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(12)
  expect(warnings).toEqual([])
})
