import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'
import { asOwner, letIn, type Person, signIn } from '../../support/sign-in.ts'

// Pictures of the page, for people, where a folder is named.
const pictures = process.env['CLIPWRIGHT_TEST_PICTURES']

let test: TestApp
let browser: Browser
let context: BrowserContext
let page: Page
let address: string
let owner: Person
let complaints: string[] = []

beforeAll(async () => {
  if (!hasBrowser) return
  test = await appForTest()
  address = await test.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
})
beforeEach(() => {
  complaints = []
})
afterAll(async () => {
  await browser?.close()
  await test?.close()
})

it.skipIf(!hasBrowser)('says how to make the first account, before there is one', async () => {
  await visit('')
  await page.getByText('There is no account yet').waitFor()
  await page.getByRole('link', { name: 'Make the owner' }).click()
  await page.getByRole('heading', { name: 'The first account' }).waitFor()
  expect(complaints).toEqual([])
  owner = await asOwner(test.app)
})

it.skipIf(!hasBrowser)('leads strangers to the door, and back', async () => {
  await visit('')
  await page.waitForURL(/\/sign-in\?then=%2Faccount$/)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.keyboard.press('Enter')
  await page.getByText(`${owner.email}, owner`).waitFor()
})

it.skipIf(!hasBrowser)('changes name and password, and says what is wrong with either', async () => {
  const person = await letIn(test.app, { owner, role: 'editor' })
  const elsewhere = await signIn(test.app, person)
  await visit(person.cookie)
  await page.getByLabel('Your name').fill('Béa ‮gnimoc')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('must be one line of visible letters').waitFor()
  await page.getByLabel('Your name').fill('  <b>Béa</b> 🥐 ')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Your account' }).getByText('<b>Béa</b> 🥐', { exact: true }).waitFor()

  await page.getByLabel('Password now').fill('not-this-one')
  await page.getByLabel('New password').fill('flour-water-salt-9')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('The password is wrong. (PASSWORD_WRONG)').waitFor()
  await page.getByLabel('Password now').fill(person.password)
  await page.getByLabel('New password').fill('flour-water-salt-9')
  await page.keyboard.press('Enter')
  await page.getByText('The password is changed').waitFor()
  const asked = await elsewhere.ask({ method: 'GET', url: '/api/v1/accounts/me' })
  expect(asked.statusCode).toBe(401)
  expect(await page.getByLabel('Password now').inputValue()).toBe('')
  expect(complaints).toEqual([])
})

it.skipIf(!hasBrowser)('shows where somebody is signed in, and ends it there', async () => {
  const person = await letIn(test.app, { owner, role: 'viewer' })
  const [second, third] = [await signIn(test.app, person), await signIn(test.app, person)]
  await visit(person.cookie)
  const sessions = page.locator('#sessions > li')
  await sessions.nth(2).waitFor()
  expect(await sessions.getByText('this one').count()).toBe(1)
  await picture('sessions')
  await sessions.getByRole('button', { name: 'Sign out' }).first().click()
  await sessions.nth(2).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  // Escape leaves everything as it is.
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await sessions.count()).toBe(2)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await sessions.nth(1).waitFor({ state: 'detached' })
  for (const ended of [second, third]) {
    expect((await ended.ask({ method: 'GET', url: '/api/v1/accounts/me' })).statusCode).toBe(401)
  }
  expect(complaints).toEqual([])
})

it.skipIf(!hasBrowser)('makes a key by keyboard alone, shows it once, and revokes it', async () => {
  const person = await letIn(test.app, { owner, role: 'editor' })
  await visit(person.cookie)
  await page.getByText('No keys yet.').waitFor()
  expect(await page.getByLabel('It may').locator('option:not([disabled])').allTextContents()).toHaveLength(2)
  await page.getByLabel('What it is for').focus()
  await page.keyboard.type('<img src=x onerror=alert(1)>')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const shown = page.locator('#new-key code')
  await shown.waitFor()
  await picture('new-key')
  const key = (await shown.textContent()) ?? ''
  expect(key).toMatch(/^cw_/)
  await page
    .locator('#keys')
    .getByText(`${key.slice(0, 8)}… · write · until `)
    .waitFor()
  const headers = { 'x-api-key': key }
  expect((await test.app.inject({ url: '/api/v1/accounts/me', headers })).json()).toMatchObject({ role: 'editor' })

  await page.getByRole('button', { name: 'I have it' }).click()
  await page.reload()
  await page.getByRole('button', { name: 'Revoke <img' }).click()
  expect(await page.content()).not.toContain(key)
  await picture('revoke')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('No keys yet.').waitFor()
  expect((await test.app.inject({ url: '/api/v1/accounts/me', headers })).statusCode).toBe(401)
  // Whoever came by keyboard is not thrown to the top of the page.
  await page.locator('#keys-head:focus').waitFor()
  expect(complaints).toEqual([])
})

