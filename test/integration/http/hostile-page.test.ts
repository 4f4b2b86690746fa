import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../src/domain/app-error.ts'
import type { Worker } from '../../../src/pipeline/workers/start-worker.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { storeClip } from '../../support/stored-clip.ts'
import { aHash, segment, storedSamples } from '../../support/stored-samples.ts'

const patience = { timeout: 300_000 }

/** Markup that sets `hacked` where it is taken for markup; the name tells where it came in. */
const evil = (where: string) =>
  `${where}<img src=x onerror="window.hacked='${where}'"><script>window.hacked='${where}'</script>"'><svg onload=window.hacked='${where}'>`

class Evil extends AppError {
  readonly code = 'EVIL'
  constructor() {
    super(evil('message'), { hint: evil('hint'), evidence: { command: evil('command'), output: evil('output') } })
  }
}

let test: TestApp
let worker: Worker
let recordingId: string
let address: string
beforeAll(async () => {
  test = await appForTest({
    ingest: () => {
      throw new Evil()
    },
  })
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  address = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`
  const db = test.clipwright.database.kysely
  const clip = await storeClip(test.clipwright, {
    title: evil('clip'),
    text: evil('text'),
    reasons: [{ feature: evil('feature'), text: evil('reason'), weight: 1 }],
  })
  recordingId = clip.recordingId
  await sql`update recordings set title = ${evil('recording')} where id = ${recordingId}`.execute(db)
  await storedSamples(test.clipwright.database).newTranscript(recordingId, aHash(), [
    { ...segment(0, 0, 4), text: evil('said'), speaker: evil('speaker') },
  ])
  worker = await test.clipwright.startWorker()
  const { runId } = await test.clipwright.beginRun(
    someRunSettings({ title: evil('file'), path: `/${evil('path').replaceAll('/', '_')}.mp4` }),
  )
  await test.clipwright.ended(runId)
}, patience.timeout)
afterAll(async () => {
  await worker?.stop()
  await test.close()
})

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it.each(['/', '/dashboard'])('markup from outside is text on %s', patience, async (path) => {
    const page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    // With the policy off the page itself has to be right.
    await page.route('**/*', async (route) => {
      const response = await route.fetch().catch(() => null)
      if (response === null) return
      const { 'content-security-policy': _, ...headers } = response.headers()
      await route.fulfill({ response, headers })
    })
    await page.goto(address + path, { waitUntil: 'domcontentloaded' })
    const shown = path === '/' ? ['recording', 'clip', 'file', 'message'] : ['message']
    await vi.waitFor(async () => {
      const text = await page.locator('body').innerText()
      for (const where of shown) expect(text).toContain(`${where}<img src=x onerror=`)
    }, patience)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('img[src="x"], svg[onload]').count()).toBe(0)
    await page.close()
  })

  it('files with markup in them are not pages', patience, async () => {
    const page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    for (const format of ['txt', 'srt', 'vtt', 'json']) {
      const download = page.waitForEvent('download', { timeout: 1000 }).catch(() => null)
      await page.goto(`${address}/api/v1/recordings/${recordingId}/transcript.${format}`).catch(() => null)
      await download
      expect([format, await page.evaluate('window.hacked')]).toEqual([format, undefined])
    }
    await page.goto(`${address}/api/v1/recordings/%3Cscript%3Ewindow.hacked=1%3C%2fscript%3E`).catch(() => null)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    await page.close()
  })
})

it('answers with markup in them say what they are, and are not guessed at', async () => {
  const urls = [
    '/api/v1/recordings',
    `/api/v1/recordings/${recordingId}/clips`,
    `/api/v1/recordings/${recordingId}/transcript`,
    ...['txt', 'srt', 'vtt', 'json'].map((format) => `/api/v1/recordings/${recordingId}/transcript.${format}`),
    '/api/v1/runs',
    '/api/v1/events',
    '/api/v1/nothing%3Cscript%3E',
    `/api/v1/recordings?limit=%3Cscript%3E`,
  ]
  for (const url of urls) {
    const { headers } = await test.app.inject({ url })
    expect([url, headers['x-content-type-options']]).toEqual([url, 'nosniff'])
    expect([url, String(headers['content-type'])]).toEqual([url, expect.not.stringMatching(/html|svg|xml/)])
  }
})
