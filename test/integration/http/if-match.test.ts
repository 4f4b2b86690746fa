import { afterAll, beforeAll, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner } from '../../support/sign-in.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

const url = '/api/v1/settings'
const etag = async () => String((await test.app.inject({ url })).headers.etag)
const change = (ifMatch: string, payload: object = { count: 5 }) =>
  test.app.inject({ method: 'PATCH', url, payload, headers: { 'if-match': ifMatch } })
const refused = { status: 412, code: 'OTHER_BY_NOW' }

it('changes what was looked at, and nothing else', async () => {
  const looked = await etag()
  expect((await change(looked)).statusCode).toBe(200)
  // Somebody was quicker: oneself.
  expect((await change(looked, { count: 6 })).json()).toMatchObject(refused)
  expect((await test.app.inject({ url })).body).toContain('5')
  expect((await change(`"other", ${await etag()}`, { count: 7 })).statusCode).toBe(200)
  expect((await change('*', { count: 8 })).statusCode).toBe(200)
})

it.each(['', '"', '"forged"', 'W/*', '"*"', 'x'.repeat(5000)])('takes %s for no ETag of ours', async (tag) => {
  expect((await change(tag)).json()).toMatchObject(refused)
})

it('takes no weak one, and none of what is not there', async () => {
  expect((await change(`W/${await etag()}`)).json()).toMatchObject(refused)
  const nobody = '/api/v1/recordings/00000000-0000-4000-8000-000000000000'
  const gone = await test.app.inject({ method: 'DELETE', url: nobody, headers: { 'if-match': '*' } })
  expect(gone.json()).toMatchObject(refused)
})

it('looks as whoever asks', async () => {
  const owner = await asOwner(test.app)
  const me = '/api/v1/accounts/me'
  const looked = String((await owner.ask({ url: me })).headers.etag)
  const rename = (name: string) =>
    owner.ask({ method: 'PATCH', url: me, payload: { name }, headers: { 'if-match': looked } })
  expect((await rename('Anna')).statusCode).toBe(200)
  expect((await rename('Hanna')).json()).toMatchObject(refused)
  expect((await change('*')).json()).toMatchObject({ status: 401 })
})

it('looks behind a proxy under the name it was asked by', async () => {
  const environment = { TRUST_PROXY: '10.0.0.1', PUBLIC_URL: 'https://clips.example' }
  const proxied = await appForTest({}, { environment })
  const forwarded = {
    remoteAddress: '10.0.0.1',
    headers: { host: 'upstream:4000', 'x-forwarded-for': '192.0.2.7', 'x-forwarded-host': 'clips.example' },
  }
  try {
    const owner = await asOwner(proxied.app)
    const answer = await owner.ask({
      ...{ method: 'PATCH', url, payload: { count: 5 }, remoteAddress: forwarded.remoteAddress },
      headers: { ...forwarded.headers, 'if-match': '*' },
    })
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
  } finally {
    await proxied.close()
  }
})
