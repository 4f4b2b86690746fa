import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner, cookieOf, letIn, newKey, signIn, visitor } from '../../support/sign-in.ts'

let test: TestApp
beforeEach(async () => {
  test = await appForTest()
})
afterEach(async () => {
  vi.useRealTimers()
  await test.close()
})

const first = { name: 'Ana', email: 'ana@example.com', password: 'rye-and-salt-0417' }
const nobody = '00000000-0000-4000-8000-000000000000'
const makeOwner = (payload: object = first, more: object = {}) =>
  test.app.inject({ method: 'POST', url: '/api/v1/accounts/owner', payload, ...more })
/** However long a password takes to be looked at here. */
const timeStandsStill = () => vi.useFakeTimers({ toFake: ['Date'] })
const enter = (email: string, password: string) =>
  test.app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: { email, password } })

describe('the first visit', () => {
  it('makes the owner, signs them in, and closes the door for everybody else', async () => {
    const before = await test.app.inject({ url: '/api/v1/sign-in' })
    expect(before.json()).toEqual({ ownerExists: false, account: null })
    const response = await makeOwner({ ...first, email: ' Ana@Example.COM ' })
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({ name: 'Ana', email: 'ana@example.com', role: 'owner' })
    expect((await test.app.inject({ url: '/api/v1/runs' })).statusCode).toBe(401)
    const ana = visitor(test.app, cookieOf(response))
    expect((await ana.ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
    expect((await ana.ask({ url: '/api/v1/accounts/me' })).json()).toMatchObject({ role: 'owner', by: 'session' })
    expect((await makeOwner({ ...first, email: 'eve@example.com' })).json()).toMatchObject({
      status: 409,
      code: 'OWNER_EXISTS',
    })
  })

  it('makes exactly one owner of twenty at once', async () => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => makeOwner({ ...first, email: `person-${i}@example.com` })),
    )
    expect(responses.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(responses.filter(({ statusCode }) => statusCode === 409)).toHaveLength(19)
    const rows = await test.clipwright.database.kysely.selectFrom('accounts').select('email').execute()
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['another machine', { remoteAddress: '192.168.1.7' }],
    ['a name that is not this machine', { headers: { host: 'evil.example' } }],
    ['a page of another site', { headers: { host: 'localhost:4000', origin: 'https://evil.example' } }],
    ['behind a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
  ])('is not for %s', async (_, more) => {
    expect((await makeOwner(first, more)).json()).toMatchObject({ status: 403, code: 'LOOPBACK_ONLY' })
  })

  it('knows no accounts to be made or shown before', async () => {
    const payload = { ...first, role: 'viewer' }
    const made = await test.app.inject({ method: 'POST', url: '/api/v1/accounts', payload })
    expect(made.json()).toMatchObject({ status: 409, code: 'OWNER_NEEDED' })
    const me = await test.app.inject({ url: '/api/v1/accounts/me' })
    expect(me.json()).toMatchObject({ status: 404, code: 'NO_ACCOUNT_YET' })
  })
})

describe('signing in', () => {
  it('sets a cookie that scripts and other sites do not get', async () => {
    const response = await makeOwner()
    const cookie = response.cookies.find(({ name }) => name === 'clipwright.session_token')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(cookie?.maxAge).toBe(30 * 24 * 3600)
    expect(cookie?.secure).toBeUndefined()
  })

  it('answers an unknown e-mail as it does a wrong password, with as much hashing', async () => {
    await makeOwner()
    const [unknown, wrong] = [
      await enter('eve@example.com', 'wrong-wrong-1'),
      await enter(first.email, 'wrong-wrong-1'),
    ]
    expect(unknown.statusCode).toBe(401)
    expect({ ...unknown.json<object>() }).toEqual({ ...wrong.json<object>() })
    expect(unknown.json()).toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(unknown.headers['set-cookie']).toBeUndefined()
  })

  it.each(["' or 1=1 --", 'ana@example.com\u0000', '{"$ne": null}', ''])(
    'does not take %j for an e-mail',
    async (email) => {
      await makeOwner()
      expect((await enter(email, first.password)).json()).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' })
    },
  )

  it('never goes on with a session that somebody brought along', async () => {
    const ana = await asOwner(test.app)
    const again = await ana.ask({
      method: 'POST',
      url: '/api/v1/sign-in',
      payload: { email: ana.email, password: ana.password },
    })
    expect(again.statusCode).toBe(200)
    expect(cookieOf(again)).not.toBe(ana.cookie)
    expect((await ana.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
    expect((await visitor(test.app, cookieOf(again)).ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
    const planted = await test.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in',
      headers: { cookie: 'clipwright.session_token=planted.c2lnbmF0dXJl' },
      payload: { email: ana.email, password: ana.password },
    })
    expect(cookieOf(planted)).not.toContain('planted')
  })

  it('slows down who guesses, also who knows the password by now', async () => {
    await makeOwner()
    timeStandsStill()
    const statuses: number[] = []
    for (let i = 0; i < 8; i += 1) statuses.push((await enter(first.email, `wrong-wrong-${i}`)).statusCode)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    const right = await enter(first.email, first.password)
    expect(right.json()).toMatchObject({ status: 429, code: 'SIGN_IN_TOO_OFTEN', retry: 'later' })
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(2)
  })

  it('counts a hundred guesses at once as what they are', async () => {
    await makeOwner()
    timeStandsStill()
    const guesses = await Promise.all(Array.from({ length: 100 }, () => enter(first.email, 'wrong-wrong-1')))
    expect(guesses.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
    expect(guesses.filter(({ statusCode }) => statusCode === 429)).toHaveLength(95)
  })
})

describe('going out', () => {
  it('ends the session, not only the cookie', async () => {
    const ana = await asOwner(test.app)
    const out = await ana.ask({ method: 'POST', url: '/api/v1/sign-out' })
    expect(out.statusCode).toBe(204)
    expect(out.cookies.find(({ name }) => name === 'clipwright.session_token')).toMatchObject({ value: '', maxAge: 0 })
    expect((await ana.ask({ url: '/api/v1/runs' })).json()).toMatchObject({ status: 401, code: 'SIGN_IN_NEEDED' })
  })

  it('everywhere, or everywhere else', async () => {
    const ana = await asOwner(test.app)
    const phone = await signIn(test.app, ana)
    const { items } = (await ana.ask({ url: '/api/v1/accounts/me/sessions' })).json<{ items: { isThis: boolean }[] }>()
    expect(items.map(({ isThis }) => isThis)).toEqual([false, true])
    await ana.ask({ method: 'DELETE', url: '/api/v1/accounts/me/sessions?butThis=true' })
    expect((await phone.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
    expect((await ana.ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
    expect((await ana.ask({ method: 'DELETE', url: '/api/v1/accounts/me/sessions' })).statusCode).toBe(204)
    expect((await ana.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
  })

  it('of one session, which must be one’s own', async () => {
    const ana = await asOwner(test.app)
    const ben = await letIn(test.app, { owner: ana, role: 'viewer' })
    const sessions = await ben.ask({ url: '/api/v1/accounts/me/sessions' })
    const id = sessions.json<{ items: { id: string }[] }>().items[0]?.id ?? ''
    for (const other of [id, nobody]) {
      const response = await ana.ask({ method: 'DELETE', url: `/api/v1/accounts/me/sessions/${other}` })
      expect(response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
    expect((await ben.ask({ method: 'DELETE', url: `/api/v1/accounts/me/sessions/${id}` })).statusCode).toBe(204)
    expect((await ben.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
  })
})

describe('a new password', () => {
  const change = (current: string, next: string) => ({
    method: 'POST' as const,
    url: '/api/v1/accounts/me/password',
    payload: { current, next },
  })

  it('takes the old one, ends all other sessions, and is the only one from then on', async () => {
    const ana = await asOwner(test.app)
    const phone = await signIn(test.app, ana)
    const response = await ana.ask(change(ana.password, 'flour-dust-91-window'))
    expect(response.statusCode).toBe(204)
    expect((await phone.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
    expect((await ana.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
    expect((await visitor(test.app, cookieOf(response)).ask({ url: '/api/v1/runs' })).statusCode).toBe(200)
    expect((await enter(ana.email, ana.password)).statusCode).toBe(401)
    expect((await enter(ana.email, 'flour-dust-91-window')).statusCode).toBe(200)
  })

  it('is refused without the old one, when it is weak, and to whoever guesses', async () => {
    const ana = await asOwner(test.app)
    const weak = await ana.ask(change(ana.password, 'password123'))
    expect(weak.json()).toMatchObject({ status: 422, code: 'PASSWORD_TOO_WEAK' })
    const codes: string[] = []
    timeStandsStill()
    for (let i = 0; i < 6; i += 1) {
      codes.push((await ana.ask(change(`wrong-wrong-${i}`, 'flour-dust-91-window'))).json<{ code: string }>().code)
    }
    expect(codes.at(0)).toBe('PASSWORD_WRONG')
    expect(codes.at(-1)).toBe('SIGN_IN_TOO_OFTEN')
  })
})

describe('other accounts', () => {
  it('are made, listed page by page, changed and removed by an owner', async () => {
    const ana = await asOwner(test.app)
    const people = [
      await letIn(test.app, { owner: ana, role: 'editor' }),
      await letIn(test.app, { owner: ana, role: 'viewer' }),
    ]
    const page = (await ana.ask({ url: '/api/v1/accounts?limit=2' })).json<{ items: { id: string }[]; next: string }>()
    const rest = (await ana.ask({ url: `/api/v1/accounts?limit=2&cursor=${page.next}` })).json<typeof page>()
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual([ana.id, ...people.map(({ id }) => id)])
    expect(rest.next).toBeNull()
    const url = `/api/v1/accounts/${people[1]?.id}`
    expect((await ana.ask({ method: 'PATCH', url, payload: { role: 'editor', name: 'Cem' } })).json()).toMatchObject({
      name: 'Cem',
      role: 'editor',
    })
    expect((await ana.ask({ method: 'PATCH', url, payload: {} })).statusCode).toBe(400)
    const key = await newKey(people[1] ?? ana, { scope: 'read' })
    expect((await ana.ask({ method: 'DELETE', url })).statusCode).toBe(204)
    expect((await people[1]?.ask({ url: '/api/v1/runs' }))?.statusCode).toBe(401)
    expect((await test.app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': key.key } })).statusCode).toBe(401)
    expect((await ana.ask({ url })).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('have an e-mail of their own', async () => {
    const ana = await asOwner(test.app)
    const payload = { name: 'Eve', email: 'OWNER@example.com', password: 'rye-and-salt-0417', role: 'viewer' }
    const response = await ana.ask({ method: 'POST', url: '/api/v1/accounts', payload })
    expect(response.json()).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' })
  })

  it('that are not there are not found', async () => {
    const ana = await asOwner(test.app)
    const url = `/api/v1/accounts/${nobody}`
    for (const asked of [
      { url },
      { url, method: 'DELETE' as const },
      { url, method: 'PATCH' as const, payload: { role: 'viewer' } },
      { url, method: 'PATCH' as const, payload: { password: 'flour-dust-91-window' } },
    ]) {
      expect((await ana.ask(asked)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
    expect((await ana.ask({ url: '/api/v1/accounts/..%2f..%2fetc' })).statusCode).toBe(400)
  })

  it('always have an owner among them, also when two owners remove each other at once', async () => {
    const ana = await asOwner(test.app)
    const url = (id: string) => `/api/v1/accounts/${id}`
    for (const asked of [
      { method: 'DELETE' as const, url: url(ana.id) },
      { method: 'PATCH' as const, url: url(ana.id), payload: { role: 'viewer' } },
    ]) {
      expect((await ana.ask(asked)).json()).toMatchObject({ status: 409, code: 'LAST_OWNER' })
    }
    const ben = await letIn(test.app, { owner: ana, role: 'owner' })
    await Promise.all([
      ana.ask({ method: 'DELETE', url: url(ben.id) }),
      ben.ask({ method: 'DELETE', url: url(ana.id) }),
    ])
    const owners = await test.clipwright.database.kysely
      .selectFrom('accounts')
      .select('id')
      .where('role', '=', 'owner')
      .execute()
    expect(owners).toHaveLength(1)
  })

  it('lose their sessions with a password that an owner gives, and their rights with the role', async () => {
    const ana = await asOwner(test.app)
    const ben = await letIn(test.app, { owner: ana, role: 'owner' })
    const url = `/api/v1/accounts/${ben.id}`
    await ana.ask({ method: 'PATCH', url, payload: { role: 'viewer' } })
    expect((await ben.ask({ url: '/api/v1/accounts' })).json()).toMatchObject({ status: 403, code: 'NOT_ALLOWED' })
    await ana.ask({ method: 'PATCH', url, payload: { password: 'flour-dust-91-window' } })
    expect((await ben.ask({ url: '/api/v1/runs' })).statusCode).toBe(401)
    expect((await enter(ben.email, 'flour-dust-91-window')).statusCode).toBe(200)
  })
})
