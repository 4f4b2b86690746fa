import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CaptionFontMissing, captionFont, loadCaptionFont } from './caption-font.ts'
import { readTrueType } from './read-true-type.ts'

const folder = mkdtempSync(join(tmpdir(), 'caption-font-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('finds the font, alone in its folder', () => {
  const { fontsDir, file, fingerprint } = captionFont()
  expect(readdirSync(fontsDir).filter((name) => /\.(ttf|otf|ttc|woff2?)$/.test(name))).toHaveLength(1)
  expect(file.startsWith(fontsDir)).toBe(true)
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/)
})

test('says what it covers and names the scripts it lacks', () => {
  const font = captionFont()
  expect(font.covers('Žižek says: “Привет, 20 €?” Việt \\{}')).toBe(true)
  expect(font.covers('日本')).toBe(false)
  expect(font.missingGlyphs('ok 日本 שלום 👍 नमस्ते')).toMatchObject([
    { script: 'Chinese', letters: '日本' },
    { script: 'Hebrew', letters: 'שלום' },
    { script: 'emoji', letters: '👍' },
    { script: 'Devanagari' },
  ])
})

test('measures in em', () => {
  const font = captionFont()
  expect(font.widthOf('H')).toBeCloseTo(0.806, 3)
  expect(font.widthOf('HH')).toBeCloseTo(1.612, 3)
  expect(font.widthOf('日')).toBe(1)
  expect(font.widthOf('\u200d')).toBe(0)
})

test('refuses a font that is missing or no font', () => {
  const broken = join(folder, 'broken.ttf')
  writeFileSync(broken, 'not a font')
  expect(() => loadCaptionFont(() => join(folder, 'none.ttf'))).toThrow(CaptionFontMissing)
  expect(() => loadCaptionFont(() => broken)).toThrow(expect.objectContaining({ code: 'CAPTION_FONT_MISSING' }))
})

test('reads a character map of format 12 as well, with letters beyond the first plane', () => {
  const bytes = readFileSync(captionFont().file)
  const basic = readTrueType(bytes)
  // A and B as the glyphs 1 and 2, a thumb as glyph 3; nothing else.
  const full = readTrueType(
    withFormat12(bytes, [
      [0x41, 0x42, 1],
      [0x1f44d, 0x1f44d, 3],
    ]),
  )
  expect(full.advanceOf(0x41)).toBeGreaterThan(0)
  expect(full.advanceOf(0x1f44d)).toBeGreaterThan(0)
  expect(full.advanceOf(0x43)).toBeNull()
  expect(basic.advanceOf(0x43)).toBeGreaterThan(0)
  expect(basic.advanceOf(0x1f44d)).toBeNull()
})

test('refuses a character map of unknown format', () => {
  const bytes = readFileSync(captionFont().file)
  expect(() => readTrueType(withFormat12(bytes, [], 99))).toThrow(RangeError)
})

/** The font with all its character maps replaced by one of format 12 at the file's end. */
function withFormat12(bytes: Buffer, groups: [first: number, last: number, glyph: number][], format = 12): Buffer {
  const map = Buffer.alloc(16 + 12 * groups.length)
  map.writeUInt16BE(format, 0)
  map.writeUInt32BE(groups.length, 12)
  for (const [i, group] of groups.entries()) {
    for (const [j, value] of group.entries()) map.writeUInt32BE(value, 16 + 12 * i + 4 * j)
  }
  const font = Buffer.concat([bytes, map])
  const cmap = font.readUInt32BE(font.indexOf('cmap', 12, 'latin1') + 8)
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i += 1) {
    font.writeUInt32BE(bytes.length - cmap, cmap + 8 + 8 * i)
  }
  return font
}
