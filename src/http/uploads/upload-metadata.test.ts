import { expect, it } from 'vitest'
import { parseUploadMetadata } from './upload-metadata.ts'

it('reads keys and values', () => {
  const fields = parseUploadMetadata('filename dGFsay5tcDQ=, is_draft,emoji 8J+Yhg==,constructor eA==')
  expect(Object.fromEntries(fields ?? [])).toEqual({
    filename: 'talk.mp4',
    is_draft: '',
    emoji: '😆',
    constructor: 'x',
  })
})

it('knows that there is none', () => {
  expect(parseUploadMetadata('')?.size).toBe(0)
})

it.each([
  ['no base64', 'filename !!!!'],
  ['half of base64', 'filename YQ'],
  ['two values', 'filename YQ== YQ=='],
  ['a key twice', 'a YQ==,a Yg=='],
  ['no key', ',filename YQ=='],
  ['a key that is not ASCII', 'ä YQ=='],
  ['no UTF-8', 'filename //79'],
  ['too many', Array.from({ length: 51 }, (_, i) => `k${i} YQ==`).join(',')],
])('refuses %s', (_, header) => {
  expect(parseUploadMetadata(header)).toBeNull()
})
