import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { appForTest, type TestApp } from '../support/app-for-test.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { newKey, signIn } from '../support/sign-in.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
beforeEach(() => vi.stubEnv('DATABASE_URL', databaseUrlOf(test.clipwright.database)))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})
afterAll(() => test.close())

/** Gives the command in this process; what it prints, and its status. */
async function account(args: string[], typed = '') {
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))))
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([typed]) as typeof process.stdin)
  const data = ['--data', test.clipwright.dataFolder]
  const status = await runCommandLine(['node', 'clipwright', 'account', ...args, ...data])
  vi.restoreAllMocks()
  return { status, out, err }
}
const passwordIn = (out: string) => /Password, shown this once: (\S+)/.exec(out)?.[1] ?? ''

it('makes the owner and others, changes, resets and removes them', async () => {
  expect((await account([])).out).toContain('There are no accounts')
  expect(await account(['add', 'eve@example.com', '--role', 'viewer'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('OWNER_NEEDED'),
  })
  const owner = await account(['add', 'Ana@example.com', '--name', 'Ana'])
  expect(owner.out).toContain('ana@example.com may sign in as owner.')
  const ana = await signIn(test.app, { email: 'ana@example.com', password: passwordIn(owner.out) })
  expect((await ana.ask({ url: '/api/v1/accounts' })).statusCode).toBe(200)

  const added = await account(['add', 'ben@example.com', '--password-stdin', '--json'], 'oven-door-crumb-88\n')
  expect(JSON.parse(added.out)).toMatchObject({ account: { email: 'ben@example.com', role: 'viewer' } })
  expect(added.out).not.toContain('password')
  const ben = await signIn(test.app, { email: 'ben@example.com', password: 'oven-door-crumb-88' })
  expect((await account(['role', 'ben@example.com', 'editor'])).out).toContain('ben@example.com is editor now.')
  expect((await ben.ask({ url: '/api/v1/accounts/me' })).json()).toMatchObject({ role: 'editor' })
  const { key } = await newKey(ben, { scope: 'read' })

  const reset = await account(['reset-password', 'ben@example.com'])
  expect((await ben.ask({ url: '/api/v1/accounts/me' })).statusCode).toBe(401)
  const again = await signIn(test.app, { email: 'ben@example.com', password: passwordIn(reset.out) })
  expect((await again.ask({ url: '/api/v1/accounts/me' })).statusCode).toBe(200)

  const { out } = await account(['list'])
  expect(out).toMatch(/^owner {3}ana@example\.com {2}Ana {2}last seen \d{4}-\d\d-\d\d$/m)
  expect((await account(['remove', 'ben@example.com'])).out).toContain('is removed')
  expect((await again.ask({ url: '/api/v1/accounts/me' })).statusCode).toBe(401)
  const withKey = await test.app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': key } })
  expect(withKey.statusCode).toBe(401)
})

it.each([
  ['LAST_OWNER', ['remove', 'ana@example.com']],
  ['LAST_OWNER', ['role', 'ana@example.com', 'viewer']],
  ['EMAIL_TAKEN', ['add', 'ANA@example.com']],
  ['ACCOUNT_NOT_FOUND', ['remove', 'nobody@example.com']],
  ['ACCOUNT_NOT_FOUND', ['reset-password', 'nobody@example.com']],
  ['WRONG_USAGE', ['role', 'ana@example.com', 'king']],
  ['WRONG_USAGE', ['add', 'аna@example.com']], // the first letter is Cyrillic
  ['WRONG_USAGE', ['add', 'cem@example.com', '--role', 'king', '--name', 'x\ny']],
  ['WRONG_USAGE', ['add']],
  ['PASSWORD_TOO_WEAK', ['add', 'cem@example.com', '--password-stdin']],
])('says %s of %j, and changes nothing', async (code, args) => {
  const before = await account(['list'])
  const refused = await account(args, 'password123\n')
  expect(refused).toMatchObject({ status: 2, err: expect.stringContaining(code) })
  expect((await account(['list'])).out).toBe(before.out)
})
