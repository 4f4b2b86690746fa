import { expect, it } from 'vitest'
import { termsOf } from './terms.ts'

const keys = (text: string) => termsOf(text).map(({ key }) => key)
const roots = (text: string) => termsOf(text).map(({ root }) => root)

it('gives English plurals and verbs one stem', () => {
  expect(keys('button buttons Button’s')).toEqual(['button', 'button', 'button'])
  expect(keys('discuss discussed discussing')).toEqual(['discuss', 'discuss', 'discuss'])
  expect(keys('planning planned plan')).toEqual(['plan', 'plan', 'plan'])
  expect(new Set(keys('policy policies'))).toEqual(new Set(['policy']))
})

it('leaves short words and numbers alone', () => {
  expect(keys('bus is 1.5 AI')).toEqual(['bus', 'is', '1', '5', 'ai'])
})

it('joins derived words by their first letters', () => {
  expect(new Set(roots('educate education educational'))).toEqual(new Set(['educa']))
  expect(new Set(roots('Bildung Bildungspolitik'))).toEqual(new Set(['bildu']))
})

it('reads past accents, in questions often left out', () => {
  expect(keys('niño café Übung')).toEqual(keys('nino cafe Ubung'))
})

it('pairs the signs of Chinese, Japanese and Korean', () => {
  expect(keys('气候变化')).toEqual(['气候', '候变', '变化'])
  expect(keys('東京タワー')).toEqual(['東京', '京タ', 'タワ', 'ワー'])
  expect(keys('경제를 경제가').filter((key) => key === '경제')).toHaveLength(2)
})

it('keeps Latin words inside signs whole', () => {
  expect(keys('我用iPhone拍照')).toContain('iphon')
})

it('finds the words of Thai, which sets no blanks', () => {
  expect(keys('ภาษาไทย').length).toBeGreaterThan(1)
})

it('keeps the vowels of Hindi and the letters of Arabic', () => {
  expect(keys('शिक्षा नीति')).toEqual(['शिक्षा', 'नीति'])
  expect(keys('التَّعليم')).toEqual(keys('التعليم'))
})

it('finds nothing in marks and emoji', () => {
  expect(keys('… 🎉👍🏽 ?!')).toEqual([])
})
