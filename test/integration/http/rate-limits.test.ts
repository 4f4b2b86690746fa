import { afterEach, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner, letIn, newKey } from '../../support/sign-in.ts'

let test: TestApp
afterEach(() => test.close())
const open = async (environment: Record<string, string>): Promise<TestApp> => {
  test = await appForTest({}, { environment })
  return test
}

describe('how often one may ask', () => {
  it('is limited for each key and account by itself', async () => {
    const { app } = await open({ RATE_LIMIT_PER_MINUTE: '6' })
    const ana = await asOwner(app)
    const ben = await letIn(app, { owner: ana, role: 'viewer' })
    const { key } = await newKey(ana, { scope: 'read' })
    const withKey = () => app.inject({ url: '/api/v1/accounts/me', headers: { 'x-api-key': key } })
    const statuses = []
    for (let i = 0; i < 8; i += 1) statuses.push((await withKey()).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429])
    const refused = await withKey()
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED', retry: 'later' })
    const wait = Number(refused.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    expect((await ana.ask({ url: '/api/v1/accounts/me' })).statusCode).toBe(200)
    expect((await ben.ask({ url: '/api/v1/accounts/me' })).statusCode).toBe(200)
  })

  it('is limited for each address, where an address of IPv6 is its network', async () => {
    const { app } = await open({ RATE_LIMIT_PER_ADDRESS: '3' })
    await asOwner(app)
    const from = async (remoteAddress: string) =>
      (await app.inject({ url: '/api/v1/runs', remoteAddress, headers: { host: '192.168.1.5:4000' } })).statusCode
    expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([401, 401, 401])
    expect(await from('192.0.2.1')).toBe(429)
    expect(await from('192.0.2.2')).toBe(401)
    const knock = async () => {
      const headers = { host: '192.168.1.5:4000', 'x-api-key': 'guessed' }
      return (await app.inject({ url: '/api/v1/sign-in', remoteAddress: '192.0.2.3', headers })).statusCode
    }
    expect([await knock(), await knock(), await knock(), await knock()]).toEqual([200, 200, 200, 429])
    for (let i = 1; i <= 3; i += 1) expect(await from(`2001:db8::${i}`)).toBe(401)
    expect(await from('2001:db8::9')).toBe(429)
    expect(await from('2001:db8:0:1::9')).toBe(401)
  })

  it('goes by the address that a trusted proxy tells, and by no other', async () => {
    const { app } = await open({ RATE_LIMIT_PER_ADDRESS: '2', TRUST_PROXY: '10.0.0.1' })
    await asOwner(app)
    const from = async (remoteAddress: string, client: string) => {
      const headers = { host: '192.168.1.5:4000', 'x-forwarded-for': client }
      return (await app.inject({ url: '/api/v1/runs', remoteAddress, headers })).statusCode
    }
    const told = [1, 2, 3, 4].map((i) => from('10.0.0.1', `198.51.100.${i}`))
    expect(await Promise.all(told)).toEqual([401, 401, 401, 401])
    const made: number[] = []
    for (let i = 1; i <= 4; i += 1) made.push(await from('192.0.2.1', `198.51.100.${i + 10}`))
    expect(made).toEqual([401, 401, 429, 429])
  })

  it('is not limited while this machine alone may ask, nor for pages, nor when the limit is 0', async () => {
    const { app } = await open({ RATE_LIMIT_PER_MINUTE: '0', RATE_LIMIT_PER_ADDRESS: '1' })
    const ask = async (url: string) => (await app.inject({ url })).statusCode
    expect([await ask('/api/v1/runs'), await ask('/api/v1/runs'), await ask('/api/v1/runs')]).toEqual([200, 200, 200])
    await asOwner(app)
    expect([await ask('/page.css'), await ask('/page.css'), await ask('/health/live')]).toEqual([200, 200, 200])
    expect([await ask('/api/v1/runs'), await ask('/api/v1/runs')]).toEqual([401, 429])
  })
})
