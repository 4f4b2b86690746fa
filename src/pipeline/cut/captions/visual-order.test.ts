import { expect, test } from 'vitest'
import { baseDirection, directionOf, inVisualOrder, turnPunctuation, visualOrder } from './visual-order.ts'

const inOrder = (line: string) => {
  const words = line.split(' ')
  return visualOrder(words, baseDirection(words))
    .map((i) => words[i])
    .join(' ')
}

test('knows the direction of a word by its first letter', () => {
  expect(directionOf('(שלום')).toBe('rtl')
  expect(directionOf('مرحبا')).toBe('rtl')
  expect(directionOf('"Hello')).toBe('ltr')
  expect(directionOf('25%')).toBeNull()
})

test('leaves left-to-right lines as they are', () => {
  expect(inOrder('say 25 words')).toBe('say 25 words')
})

test('turns a right-to-left line around, numbers included', () => {
  expect(inOrder('ועל 25 דברים')).toBe('דברים 25 ועל')
})

test('keeps Latin words in their own order inside a right-to-left line', () => {
  expect(inOrder('נדבר על React Native היום')).toBe('היום React Native על נדבר')
})

test('turns only the right-to-left words around inside a left-to-right line', () => {
  expect(inOrder('they say שלום לכולם every single day')).toBe('they say לכולם שלום every single day')
})

test.each([
  ['25,', ',25'],
  ['(25)', '(25)'],
  ['(25', '25)'],
  ['3.5%', '3.5%'],
  ['$20!', '!$20'],
  ['–', '–'],
])('sets %s as %s in a right-to-left line', (text, seen) => {
  expect(turnPunctuation(text)).toBe(seen)
})

test('takes a word of two directions apart, the Hebrew part on the right', () => {
  expect(inVisualOrder('ב-React')).toEqual(['React', 'ב-'])
  expect(inVisualOrder('ב-node.js,')).toEqual([',', 'node.js', 'ב-'])
  expect(inVisualOrder('(שלום)')).toEqual(['(שלום)'])
  expect(inVisualOrder('ב-25')).toEqual(['ב-25'])
})
