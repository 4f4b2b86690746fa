import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadSettings } from '../../../src/config/load-settings.ts'
import { AppError } from '../../../src/domain/app-error.ts'
import type { StepKind } from '../../../src/domain/run.ts'
import type { App } from '../../../src/http/app.ts'
import { buildApp } from '../../../src/http/build-app.ts'
import { createLogger } from '../../../src/observability/logger.ts'
import type { StepHandler } from '../../../src/pipeline/engine/step-context.ts'
import type { Worker } from '../../../src/pipeline/workers/start-worker.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'
import { composeForTest, idleHandlers, someRunSettings, type TestClipwright } from '../../support/compose-for-test.ts'
import { storedSamples } from '../../support/stored-samples.ts'

// A guard against what hangs, not a measure.
const patience = { timeout: 300_000 }

class Broken extends AppError {
  readonly code = 'BROKEN'
  constructor() {
    super('The filter is broken.', {
      hint: 'Buy another one.',
      evidence: { command: 'ffmpeg -i talk.mp4', exitCode: 187, durationSeconds: 1.5, output: 'no <b>such</b> filter' },
    })
  }
}

class Mute extends AppError {
  readonly code = 'TRANSCRIPT_MISSING'
  constructor() {
    super('No transcript was found.', { hint: 'Give it one.' })
  }
}

let stages: Partial<Record<StepKind, StepHandler>> = {}
let clipwright: TestClipwright
let app: App
let browser: Browser
let context: BrowserContext
let page: Page
let worker: Worker | null = null
let complaints: string[]

const serve = async (port: number) => {
  app = await buildApp({
    settings: loadSettings({}),
    pipeline: clipwright,
    logger: createLogger('silent'),
    version: '0.0.0',
  })
  return app.listen({ host: '127.0.0.1', port })
}
let address: string

