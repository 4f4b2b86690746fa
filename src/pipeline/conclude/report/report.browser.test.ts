import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sampleFailedMoment, sampleMomentsInput } from '../../../../test/support/sample-moments-document.ts'
import { writeMomentsDocument } from '../write-moments-document.ts'
import { writeReport } from './write-report.ts'

const executablePath = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

const attack = `</script></style><img src=x onerror="globalThis.harmed=1"><svg onload=globalThis.harmed=1>"'`
const hostileFile = `it's "1" #2 ?3 %41 🎙️\n&<b>.mp4`

describe.skipIf(executablePath === undefined)('report.html in Chromium', () => {
  let folder: string
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  let requests: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipwright-report-'))
    await writeTinyVideo(join(folder, 'clip-1.mp4'))
    for (const name of ['clip-2.mp4', hostileFile]) await copyFile(join(folder, 'clip-1.mp4'), join(folder, name))
    await writeFile(join(folder, 'report.html'), hostileReport())
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...(executablePath === undefined ? {} : { executablePath }),
      headless: true,
      timeout: 300_000,
      reducedMotion: 'reduce',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--mute-audio',
      ],
    })
  })

  afterAll(async () => {
    await context?.close()
    await rm(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    page = await context.newPage()
    complaints = []
    requests = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(join(folder, 'report.html')).href)
    return () => page.close()
  })

  test('asks nothing of the network, complains about nothing, and lets no injected markup act', async () => {
    await page.waitForLoadState('load')
    expect(requests.filter((url) => !url.startsWith('file://') && !url.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
    expect(await page.evaluate('globalThis.harmed')).toBeUndefined()
    expect(await page.locator('img, main script, main svg[onload]').count()).toBe(0)
    expect(await page.locator('h3').first().textContent()).toBe(attack)
  })

  test('an injected handler would be refused by the policy', async () => {
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.harmed=1">')`)
    await eventually(() => complaints.join()).toMatch(/Content Security Policy/)
    expect(await page.evaluate('globalThis.harmed')).toBeUndefined()
  })

  test.each([390, 700, 1440])('does not scroll sideways at %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  // Chromium on a busy machine without sound drops a `play()` now and then; three in a row would be ours.
  test('j and k move between clips, space plays, one at a time', { retry: 2 }, async () => {
    await page.reload()
    const currentClip = () => page.evaluate('document.activeElement?.id')
    const playing = () =>
      page.evaluate(`Array.from(document.querySelectorAll('video')).flatMap((v, i) => v.paused ? [] : [i + 1])`)
    await page.keyboard.press('j')
    expect(await currentClip()).toBe('clip-1')
    await page.keyboard.press(' ')
    await eventually(playing).toEqual([1])
    await page.keyboard.press('j')
    expect(await currentClip()).toBe('clip-2')
    await page.keyboard.press(' ')
    await eventually(playing).toEqual([2])
    await page.keyboard.press(' ')
    await eventually(playing).toEqual([])
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    expect(await currentClip()).toBe('clip-1')
  })

  test('a file with a hostile name plays', async () => {
    await page.evaluate(`document.querySelector('#clip-3 video').play()`)
    await eventually(() => page.evaluate(`document.querySelector('#clip-3 video').currentTime > 0`)).toBe(true)
    expect(complaints).toEqual([])
  })

  test('a click on the curve goes to the card, and the readout tells what it is', async () => {
    await page.locator('#span-2').focus()
    expect(await page.locator('#readout').textContent()).toContain('2 · Ask one question')
    await page.locator('#span-2 .pin').click()
    expect(await page.evaluate('document.activeElement?.id')).toBe('clip-2')
    expect(await page.locator('#clip-2').evaluate((card) => card.classList.contains('is-current'))).toBe(true)
  })

  test('a line of the excerpt plays from there', async () => {
    await page.locator('#clip-2 [data-seek]').click()
    await eventually(() => page.evaluate(`document.querySelector('#clip-2 video').currentTime >= 1`)).toBe(true)
  })

  test('light and dark follow the system, until the person chooses', async () => {
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'light' })
    const light = await paper()
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await paper()
    expect(dark).not.toBe(light)
    await page.locator('#theme').click()
    expect(await paper()).toBe(light)
  })

  test.each(['light', 'dark'] as const)('text stands out from its ground in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    expect(await page.evaluate(faintTexts)).toEqual([])
  })

  function hostileReport(): string {
    const input = sampleMomentsInput(4)
    const [first, second, third] = input.moments
    if (first === undefined || second === undefined || third?.clip.status !== 'done') throw new Error('sample changed')
    first.moment = {
      ...first.moment,
      title: attack,
      text: attack,
      reasons: [{ feature: 'x', text: attack, weight: 1 }],
    }
    third.clip = { ...third.clip, file: hostileFile }
    input.moments = [first, second, third, sampleFailedMoment(3)].map(({ moment, clip }) => ({
      moment,
      // The pictures are not what is tested; a missing one would be a complaint of its own.
      clip: clip.status === 'done' ? { ...clip, thumbnail: null } : clip,
    }))
    input.recording = { ...input.recording, name: attack, path: attack }
    input.transcript = { ...input.transcript, warnings: [attack], language: attack }
    const start = second.moment.start + 1
    return writeReport(writeMomentsDocument(input), {
      transcriptExcerpts: new Map([
        [1, [{ start: 843.2, speaker: attack, text: attack }]],
        [2, [{ start, speaker: null, text: 'Clap once.' }]],
      ]),
    })
  }
})

const eventually = <T>(look: () => T) => expect.poll(look)

/** Texts with a contrast below WCAG's 4.5 to 1 against the nearest opaque ground, as an expression for the page. */
const faintTexts = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor)
      if (color.length === 3 || color[3] === 1) return color
    }
    return [255, 255, 255]
  }
  return Array.from(document.querySelectorAll('body *')).flatMap((element) => {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!own || !element.checkVisibility() || element.closest('.unseen, .skip, script, style')) return []
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    return ratio < 4.5 ? [element.className + ' ' + ratio.toFixed(2)] : []
  })
})()`

/** A minute of H.264 without sound: none ends by itself while a busy machine looks at it. */
async function writeTinyVideo(path: string) {
  const input = ['-f', 'lavfi', '-i', 'testsrc=size=90x160:rate=5:duration=60']
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...input, '-pix_fmt', 'yuv420p', '-y', path])
}
