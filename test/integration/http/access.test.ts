import { Writable } from 'node:stream'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSettings } from '../../../src/config/load-settings.ts'
import { buildApp } from '../../../src/http/build-app.ts'
import { removeAccount } from '../../../src/library/accounts.store.ts'
import { createLogger } from '../../../src/observability/logger.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner, letIn, newKey, type Person, visitor } from '../../support/sign-in.ts'

let test: TestApp
let owner: Person
let editor: Person
let viewer: Person
beforeAll(async () => {
  test = await appForTest({}, { environment: { PUBLIC_URL: 'http://clips.example.com', ALLOWED_HOSTS: 'studio.lan' } })
  owner = await asOwner(test.app)
  editor = await letIn(test.app, { owner, role: 'editor' })
  viewer = await letIn(test.app, { owner, role: 'viewer' })
})
afterAll(() => test.close())

const nobody = '00000000-0000-4000-8000-000000000000'
const withKey = (key: string, options: object = { url: '/api/v1/runs' }) =>
  test.app.inject({ ...options, headers: { authorization: `Bearer ${key}` } })
const asked = (method: string, url: string): InjectOptions => ({
  method: method as 'GET',
  url,
  ...(method === 'GET' ? {} : { payload: {} }),
})
const db = () => test.clipwright.database.kysely

describe('without signing in', () => {
  it('nothing is answered but whether the server lives, and where to sign in', async () => {
    const open: string[] = []
    for (const [route, may] of test.app.whoMay) {
      const [method = '', path = ''] = route.split(' ')
      if (may === 'anyone' || method === 'HEAD') continue
      const url = path.replaceAll(/:(\w+)/g, nobody).replace('*', 'x')
      const { statusCode } = await test.app.inject(asked(method, url))
      if (statusCode !== 401) open.push(`${route} → ${statusCode}`)
    }
    expect(open).toEqual([])
    expect((await test.app.inject({ url: '/health/live' })).statusCode).toBe(200)
    expect((await test.app.inject({ url: '/health/ready' })).statusCode).toBe(200)
    expect((await test.app.inject({ url: '/sign-in' })).statusCode).toBe(200)
  })

  it('a program is told how to, and a browser is led there and back', async () => {
    const told = await test.app.inject({ url: '/api/v1/runs', headers: { accept: 'application/json' } })
    expect(told.json()).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' })
    expect(told.headers['www-authenticate']).toContain('Bearer')
    const led = await test.app.inject({ url: '/api/docs?x=1', headers: { accept: 'text/html,*/*' } })
    expect(led.statusCode).toBe(303)
    expect(led.headers.location).toBe('/sign-in?then=%2Fapi%2Fdocs%3Fx%3D1')
  })

  it('nothing of an address gets into a header, or leads to another server', async () => {
    for (const url of ['/?x=%0d%0aset-cookie:%20a=b', '//evil.example/', '/api/docs?then=//evil.example']) {
      const { headers } = await test.app.inject({ url, headers: { accept: 'text/html' } })
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers.location ?? '/sign-in?then=').toMatch(/^\/sign-in\?then=[^\r\n/]*$/)
    }
  })
})

