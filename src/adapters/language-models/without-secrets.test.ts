import { describe, expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets.ts'

describe('withoutSecrets', () => {
  it('takes out the keys we know, however they look', () => {
    expect(withoutSecrets('Incorrect key provided: horse battery 9.', ['horse battery 9', null])).toBe(
      'Incorrect key provided: [key].',
    )
  })

  it.each([
    'sk-ant-api03-Zm9vYmFyYmF6cXV4_1234-AA',
    'sk-proj-abcdefgh12345678ABCDEFGH',
    'xai-0123456789abcdef0123456789',
    'Bearer abcdefgh12345678',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN',
  ])('takes out what looks like one: %s', (key) => {
    const clean = withoutSecrets(`Invalid credentials (${key}), see the docs.`, [])
    expect(clean).toBe('Invalid credentials ([key]), see the docs.')
  })

  it('leaves words alone', () => {
    const text = 'The model claude-sonnet-4-5 is overloaded, please try again; request id req_011CSHoEeqs5C35K2UUqR7Fy.'
    expect(withoutSecrets(text, ['sk', ''])).toBe(text)
  })

  it('cuts what is endless', () => {
    expect(withoutSecrets('x'.repeat(1e6), [], 10)).toBe(`${'x'.repeat(10)}…`)
  })
})
