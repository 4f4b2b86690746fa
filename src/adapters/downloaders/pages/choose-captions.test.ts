import { expect, it } from 'vitest'
import { chooseCaptions } from './choose-captions.ts'

const tracks = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, [{ ext: 'json3' }, { ext: 'vtt' }]]))
const choose = (manual: string[], automatic: string[], language: string | null = null) =>
  chooseCaptions({ subtitles: tracks(...manual), automatic_captions: tracks(...automatic), language })

it.each([
  [['de', 'en'], ['en-orig', 'en', 'de'], 'en', { track: 'en', kind: 'published' }],
  [['de'], ['en-orig', 'en', 'de'], 'en', { track: 'en-orig', kind: 'automatic' }],
  [['en-GB', 'en-US'], [], 'en-US', { track: 'en-US', kind: 'published' }],
  [['en-GB'], ['en-orig'], 'en-US', { track: 'en-GB', kind: 'published' }],
  [['de', 'fr'], ['en-orig', 'fr'], null, { track: 'en-orig', kind: 'automatic' }],
  [['de'], [], null, { track: 'de', kind: 'published' }],
  [['de', 'fr'], [], null, null],
  [[], ['de', 'en', 'fr'], null, null],
  [['de'], [], 'en', null],
  [[], [], 'en', null],
])('of %j and %j, for %s', (manual, automatic, language, chosen) => {
  expect(choose(manual, automatic, language)).toEqual(chosen)
})

it('takes nothing that is no text, or no name', () => {
  expect(
    chooseCaptions({
      subtitles: { live_chat: [{ ext: 'json' }], 'en.*': [{ ext: 'vtt' }], 'all,-live_chat': [{ ext: 'vtt' }] },
      automatic_captions: null,
      language: 'en',
    }),
  ).toBeNull()
})
