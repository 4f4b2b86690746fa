import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner } from '../../support/sign-in.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

const first = { name: 'Ana', email: 'ana@example.com', password: 'rye-and-salt-0417' }
const makeOwner = (payload: object) => test.app.inject({ method: 'POST', url: '/api/v1/accounts/owner', payload })

describe('an account is not made of', () => {
  it.each([
    ['short', 422],
    ['password123', 422],
    ['ana@example.com', 422],
    ['x'.repeat(10_000), 400],
    ['', 422],
  ])('the password %j', async (password, status) => {
    expect((await makeOwner({ ...first, password })).statusCode).toBe(status)
    expect((await test.app.inject({ url: '/api/v1/sign-in' })).json()).toMatchObject({ ownerExists: false })
  })

  it.each([
    'аna@example.com', // the first letter is Cyrillic
    'ana@exämple.com',
    'ana\u0000@example.com',
    'ana@example.com\r\nBcc: eve@example.com',
    'ana@example.com\u202e',
    'ana',
    `${'a'.repeat(300)}@example.com`,
    ['ana@example.com'],
    null,
  ])('the e-mail %j', async (email) => {
    expect((await makeOwner({ ...first, email })).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })

  it.each(['', '   ', 'Ana\nEve', 'Ana\u0000', 'Ana\u202enoitcerid', 'x'.repeat(101)])('the name %j', async (name) => {
    expect((await makeOwner({ ...first, name })).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })

  it('anything else', async () => {
    const response = await makeOwner({ ...first, role: 'owner', is_first: true })
    expect(response.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })
})

it('takes names of any language', async () => {
  const ana = await asOwner(test.app)
  for (const name of ['María José', 'د. نور', '王小明', 'O’Brien 👩‍🍳']) {
    const response = await ana.ask({ method: 'PATCH', url: '/api/v1/accounts/me', payload: { name } })
    expect(response.json()).toMatchObject({ name })
  }
})
