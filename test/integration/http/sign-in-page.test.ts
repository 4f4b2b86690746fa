import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'
import { storedSamples } from '../../support/stored-samples.ts'

// Pictures of the pages, for people, where a folder is named.
const pictures = process.env['CLIPWRIGHT_TEST_PICTURES']

let test: TestApp
let browser: Browser
let page: Page
let address: string
const complaints: string[] = []

beforeAll(async () => {
  if (!hasBrowser) return
  test = await appForTest()
  await storedSamples(test.clipwright.database).newRecording()
  address = await test.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
  page = await browser.newPage()
  page.setDefaultTimeout(300_000)
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
})
afterAll(async () => {
  await browser?.close()
  await test?.close()
})

it.skipIf(!hasBrowser)(
  'makes the owner, shows the library, signs out and in again, within its content policy',
  async () => {
    await page.goto(address)
    await page.getByRole('heading', { name: 'talk', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Make an account' }).click()
    await page.getByRole('heading', { name: 'The first account' }).waitFor()
    await picture('first-account')
    await page.getByLabel('Your name').fill('Ana')
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByLabel('Password', { exact: true }).fill('password123')
    await page.getByRole('button', { name: 'Make the owner' }).click()
    await page.getByText('one of the first that are tried').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('rye-and-salt-0417')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'talk', exact: true }).waitFor()
    await picture('signed-in')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto(`${address}/api/docs`)
    await page.waitForURL(/\/sign-in\?then=/)
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByLabel('Password', { exact: true }).fill('wrong-wrong-1')
    await page.keyboard.press('Enter')
    await page.getByText('E-mail or password is wrong.').waitFor()
    await picture('wrong-password')
    await page.getByLabel('Password', { exact: true }).fill('rye-and-salt-0417')
    await page.keyboard.press('Enter')
    await page.getByText('Begin a session').waitFor()
    expect(new URL(page.url()).pathname).toBe('/api/docs')
    expect(complaints).toEqual([])
  },
)

it.skipIf(!hasBrowser)('goes to no other server afterwards', async () => {
  for (const then of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    await page.goto(`${address}/sign-in?then=${encodeURIComponent(then)}`)
    await page.getByRole('heading', { name: 'talk', exact: true }).waitFor()
    expect(new URL(page.url()).origin).toBe(address)
  }
})

/** Chromium notes every answer that is a refusal, and that the stream of a session ends with it. */
function isRefusal(text: string): boolean {
  return /Failed to load resource: .*(status of (401|409|422|429)|ERR_INCOMPLETE_CHUNKED_ENCODING)/.test(text)
}

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) })
    }
  }
}
