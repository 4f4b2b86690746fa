import { expect, test } from 'vitest'
import { sampleMomentsInput } from '../../../../test/support/sample-moments-document.ts'
import { writeMomentsDocument } from '../write-moments-document.ts'
import { reportEdit, sayRemoved } from './report-edit.ts'

const removal = (kind: 'words' | 'filler' | 'repeat' | 'silence', text = '') => ({ start: 61, end: 62, kind, text })

test.each([
  [[removal('silence')], '1 silence'],
  [[removal('filler'), removal('silence'), removal('filler')], '2 fillers and 1 silence'],
  [[removal('words'), removal('repeat'), removal('silence')], '1 stretch of words, 1 repeat and 1 silence'],
])('counts what was taken out', (removed, expected) => {
  expect(sayRemoved(removed)).toBe(expected)
})

test('tells what was changed, with what was said made harmless', () => {
  const input = sampleMomentsInput(1)
  input.moments = input.moments.map(({ moment, clip }) => ({
    moment,
    clip: {
      ...clip,
      version: 3,
      edit: {
        byHand: true,
        title: 'New <b>',
        shortenedBy: 2.34,
        removed: [removal('filler', 'um <i>'), removal('silence')],
        corrections: [{ start: 1, end: 2, from: 'Jon', text: 'John & co' }],
        zoom: null,
        notes: ['“like” is not said in this clip.'],
      },
    },
  }))
  const document = writeMomentsDocument(input)
  const [moment] = document.moments
  if (!moment) throw new Error('no moment')
  expect(moment.title).toBe('New <b>')
  const html = reportEdit(moment)
  expect(html).toContain('Edited by hand, version 3')
  expect(html).toContain('1 filler and 1 silence taken out, 2.3 s shorter')
  expect(html).toContain('“Jon” is shown as “John &amp; co”')
  expect(html).toContain('“um &lt;i&gt;”')
  expect(html).toContain('“like” is not said in this clip.')
  expect(reportEdit({ ...moment, clip: { ...moment.clip, edit: null } })).toBe('')
})
