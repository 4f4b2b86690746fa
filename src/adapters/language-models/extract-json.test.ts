import { describe, expect, it } from 'vitest'
import { extractJson } from './extract-json.ts'

describe('extractJson', () => {
  it.each([
    ['{"a":1}'],
    [' \n{"a":1}\n'],
    ['```json\n{"a":1}\n```'],
    ['Here it is:\n```\n{"a":1}\n```\nAnything else?'],
    ['Sure! {"a":1} Hope that helps.'],
  ])('finds the object in %j', (text) => {
    expect(extractJson(text)).toEqual({ a: 1 })
  })

  it.each(['', 'I would pick the second passage.', '{"a":', '"text"', '42', 'null', '} {'])(
    'finds none in %j',
    (text) => {
      expect(extractJson(text)).toBeNull()
    },
  )

  it('does not mind a megabyte of brackets', () => {
    expect(extractJson('{'.repeat(1_000_000))).toBeNull()
  })
})