describe('roles', () => {
  it('let nobody do what is for those above', async () => {
    const wrong: string[] = []
    for (const [route, may] of test.app.whoMay) {
      const [method = '', path = ''] = route.split(' ')
      const url = path.replaceAll(/:(\w+)/g, nobody).replace('*', 'x')
      if (method === 'HEAD' || (may !== 'editor' && may !== 'owner')) continue
      const below = may === 'editor' ? [viewer] : [viewer, editor]
      for (const person of below) {
        const response = await person.ask(asked(method, url))
        if (response.statusCode !== 403) wrong.push(`${route} → ${response.statusCode}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('let those do it who may', async () => {
    const cancel = { method: 'POST' as const, url: `/api/v1/runs/${nobody}/cancel` }
    expect((await viewer.ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
    expect((await viewer.ask(cancel)).json()).toMatchObject({ status: 403, code: 'NOT_ALLOWED' })
    expect((await editor.ask(cancel)).json()).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND' })
    expect((await editor.ask({ url: '/api/v1/accounts' })).json()).toMatchObject({ code: 'NOT_ALLOWED' })
  })

  it('and it is kept who began a run', async () => {
    const run = { method: 'POST' as const, url: '/api/v1/runs', payload: { path: import.meta.filename } }
    const { id } = (await editor.ask(run)).json<{ id: string }>()
    const begun = await db().selectFrom('runs').select('created_by').where('id', '=', id).executeTakeFirst()
    expect(begun).toEqual({ created_by: editor.id })
  })
})

describe('keys', () => {
  it('are shown once, and stored only as a hash', async () => {
    const { key, id } = await newKey(owner, { scope: 'read', expiresInDays: 7 })
    expect(key).toMatch(/^cw_[a-zA-Z]{64}$/)
    const listed = await owner.ask({ url: '/api/v1/accounts/me/keys' })
    expect(listed.body).not.toContain(key)
    expect(listed.json<{ items: object[] }>().items[0]).toMatchObject({ id, start: key.slice(0, 8), scope: 'read' })
    const rows = await db().selectFrom('account_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(key)
    const kept = await db().selectFrom('request_keys').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(key)
  })

  it('are taken in either header', async () => {
    const { key } = await newKey(owner, { scope: 'read' })
    expect((await withKey(key)).statusCode).toBe(200)
    expect((await test.app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': key } })).statusCode).toBe(200)
    const me = await withKey(key, { url: '/api/v1/accounts/me' })
    expect(me.json()).toMatchObject({ id: owner.id, by: 'key', role: 'viewer' })
    const listed = await owner.ask({ url: '/api/v1/accounts/me/keys' })
    expect(listed.json<{ items: { lastUsedAt: string | null }[] }>().items[0]?.lastUsedAt).not.toBeNull()
  })

  it('do what their scope allows, and never more than their account may', async () => {
    const cancel = { method: 'POST' as const, url: `/api/v1/runs/${nobody}/cancel` }
    const codeWith = async (key: string, options: object) => (await withKey(key, options)).json<{ code: string }>().code
    const [read, write, admin] = [
      await newKey(owner, { scope: 'read' }),
      await newKey(owner, { scope: 'write' }),
      await newKey(viewer, { scope: 'admin' }),
    ]
    expect(await codeWith(read.key, cancel)).toBe('NOT_ALLOWED')
    expect(await codeWith(write.key, cancel)).toBe('RUN_NOT_FOUND')
    expect(await codeWith(write.key, { url: '/api/v1/accounts' })).toBe('NOT_ALLOWED')
    expect(await codeWith(admin.key, cancel)).toBe('NOT_ALLOWED')
  })

  it('make no keys, change no password and end no sessions', async () => {
    const { key } = await newKey(owner, { scope: 'admin' })
    const url = '/api/v1/accounts/me'
    for (const [method, path, payload] of [
      ['POST', '/keys', { name: 'x', scope: 'admin', expiresInDays: null }],
      ['POST', '/password', { current: owner.password, next: 'flour-dust-91-window' }],
      ['DELETE', '/sessions', undefined],
      ['DELETE', `/keys/${nobody}`, undefined],
    ] as const) {
      const response = await withKey(key, { method, url: `${url}${path}`, payload })
      expect(response.json()).toMatchObject({ status: 403, code: 'SESSION_NEEDED' })
    }
  })

  it('are revoked by their own account alone', async () => {
    const { id, key } = await newKey(editor, { scope: 'read' })
    for (const other of [id, nobody]) {
      const response = await owner.ask({ method: 'DELETE', url: `/api/v1/accounts/me/keys/${other}` })
      expect(response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
    expect((await withKey(key)).statusCode).toBe(200)
    expect((await editor.ask({ method: 'DELETE', url: `/api/v1/accounts/me/keys/${id}` })).statusCode).toBe(204)
    expect((await withKey(key)).json()).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' })
  })

  it('run out', async () => {
    const { id, key } = await newKey(owner, { scope: 'read', expiresInDays: 1 })
    expect((await withKey(key)).statusCode).toBe(200)
    await db()
      .updateTable('account_keys')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('id', '=', id)
      .execute()
    expect((await withKey(key)).statusCode).toBe(401)
  })

  it.each([0, -1, 1.5, 4000, '7'])('do not run out after %j days', async (expiresInDays) => {
    const payload = { name: 'x', scope: 'read', expiresInDays }
    const response = await owner.ask({ method: 'POST', url: '/api/v1/accounts/me/keys', payload })
    expect(response.statusCode).toBe(400)
  })

  it('that are forged, cut off or nothing at all are not taken, even beside a session that is', async () => {
    const { key } = await newKey(owner, { scope: 'read' })
    const forged = [key.slice(0, -1), `${key}x`, key.toLowerCase(), 'cw_', '', ' ', "' or 1=1 --", 'x'.repeat(10_000)]
    for (const text of forged) {
      expect((await test.app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': text } })).statusCode).toBe(401)
      const response = await owner.ask({ url: '/api/v1/runs', headers: { authorization: `Bearer ${text}` } })
      expect(response.statusCode).toBe(401)
    }
    const basic = await owner.ask({ url: '/api/v1/runs', headers: { authorization: 'Basic b3duZXI6cGFzcw==' } })
    expect(basic.statusCode).toBe(401)
  })
})

describe('sessions', () => {
  const token = () => owner.cookie.replace('clipwright.session_token=', '')

  it('that are forged, cut off or signed with another secret are not taken', async () => {
    const [value = '', signature = ''] = decodeURIComponent(token()).split('.')
    const others = decodeURIComponent(viewer.cookie).split('.')[1] ?? ''
    for (const cookie of [
      `${value}.${signature.slice(0, -2)}`,
      `${value}.${others}`,
      `${value}.`,
      value,
      `${value}x.${signature}`,
      `.${signature}`,
      '%E0%A4%A',
      'x'.repeat(5000),
    ]) {
      const response = await visitor(test.app, `clipwright.session_token=${encodeURIComponent(cookie)}`).ask({
        url: '/api/v1/runs',
      })
      expect([cookie, response.statusCode]).toEqual([cookie, 401])
    }
    const raw = await visitor(test.app, 'clipwright.session_token=%E0%A4%A').ask({ url: '/api/v1/runs' })
    expect(raw.statusCode).toBe(401)
  })

  it('end with the secret', async () => {
    const other = await buildApp({
      settings: loadSettings({ AUTH_SECRET: 'another-secret-of-more-than-32-letters' }),
      pipeline: test.clipwright,
      logger: createLogger('silent'),
      version: '0.0.0',
    })
    const response = await visitor(other, owner.cookie).ask({ url: '/api/v1/runs' })
    await other.close()
    expect(response.statusCode).toBe(401)
    expect((await owner.ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
  })

  it('run out', async () => {
    const person = await letIn(test.app, { owner, role: 'viewer' })
    await db()
      .updateTable('account_sessions')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('account_id', '=', person.id)
      .execute()
    expect((await person.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
  })

  it('open streams, files and documents, too, and revoking one ends its stream', async () => {
    const address = await test.app.listen({ host: '127.0.0.1', port: 0 })
    const person = await letIn(test.app, { owner, role: 'viewer' })
    const headers = { cookie: person.cookie }
    expect((await fetch(`${address}/api/docs/json`, { headers })).status).toBe(200)
    const rendering = await fetch(`${address}/api/v1/renderings/${'0'.repeat(64)}.mp4`, { headers })
    expect(rendering.status).toBe(404)
    expect((await fetch(`${address}/api/v1/events/stream`)).status).toBe(401)
    const stream = await fetch(`${address}/api/v1/events/stream`, { headers })
    expect(stream.status).toBe(200)
    const ended = stream.text().then(
      () => 'ended',
      () => 'cut off',
    )
    await person.ask({ method: 'DELETE', url: '/api/v1/accounts/me/sessions' })
    expect(['ended', 'cut off']).toContain(await ended)
  })
})

it('ends the streams of whom another process removed', async () => {
  const other = await appForTest({}, { accountCheckMs: 20 })
  try {
    const ana = await asOwner(other.app)
    const ben = await letIn(other.app, { owner: ana, role: 'viewer' })
    const address = await other.app.listen({ host: '127.0.0.1', port: 0 })
    const streamOf = (person: Person) =>
      fetch(`${address}/api/v1/events/stream`, { headers: { cookie: person.cookie } })
    const [kept, gone] = await Promise.all([streamOf(ana), streamOf(ben)])
    const ended = gone.text().then(
      () => 'ended',
      () => 'cut off',
    )
    await removeAccount(other.clipwright.database.kysely, ben.id)
    expect(['ended', 'cut off']).toContain(await ended)
    const reader = kept.body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
  } finally {
    await other.close()
  }
})

describe('other sites', () => {
  const post = (headers: Record<string, string>) =>
    editor.ask({
      method: 'POST',
      url: `/api/v1/runs/${nobody}/cancel`,
      headers: { host: 'clips.example.com', ...headers },
    })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://clips.example.com.evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://studio.lan' }],
  ])('change nothing with our cookie: %j', async (headers) => {
    expect((await post(headers)).json()).toMatchObject({ status: 403, code: 'OTHER_SITE' })
  })

  it.each([
    [{}],
    [{ origin: 'http://clips.example.com' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ host: '127.0.0.1:4000', origin: 'http://clips.example.com' }],
  ])('unlike our own pages and programs: %j', async (headers) => {
    expect((await post(headers)).json()).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND' })
  })

  it('sign nobody in, and are told nothing by a browser', async () => {
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { origin: 'https://evil.example' },
      payload: { email: owner.email, password: owner.password },
    })
    expect(response.json()).toMatchObject({ status: 403, code: 'OTHER_SITE' })
    const read = await owner.ask({ url: '/api/v1/runs', headers: { origin: 'https://evil.example' } })
    expect(read.headers['access-control-allow-origin']).toBeUndefined()
    const preflight = await test.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/runs',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('may send a key: no browser does so by itself', async () => {
    const { key } = await newKey(editor, { scope: 'write' })
    const response = await test.app.inject({
      method: 'POST',
      url: `/api/v1/runs/${nobody}/cancel`,
      headers: { 'x-api-key': key, origin: 'https://tool.example' },
    })
    expect(response.statusCode).toBe(404)
  })
})

describe('names of the server', () => {
  it.each(['clips.example.com', 'studio.lan:4000', 'STUDIO.LAN', 'localhost:1', '192.168.1.5:4000', '[fd00::1]:4000'])(
    'it goes by %s',
    async (host) => {
      const response = await owner.ask({ url: '/api/v1/runs', headers: { host }, remoteAddress: '192.168.1.9' })
      expect(response.statusCode).toBe(200)
    },
  )

  it.each(['evil.example', 'clips.example.com.evil.example', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'it does not go by %j',
    async (host) => {
      const response = await owner.ask({ url: '/api/v1/runs', headers: { host }, remoteAddress: '192.168.1.9' })
      expect(response.json()).toMatchObject({ status: 421, code: 'HOST_UNKNOWN' })
    },
  )

  it('an address that a request tells of itself is not believed', async () => {
    const response = await test.app.inject({
      url: '/api/v1/runs',
      remoteAddress: '192.168.1.9',
      headers: { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' },
    })
    expect(response.statusCode).toBe(401)
  })
})

it('never logs a password, a key, a cookie or a secret', async () => {
  const lines: string[] = []
  const logger = createLogger('debug', new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) }))
  const settings = loadSettings({ AUTH_SECRET: 'a-secret-that-nobody-must-ever-see' })
  const app = await buildApp({ settings, pipeline: test.clipwright, logger, version: '0.0.0' })
  const right = { email: owner.email, password: owner.password }
  const wrong = { email: 'eve@example.com', password: 'typed-in-the-wrong-field' }
  const response = await app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: right })
  await app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: wrong })
  const cookie = String(response.headers['set-cookie']).split(';')[0] ?? ''
  const { key } = await newKey(visitor(app, cookie), { scope: 'read' })
  await app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': key } })
  await app.close()
  const log = lines.join('')
  expect(log).toContain('somebody signed in')
  expect(log).toContain(`"account":"${owner.id}"`)
  for (const secret of [right.password, wrong.password, key, cookie.split('=')[1] ?? '', 'a-secret-that-nobody']) {
    expect(secret.length).toBeGreaterThan(10)
    expect(log).not.toContain(secret)
  }
})