describe.skipIf(!hasBrowser)('the page in a browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    stages = {}
    const through = Object.entries(idleHandlers).map(([kind, idle]) => [
      kind,
      (given: Parameters<StepHandler>[0]) => (stages[kind as StepKind] ?? idle)(given),
    ])
    clipwright = await composeForTest(Object.fromEntries(through))
    address = await serve(0)
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(300_000)
    complaints = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text())
    })
  })
  afterEach(async () => {
    await context.close()
    await worker?.stop()
    worker = null
    await app.close()
    await clipwright.close()
    expect(complaints).toEqual([])
  })

  const begin = async (title = 'talk') => (await clipwright.beginRun(someRunSettings({ title }))).runId
  const work = async () => {
    worker = await clipwright.startWorker()
  }
  const open = async () => {
    await page.goto(address)
    await page.getByText('● live').waitFor(patience)
  }

  /** A stage that says how far it is, and waits until it is let go or stopped. */
  function gate(fraction = 0.4) {
    const opened = Promise.withResolvers<void>()
    const ended: string[] = []
    const stage: StepHandler = async (given) => {
      given.report({ fraction, message: 'weighing what is said' })
      try {
        await Promise.race([
          opened.promise,
          new Promise((_, reject) => given.signal.addEventListener('abort', () => reject(given.signal.reason))),
        ])
      } catch (error) {
        ended.push('stopped')
        throw error
      }
      await given.finish(async () => ({ momentCount: 3 }))
    }
    return { stage, open: () => opened.resolve(), ended }
  }

  it('shows an empty library, and what is under way without being loaded again', async () => {
    await open()
    await page.getByText('Nothing here yet. Drop a recording above, or name one.').waitFor(patience)
    const held = gate()
    stages = { detect: held.stage }
    const runId = await begin('A talk')
    await page.getByText('waiting: nobody works on ingest now').first().waitFor(patience)
    await work()
    const entry = page.locator('#runs > li')
    await entry.getByText('weighing what is said, 40 %').waitFor(patience)
    expect(await entry.locator('strong').textContent()).toBe('A talk')
    // Pending and working differ in words, sign and colour.
    expect(await entry.locator('.says').getAttribute('data-state')).toBe('working')
    expect(await entry.locator('.says .sign').first().textContent()).toBe('▶')
    held.open()
    await clipwright.ended(runId)
    await entry.waitFor({ state: 'detached', ...patience })
  })

  it('cancels, and takes it back', async () => {
    const held = gate()
    stages = { detect: held.stage }
    const runId = await begin('A talk')
    await work()
    await open()
    await page.getByText('weighing what is said').first().waitFor(patience)
    await page.getByRole('button', { name: 'Cancel A talk' }).click()
    await page.getByText('“A talk” is cancelled; what it had finished is kept.').waitFor(patience)
    await page.locator('#runs > li').waitFor({ state: 'detached', ...patience })
    await vi.waitFor(() => expect(held.ended).toEqual(['stopped']), patience)
    stages = {}
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('“A talk” goes on.').waitFor(patience)
    expect((await clipwright.ended(runId)).status).toBe('done')
  })

  it('keeps the focus on a button while what is beside it changes', async () => {
    const held = gate()
    stages = { detect: held.stage }
    await begin('A talk')
    await open()
    const cancel = page.getByRole('button', { name: 'Cancel A talk' })
    await cancel.focus()
    await work()
    await page.getByText('weighing what is said').first().waitFor(patience)
    expect(await page.evaluate(`document.activeElement?.getAttribute('aria-label')`)).toBe('Cancel A talk')
    held.open()
  })

  it('shows why something failed, with all evidence, and tries again', async () => {
    stages = {
      cut: async (given) => {
        if (given.step.subject === 2) throw new Broken()
        await given.finish(async () => ({}))
      },
    }
    const runId = await begin('A talk')
    await open()
    await work()
    const entry = page.locator('#failures > li')
    await entry.getByText('failed: the filter is broken (will not retry)').waitFor(patience)
    expect(await entry.locator('.step').textContent()).toBe('cut of clip 2')
    expect(await entry.locator('.hint').textContent()).toBe('Buy another one.')
    expect(await entry.locator('pre').isVisible()).toBe(false)
    await entry.getByText('What happened').click()
    expect(await entry.locator('pre').textContent()).toBe(
      'ffmpeg -i talk.mp4\n\nended with 187 after 1.5 s\n\nno <b>such</b> filter',
    )
    await clipwright.ended(runId)
    stages = {}
    await page.getByRole('button', { name: 'Try again cut of clip 2 of A talk' }).click()
    await entry.waitFor({ state: 'detached', ...patience })
    await vi.waitFor(
      async () => expect((await clipwright.stepsOf(runId)).every(({ status }) => status === 'done')).toBe(true),
      patience,
    )
  })

  it('does not call what waits for a person failed, and says what helps', async () => {
    stages = { transcribe: (given) => given.waitForTranscript({ error: new Mute(), way: 'none' }) }
    await begin('A talk')
    await work()
    await open()
    const entry = page.locator('#runs > li')
    await entry.locator('.says[data-state=waiting]').getByText('waiting for a transcript').waitFor(patience)
    await entry.getByText('What helps').click()
    await entry.getByText('No transcript was found. Give it one.').waitFor()
    expect(await page.locator('#failures > li').count()).toBe(0)
    expect(await entry.getByRole('progressbar').count()).toBe(0)
    expect(await entry.getByRole('button').allTextContents()).toEqual(['Cancel'])
  })

  it('says a refusal as a sentence with its code, and gives the button back', async () => {
    await open()
    await page.getByLabel('A recording on this machine, or a link').fill('/nowhere/talk.mp4')
    const button = page.getByRole('button', { name: 'Make clips' })
    await button.click()
    await page.getByRole('alert').getByText('(MEDIA_NOT_FOUND)').waitFor(patience)
    expect(await button.isEnabled()).toBe(true)
  })

  it('takes a link as well', async () => {
    await open()
    await page.getByLabel('A recording on this machine, or a link').fill(' https://example.org/episode-12.mp3 ')
    await page.getByLabel('What to look for').selectOption('its parts')
    await page.getByRole('button', { name: 'Make clips' }).click()
    await page.locator('#runs > li').getByText('episode-12').waitFor(patience)
    const { settings } = await clipwright.database.kysely
      .selectFrom('runs')
      .select('settings')
      .executeTakeFirstOrThrow()
    expect(settings).toMatchObject({ mode: 'chapters', link: { url: 'https://example.org/episode-12.mp3' } })
  })

  it('finds its way back after the server was away', async () => {
    const held = gate()
    stages = { detect: held.stage }
    const runId = await begin('A talk')
    await work()
    await open()
    await page.getByText('weighing what is said').first().waitFor(patience)
    const { port } = new URL(address)
    await app.close()
    await page.getByText('○ the server is away, trying again').waitFor(patience)
    held.open()
    await clipwright.ended(runId)
    await serve(Number(port))
    await page.getByText('● live').waitFor(patience)
    await page.locator('#runs > li').waitFor({ state: 'detached', ...patience })
  })

  it('asks every few seconds where there is no stream', async () => {
    await page.route('**/api/v1/events/stream', (route) => route.fulfill({ status: 503, body: '' }))
    const held = gate()
    const mute = await begin('A talk without words')
    stages = { transcribe: (given) => given.waitForTranscript({ error: new Mute(), way: 'none' }) }
    await work()
    expect((await clipwright.ended(mute)).status).toBe('needs-transcript')
    stages = { detect: held.stage }
    await page.goto(address)
    await page.getByText('◐ asking every few seconds').waitFor(patience)
    await begin('A talk')
    await page.getByText('weighing what is said').first().waitFor(patience)
    expect(await page.locator('#runs > li').count()).toBe(2)
    await page.unroute('**/api/v1/events/stream')
    await page.getByText('● live').waitFor(patience)
    held.open()
  })

  describe('with a large library', () => {
    const samples = () => storedSamples(clipwright.database)
    const hostile = '<img src=x onerror="globalThis.harmed=1">'

    it('shows page after page, finds by title, and no title does harm', async () => {
      const db = clipwright.database.kysely
      for (let i = 0; i < 45; i++) {
        const id = await samples().newRecording()
        await db
          .updateTable('recordings')
          .set({ title: `Talk ${i}` })
          .where('id', '=', id)
          .execute()
      }
      const odd = ['א'.repeat(40), `${'Donaudampfschiff'.repeat(60)}`, hostile]
      for (const title of odd) {
        const id = await samples().newRecording()
        await db.updateTable('recordings').set({ title }).where('id', '=', id).execute()
      }
      await open()
      const shown = page.locator('#recordings > article')
      await expect.poll(() => shown.count(), patience).toBe(20)
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await expect.poll(() => shown.count(), patience).toBe(40)
      expect(await page.evaluate(`document.activeElement?.closest('article')?.matches(':nth-child(21)')`)).toBe(true)
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await expect.poll(() => shown.count(), patience).toBe(48)
      expect(await page.getByRole('button', { name: 'More', exact: true }).isVisible()).toBe(false)
      const ids = await Promise.all((await shown.all()).map((node) => node.getAttribute('data-key')))
      expect(new Set(ids).size).toBe(48)
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow).toBe(0)
      }
      const hebrew = `[...document.querySelectorAll('h3')].find((node) => node.textContent.startsWith('א'))`
      expect(await page.evaluate(`getComputedStyle(${hebrew}).direction`)).toBe('rtl')
      await page.getByLabel('Find in titles').fill('onerror')
      await expect.poll(() => shown.count(), patience).toBe(1)
      expect(await shown.locator('h3').textContent()).toBe(hostile)
      expect(await page.evaluate(() => 'harmed' in globalThis)).toBe(false)
      await page.getByLabel('Find in titles').fill('nobody said that')
      await page.getByText('No title has “nobody said that” in it.').waitFor(patience)
    })
  })

  it('without JavaScript it says what it needs', async () => {
    const bare = await browser.newContext({ javaScriptEnabled: false })
    const plain = await bare.newPage()
    await plain.goto(address)
    expect(await plain.locator('noscript').textContent()).toContain('This page needs JavaScript')
    await bare.close()
  })

  it('has a name for everything that can be used, and colours that can be read', async () => {
    stages = { cut: () => Promise.reject(new Broken()) }
    await begin('A talk')
    await work()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await open()
      await page.locator('#failures > li').first().waitFor(patience)
      const nameless = await page.evaluate(namelessControls)
      expect(nameless).toEqual([])
      expect(await page.evaluate(poorContrasts)).toEqual([])
    }
  })
})

// These run in the page, whose names the types here do not know.

/** Controls that nobody who listens could tell apart. */
const namelessControls = `
  [...document.querySelectorAll('button, a, input, select, video')]
    .filter((node) => node.offsetParent !== null)
    .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length))
    .map((node) => node.outerHTML)`

/** Texts under 4.5:1 (WCAG 2.2, 1.4.3) against the colour behind them. */
const poorContrasts = `(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number)
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
  const behind = (node) => {
    if (node === null) return [255, 255, 255]
    const colour = parse(getComputedStyle(node).backgroundColor)
    return colour[3] === 0 ? behind(node.parentElement) : colour
  }
  return [...document.querySelectorAll('body *')]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== ''))
    .filter((node) => node.offsetParent !== null && !node.disabled)
    .flatMap((node) => {
      const [high, low] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a)
      const ratio = (high + 0.05) / (low + 0.05)
      return ratio < 4.5 ? [node.textContent.trim().slice(0, 40) + ': ' + ratio.toFixed(2)] : []
    })
})()`
