import { expect, it } from 'vitest'
import { readQuery } from './read-query.ts'

const terms = (text: string) => readQuery(text).terms.map(({ key }) => key)

it('keeps what is asked about and drops the asking', () => {
  expect(terms('Where do they talk about the remote control?')).toEqual(['remot', 'control'])
  expect(terms('Summarize the discussion about vegan cheese.')).toEqual(['vegan', 'chees'])
})

it('does not look for “work” where somebody asks how something works', () => {
  expect(terms('How does translation work?')).toEqual(['translation'])
  expect(terms('how do the buttons actually work')).toEqual(['button'])
  expect(terms('How does remote work change a team?')).toContain('work')
  expect(terms('Where do they talk about remote work?')).toEqual(['remot', 'work'])
  expect(terms('How does it work?')).toEqual(['work'])
})

it('drops the asking in other languages as well', () => {
  expect(terms('Wo sprechen sie über die Klimapolitik?')).toEqual(['klimapolitik'])
  expect(terms('¿Dónde hablan de la inflación?')).toEqual(['inflacion'])
  expect(terms('Où parlent-ils de la retraite ?').at(-1)).toBe('retrait')
})

it.each(['', '   ', 'what is it?', 'the and of', '🎉🎉', '?!…'])('finds nothing to look for in %j', (text) => {
  expect(readQuery(text).terms).toEqual([])
})

it('knows what stands side by side', () => {
  expect(readQuery('voice recognition and buttons').pairs.map(([a, b]) => `${a.key} ${b.key}`)).toEqual([
    'voic recognition',
  ])
})

it('says what kind of answer is wanted', () => {
  expect(readQuery('How many buttons are there?').kind).toMatchObject({ fact: true, opinion: false })
  expect(readQuery('What did Ana think of it?').kind).toMatchObject({ opinion: true })
})

it('reads only the beginning of a question that never ends', () => {
  const endless = Array.from({ length: 3000 }, (_, i) => `word${i}`).join(' ')
  expect(readQuery(endless).terms).toHaveLength(24)
})
