import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

let plain: TestApp
let secure: TestApp
beforeAll(async () => {
  plain = await appForTest()
  secure = await appForTest({}, { environment: { PUBLIC_URL: 'https://clips.example.com' } })
})
afterAll(async () => {
  await plain.close()
  await secure.close()
})

describe('headers', () => {
  it.each(['/', '/sign-in', '/page.css', '/api/docs', '/api/v1/runs', '/nothing', '/health/live'])(
    'of %s keep browsers from being turned against their users',
    async (url) => {
      const { headers } = await plain.app.inject({ url })
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it('are on refusals, too', async () => {
    const { statusCode, headers } = await plain.app.inject({ url: '/api/v1/runs', remoteAddress: '192.0.2.1' })
    expect(statusCode).toBe(403)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  })

  it.each(['/', '/sign-in'])('no page has a script or style of its own: %s', async (url) => {
    const { body } = await plain.app.inject({ url })
    expect(body).toContain('<script type="module" src=')
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i)
  })

  it('want https for ever where it is served so, and cookies over nothing else', async () => {
    const { headers } = await secure.app.inject({ url: '/health/live' })
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    const payload = { name: 'Ana', email: 'ana@example.com', password: 'rye-and-salt-0417' }
    const made = await secure.app.inject({ method: 'POST', url: '/api/v1/accounts/owner', payload })
    const cookie = made.cookies.find(({ name }) => name === '__Secure-clipwright.session_token')
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' })
    const back = await secure.app.inject({
      url: '/api/v1/runs',
      headers: { cookie: `${cookie?.name}=${encodeURIComponent(cookie?.value ?? '')}`, host: 'clips.example.com' },
    })
    expect(back.statusCode).toBe(200)
  })
})
