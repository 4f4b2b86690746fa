import { describe, expect, it } from 'vitest'
import { whatIsWrongWith } from './password-rules.ts'

const email = 'marianne@night-bakery.example'
const wrong = (password: string) => whatIsWrongWith(password, { email })

describe('whatIsWrongWith', () => {
  it.each([
    'correct horse battery staple',
    'rye-and-salt-0417',
    'tX9#kk2!vbQp',
    'пекарня на углу',
    '夜のパン屋さんの合言葉です',
    'passwords are for bakers',
    `${'ha '.repeat(60)}said the baker`,
  ])('takes %s', (password) => {
    expect(wrong(password)).toBeNull()
  })

  it.each(['', 'short', 'nine-char', '🥐🥐🥐🥐🥐'])('wants more letters than %j', (password) => {
    expect(wrong(password)).toContain('at least 10')
  })

  it('wants no more than can be hashed quickly', () => {
    expect(wrong('ab3 '.repeat(2500))).toContain('at most 200')
  })

  it.each(['aaaaaaaaaaaa', '1212121212', 'abababababab'])('wants more different letters than %s', (password) => {
    expect(wrong(password)).toContain('too few different')
  })

  it.each([
    'password123',
    'Password2026!',
    'P4ssw0rd!!',
    'qwertyuiop',
    '1234567890',
    '0987654321',
    'abcdefghij',
    'Clipwright1',
    'letmein12345',
    'welcome2026',
    'marianne@night-bakery.example',
    'marianne2026',
    'asdfghjkl1234',
  ])('refuses %s, which is tried first', (password) => {
    expect(wrong(password)).toContain('first that are tried')
  })
})
