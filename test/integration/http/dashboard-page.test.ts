import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertWorker } from '../../../src/library/workers.store.ts'
import { thisProcess } from '../../../src/observability/this-process.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { lastingWorker } from '../../support/lasting-worker.ts'

describe.skipIf(!hasBrowser)('the dashboard in a browser', () => {
  let test: TestApp
  let browser: Browser
  let address: string
  beforeAll(async () => {
    test = await appForTest()
    address = await test.app.listen({ host: '127.0.0.1', port: 0 })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await test.close()
  })

  interface Look {
    width: number
    colorScheme: 'light' | 'dark'
  }
  const looks: Look[] = [
    { width: 1440, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ]

  async function open({ width, colorScheme }: Look): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    page.setDefaultTimeout(120_000)
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    // Also what the content policy refuses.
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.goto(`${address}/dashboard`)
    await page.getByText(/^as of /).waitFor()
    return { page, problems }
  }

  /** Kept for a person to look at, where a folder for it is named. */
  async function keep(page: Page, name: string): Promise<void> {
    const folder = process.env['CLIPWRIGHT_LOOKS']
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `dashboard-${name}.png`), fullPage: true })
  }

  it.each(looks)('an empty library, %o', async (look) => {
    const { page, problems } = await open(look)
    await page.getByText('Nobody works.').waitFor()
    expect(await page.locator('#errors').isHidden()).toBe(true)
    expect(await page.locator('#now').textContent()).toContain('Under way0')
    expect(await page.locator('.chart').count()).toBe(12)
    expect(await widerThanWindow(page)).toBe(false)
    await keep(page, `empty-${look.width}-${look.colorScheme}`)
    expect(problems).toEqual([])
    await page.close()
  })

  describe('with work, errors and a dead worker', () => {
    beforeAll(fill)

    it.each([...looks, { width: 1440, colorScheme: 'dark' as const }, { width: 390, colorScheme: 'light' as const }])(
      '%o',
      async (look) => {
        const { page, problems } = await open(look)
        await page.locator('#errors-table').getByText('FEED_GONE').waitFor()
        const attention = await page.locator('#attention').textContent()
        expect(attention).toContain('1 worker died')
        expect(attention).toContain('reframe is paused')
        const worker = page.locator('#workers-table tr', { hasText: 'dead' })
        expect(await worker.count()).toBe(1)
        // Markup in what a tool said stays text.
        expect(await page.locator('#errors-table b').count()).toBe(0)
        expect(await page.locator('#errors-table').textContent()).toContain('<b>404</b>')
        const align = await page.evaluate(
          "getComputedStyle(document.querySelector('#steps-table tbody .number')).textAlign",
        )
        expect(align).toBe('right')
        expect(await widerThanWindow(page)).toBe(false)
        await keep(page, `busy-${look.width}-${look.colorScheme}`)
        expect(problems).toEqual([])
        await page.close()
      },
    )

    it('charts can be read without seeing them', async () => {
      const { page } = await open({ width: 1440, colorScheme: 'light' })
      const queue = page.getByRole('img', { name: 'Steps waiting' })
      await expect.poll(() => queue.locator('desc').textContent()).toMatch(/ingest: now [\d.,]+, at most [\d.,]+/)
      const box = page.locator('.chart[data-id="queue"]')
      await box.getByText('As a table').click()
      await expect.poll(() => box.locator('tbody tr').count()).toBeGreaterThan(10)
      await page.locator('#hours').selectOption('1')
      await expect.poll(() => page.locator('.chart[data-id="queue"] tbody tr').count()).toBeGreaterThan(10)
      await page.close()
    })

    it('says when the server does not answer, and goes on by itself', async () => {
      const { page } = await open({ width: 1440, colorScheme: 'light' })
      await page.route('**/api/v1/dashboard*', (route) => route.abort())
      await page.getByText('The server does not answer.').waitFor()
      await page.unroute('**/api/v1/dashboard*')
      await page.getByText('The server does not answer.').waitFor({ state: 'hidden' })
      await page.close()
    })
  })

  async function fill(): Promise<void> {
    const db = test.clipwright.database.kysely
    const worker = await test.clipwright.startWorker()
    for (let i = 0; i < 4; i++) {
      const { runId } = await test.clipwright.beginRun(someRunSettings())
      await test.clipwright.ended(runId)
    }
    await worker.stop()
    await sql`update runs set created_at = now() - interval '9 minutes'`.execute(db)
    await sql`update steps set started_at = finished_at - make_interval(secs => subject * 14 + 2.5)`.execute(db)
    await sql`
      insert into failed_attempts (step_id, job_id, attempt, error)
      select id, job_id, 1, '{"code":"FEED_GONE","message":"The feed answered <b>404</b>, and it will not come back, however often it is asked for."}' from steps where kind = 'ingest'`.execute(
      db,
    )
    await sql`
      update steps set status = 'failed', error = '{"code":"FEED_GONE","message":"gone","retry":"never"}' where kind = 'cut' and subject = 3`.execute(
      db,
    )
    for (let i = 0; i < 3; i++) await test.clipwright.beginRun(someRunSettings())
    await sql`insert into paused_kinds (kind, created_by) values ('reframe', 'test')`.execute(db)
    const of = { kinds: ['cut' as const], limits: { cut: 1 }, onlyRun: null, memoryBytes: 213e6, restarts: 1 }
    await lastingWorker(db, of)
    const dead = await insertWorker(db, { ...of, identity: { ...thisProcess(), host: 'render-box-2', pid: 4711 } })
    await sql`update workers set beat_at = now() - interval '7 minutes' where id = ${dead}`.execute(db)
    // A day with a server that was off for some hours.
    await sql`
      insert into metric_samples (minute, figures)
      select date_trunc('minute', now()) - make_interval(mins => n), jsonb_build_object(
        'queued.ingest', round(abs(8 * sin(n / 90.0))), 'queued.cut', round(abs(21 * sin(n / 60.0))), 'queued.transcribe', n % 4,
        'recordings.perHour', 6 + n % 3, 'clips.perHour', 20 + n % 7, 'stage.transcribed', 140 + n % 60, 'stage.moments found', 200 + n % 80,
        'stage.clips ready', 520 + n % 200, 'working', 2 + n % 2, 'failed', n / 400, 'cpu.machine', 0.4 + 0.3 * sin(n / 40.0),
        'memory.server', 2e8, 'memory.workers', 4e8 + n * 1e5, 'memory.free', 3e9, 'loopDelay.p99', 12 + n % 9,
        'connections.used', 2 + n % 3, 'connections.server', 14, 'connections.waiting', 0, 'requests.perMinute', 40 + n % 20, 'requests.p95', 9,
        'steps.reused', 0.2, 'requests.notModified', 0.5, 'storage.renderings', 4e9 - n * 1e6, 'storage.database', 3e8, 'storage.other', 1e9, 'disk.free', 4e10)
      from generate_series(1, 1440) n where n not between 500 and 640
      on conflict do nothing`.execute(db)
    // The tests before have warmed it.
    for (let seen = 0; seen < 2; ) {
      seen = (await test.app.inject({ url: '/api/v1/dashboard' })).json().workers.length
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
})

async function widerThanWindow(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth')
}
