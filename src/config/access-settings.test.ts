import { describe, expect, it } from 'vitest'
import { trustedProxies } from './access-settings.ts'
import { loadSettings } from './load-settings.ts'

describe('settings of access', () => {
  it.each([
    { PUBLIC_URL: 'https://clips.example.com' },
    { PUBLIC_URL: 'http://192.168.1.5:4000/' },
    { ALLOWED_HOSTS: 'clips.lan, studio, a-b.example.com' },
    { TRUST_PROXY: 'loopback, 10.0.0.0/8, 2001:db8::/32, 192.168.1.1' },
    { AUTH_SECRET: 'x'.repeat(32) },
    { RATE_LIMIT_PER_MINUTE: '0' },
    { PUBLIC_URL: '', ALLOWED_HOSTS: '', TRUST_PROXY: '', AUTH_SECRET: '' },
  ])('takes %j', (environment) => {
    expect(() => loadSettings(environment)).not.toThrow()
  })

  it.each([
    { PUBLIC_URL: 'clips.example.com' },
    { PUBLIC_URL: 'https://clips.example.com/studio' },
    { PUBLIC_URL: 'https://user:pass@clips.example.com' },
    { PUBLIC_URL: 'javascript:alert(1)' },
    { ALLOWED_HOSTS: '*' },
    { ALLOWED_HOSTS: 'https://clips.lan' },
    { ALLOWED_HOSTS: 'clips.lan:4000' },
    { TRUST_PROXY: 'true' },
    { TRUST_PROXY: '1' },
    { TRUST_PROXY: '0.0.0.0/0' },
    { TRUST_PROXY: '::/0' },
    { TRUST_PROXY: '10.0.0.0/33' },
    { TRUST_PROXY: '10.0.0.0/8/8' },
    { AUTH_SECRET: 'short' },
    { RATE_LIMIT_PER_MINUTE: '-1' },
    { RATE_LIMIT_PER_ADDRESS: 'many' },
  ])('refuses %j by name', (environment) => {
    expect(() => loadSettings(environment)).toThrow(Object.keys(environment)[0])
  })

  it('trusts no proxy unless it is told', () => {
    expect(trustedProxies({})).toBe(false)
    expect(trustedProxies({ TRUST_PROXY: 'loopback, 10.0.0.1' })).toEqual(['loopback', '10.0.0.1'])
  })
})
