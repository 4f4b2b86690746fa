import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../../support/browser.ts'
import { makeVideo, mediaFolder } from '../../../support/make-media.ts'

// A guard against what hangs, not a measure.
const patience = { timeout: 300_000 }

describe.skipIf(!hasBrowser)('uploads on the page', () => {
  let test: TestApp
  let browser: Browser
  let page: Page
  let server: string
  let path: string

  beforeAll(async () => {
    test = await appForTest({}, { environment: { MAX_FILE_SIZE: '40 MB' } })
    server = await test.app.listen({ host: '127.0.0.1', port: 0 })
    browser = await openBrowser()
    // Several pieces: a box that is let be (ISO/IEC 14496-12, 8.1.2) makes it long.
    const free = Buffer.alloc(13_000_000, 1)
    free.writeUInt32BE(free.length, 0)
    free.write('free', 4)
    path = join(mediaFolder(), 'A talk <b>.mp4')
    await writeFile(path, Buffer.concat([await readFile(await makeVideo({ seconds: 2 })), free]))
  })
  beforeEach(async () => {
    page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    await page.goto(server)
  })
  afterAll(async () => {
    await browser?.close()
    await test.close()
  })

  const says = (text: string) => page.locator('#uploads .facts', { hasText: text }).waitFor(patience)

  it('sends a file that is chosen, and says where it is', async () => {
    await page.setInputFiles('#upload-file', path)
    await says('sent; its clips are being made')
    expect(await page.locator('#uploads strong').innerText()).toBe('A talk <b>.mp4')
    const { items } = (await test.app.inject({ url: '/api/v1/uploads' })).json()
    expect(items[0]).toMatchObject({ status: 'begun', title: 'A talk <b>' })
  })

  it('pauses, and goes on where it was, also on a page opened anew', async () => {
    let pieces = 0
    // The first piece arrives; the second is held until it is paused.
    await page.route('**/api/v1/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && ++pieces > 1) return
      await route.continue()
    })
    await page.setInputFiles('#upload-file', path)
    await says('% sent')
    await expect.poll(() => pieces, patience).toBe(2)
    await page.locator('#uploads').getByRole('button', { name: 'Pause A talk' }).click()
    await says('paused')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    const before = (await test.app.inject({ url: '/api/v1/uploads' })).json().items[0]
    expect(before).toMatchObject({ status: 'receiving', offset: 4 * 1024 * 1024 })
    await page.reload()
    await page.setInputFiles('#upload-file', path)
    await says('sent; its clips are being made')
    const after = (await test.app.inject({ url: '/api/v1/uploads' })).json().items[0]
    expect(after).toMatchObject({ id: before.id, status: 'begun' })
  })

  it('says why a file is refused', async () => {
    const buffer = Buffer.from('<!doctype html><html></html>')
    await page.setInputFiles('#upload-file', { name: 'page.mp4', mimeType: 'video/mp4', buffer })
    await says('page.mp4 is a web page, not a recording.')
  })

  it('says that a file is too large before it sends any of it', async () => {
    await page.route('**/api/v1/uploads', (route) => route.abort())
    const large = join(mediaFolder(), 'large.mp4')
    await writeFile(large, Buffer.alloc(41_000_000))
    await page.setInputFiles('#upload-file', large)
    await says('An upload may have 40.0 MB at most.')
  })

  it('takes back what is cancelled', async () => {
    await page.route('**/api/v1/uploads/*', (route) =>
      route.request().method() === 'PATCH' ? undefined : route.continue(),
    )
    await page.setInputFiles('#upload-file', path)
    await says('% sent')
    await page.locator('#uploads').getByRole('button', { name: 'Cancel A talk' }).click()
    const receiving = async () =>
      ((await test.app.inject({ url: '/api/v1/uploads' })).json().items as { status: string }[]).filter(
        ({ status }) => status === 'receiving',
      )
    await expect.poll(receiving, patience).toEqual([])
    expect(await page.locator('#uploads li').count()).toBe(0)
  })
})