it.skipIf(!hasBrowser)('lets owners let people in, change and remove them', async () => {
  await visit(owner.cookie)
  await page.getByLabel('Their name').fill('مرحبا Ben')
  await page.getByLabel('Their e-mail').fill(owner.email)
  await page.getByRole('button', { name: 'Let them in' }).click()
  await page.getByText('(EMAIL_TAKEN)').waitFor()
  await page.getByLabel('Their e-mail').fill('ben@example.com')
  await page.getByRole('button', { name: 'Let them in' }).click()
  const [, email = '', password = ''] = ((await page.locator('#new-person code').textContent()) ?? '').split('\n')
  const ben = await signIn(test.app, { email, password })
  await picture('people')

  await page.getByLabel('Role of مرحبا Ben').selectOption('editor')
  await page.getByText('مرحبا Ben is editor now.').waitFor()
  expect(await roleOf(ben)).toBe('editor')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('مرحبا Ben is viewer now.').waitFor()
  expect(await roleOf(ben)).toBe('viewer')

  await page.getByRole('button', { name: 'New password for مرحبا Ben' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Give a new password' }).click()
  await page.getByText('signs in with this from now on').waitFor()
  expect((await ben.ask({ method: 'GET', url: '/api/v1/accounts/me' })).statusCode).toBe(401)

  await page.getByRole('button', { name: 'Remove مرحبا Ben' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it as it is' }).click()
  await page.getByRole('button', { name: 'Remove مرحبا Ben' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('مرحبا Ben is removed.').waitFor()
  expect(await page.getByText('ben@example.com').count()).toBe(1) // in the secret that is still shown
  expect(complaints).toEqual([])
})

it.skipIf(!hasBrowser)('keeps the last owner, and says why', async () => {
  await visit(owner.cookie)
  const own = page.getByLabel('Role of Ana')
  await own.selectOption('viewer')
  await page.getByRole('dialog').getByRole('button', { name: 'Change my role' }).click()
  await page.getByText('(LAST_OWNER)').waitFor()
  expect(await own.inputValue()).toBe('owner')
  expect(await roleOf(owner)).toBe('owner')
})

it.skipIf(!hasBrowser)('offers viewers neither people nor what they may not do', async () => {
  const viewer = await letIn(test.app, { owner, role: 'viewer' })
  await visit(viewer.cookie)
  await page.getByText(`${viewer.email}, viewer`).waitFor()
  expect(await page.getByRole('heading', { name: 'People' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Library' }).click()
  await page.getByRole('link', { name: 'Your account' }).waitFor()
  expect(await page.getByRole('button', { name: 'Make clips' }).count()).toBe(0)
  expect(complaints).toEqual([])
})

it.skipIf(!hasBrowser)('fits a telephone, with targets for thumbs', async () => {
  await visit(owner.cookie, { width: 390, height: 844 })
  await page.locator('#people > li').first().waitFor()
  await picture('whole')
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  const small: string[] = []
  for (const target of await page.locator('nav a, main a.button, button, select, input').all()) {
    const box = await target.boundingBox()
    if (box !== null && (box.width < 44 || box.height < 44)) small.push(await target.innerText())
  }
  expect({ overflow, small }).toEqual({ overflow: 0, small: [] })
})

async function visit(cookie: string, viewport = { width: 1440, height: 900 }): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport })
  page = await context.newPage()
  page.setDefaultTimeout(300_000)
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|409|422|400)/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  if (cookie !== '') {
    const [name = '', value = ''] = cookie.split(/=(.*)/s)
    await context.addCookies([{ name, value, url: address }])
  }
  await page.goto(`${address}/account`)
}

async function roleOf(person: Person): Promise<unknown> {
  return (await person.ask({ method: 'GET', url: '/api/v1/accounts/me' })).json().role
}

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  const before = page.viewportSize() ?? { width: 1440, height: 900 }
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: join(pictures, `account-${name}-${width}.png`), fullPage: true })
  }
  await page.setViewportSize(before)
}
