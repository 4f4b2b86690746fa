import { expect, test } from 'vitest'
import { usualColours } from '../../captions/caption-colours.ts'
import { brandPalette } from './brand-palette.ts'
import { assColour, contrastOf, readableOn } from './contrast.ts'

const hexOf = (ass: string) => `#${ass.slice(6, 8)}${ass.slice(4, 6)}${ass.slice(2, 4)}`

test('counts contrast as WCAG does', () => {
  expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
  expect(contrastOf('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
  expect(assColour('#12Ab3c')).toBe('&H3CAB12&')
})

test('what can be read stays, what can not is moved only as far as it must', () => {
  expect(readableOn('#FFD41F', '#080C14', 3)).toBe('#FFD41F')
  const navy = readableOn('#0A1A5C', '#080C14', 3)
  expect(contrastOf(navy, '#080C14')).toBeGreaterThanOrEqual(3)
  expect(contrastOf(navy, '#080C14')).toBeLessThan(4)
})

test('without colours captions are as they were', () => {
  expect(brandPalette({}).captions).toBe(usualColours)
})

test.each([
  { text: '#101010' },
  { text: '#808080', accent: '#777777', box: '#7F7F7F', background: '#808080' },
  { accent: '#000000', box: '#FFFFFF', background: '#FFFFFF' },
  { text: '#FFFFFF', accent: '#FFFF00', box: '#FFFF00', background: '#FF0000' },
])('every pair of %j can be read', (colours) => {
  const palette = brandPalette(colours)
  const { text, accent, strong, edge, ground, onGround, card, onCard, dimOnCard, accentOnCard, speakers } =
    palette.captions
  for (const letters of [text, accent, strong, ...speakers]) {
    expect(contrastOf(hexOf(letters), hexOf(edge))).toBeGreaterThanOrEqual(3)
  }
  expect(contrastOf(hexOf(onGround), hexOf(ground))).toBeGreaterThanOrEqual(3)
  for (const letters of [onCard, dimOnCard, accentOnCard]) {
    expect(contrastOf(hexOf(letters), hexOf(card))).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrastOf(palette.onBox, palette.box)).toBeGreaterThanOrEqual(3)
  for (const letters of [palette.onBackground, palette.accentOnBackground, ...palette.speakers]) {
    expect(contrastOf(letters, palette.background)).toBeGreaterThanOrEqual(4.5)
  }
})

test('says when the accent is drawn in another colour', () => {
  expect(brandPalette({ accent: '#0A1A5C' }).warnings).toEqual([expect.stringContaining('#0A1A5C')])
  expect(brandPalette({ accent: '#FFC95C' }).warnings).toEqual([])
})
