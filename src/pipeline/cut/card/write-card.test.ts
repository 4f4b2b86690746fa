import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'ass-compiler'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aspects, frameSizes } from '../../../domain/clip.ts'
import { captionFont } from '../captions/caption-font.ts'
import { captionLook } from '../captions/caption-look.ts'
import { writeCard } from './write-card.ts'

const run = promisify(execFile)
const font = captionFont()
const content = {
  title: 'Episode 214: How a mug sells',
  show: 'The Potter’s Hour',
  hasCover: false,
  frameRate: 25,
  font,
}

const textsOf = (ass: string) =>
  parse(ass).events.dialogue.map(({ Style, Text }) => [Style, Text.raw.replace(/^\{[^}]*\}/, '')])
const placesOf = (ass: string) =>
  [...ass.matchAll(/\\pos\(([\d.]+),([\d.]+)\)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))

describe.each(aspects)('%s', (aspect) => {
  const size = frameSizes[aspect]
  const top = captionLook(size).centre.y - 1.6 * captionLook(size).fontSize

  test.each([true, false])('keeps title, show and cover apart from the captions (cover: %s)', (hasCover) => {
    const { ass, coverBox } = writeCard({ ...content, size, hasCover })
    for (const { x, y } of placesOf(ass)) {
      expect(y).toBeLessThan(top)
      expect(y).toBeGreaterThan(0.05 * size.height)
      expect(x).toBeLessThan(size.width)
    }
    expect(coverBox === null).toBe(!hasCover)
    if (coverBox === null) return
    expect(coverBox.y + coverBox.height).toBeLessThan(top)
    expect(coverBox.x + coverBox.width).toBeLessThan(size.width)
    expect([coverBox.x, coverBox.y, coverBox.width, coverBox.height].every((n) => n > 0 && n % 2 === 0)).toBe(true)
    const texts = placesOf(ass)
    const beside = texts.every(({ x }) => x > coverBox.x + coverBox.width)
    const below = texts.every(({ y }) => y > coverBox.y + coverBox.height)
    expect(beside || below).toBe(true)
  })
})

test('leaves out the show when it is unknown, and emoji always', () => {
  const { ass } = writeCard({ ...content, title: '🔥 Hot {takes}\n🔥', show: null, size: frameSizes['9:16'] })
  expect(textsOf(ass).slice(1)).toEqual([['title', 'Hot \\{takes\\}']])
})

test('marks a right-to-left title', () => {
  const { ass } = writeCard({ ...content, title: 'YouTube שלום לכולם', show: null, size: frameSizes['16:9'] })
  expect(ass).toContain('}\u200fYouTube שלום לכולם\n')
})

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'card-'))
})
afterAll(() => rm(folder, { recursive: true }))

function npmFfmpeg(): string {
  try {
    const installer: { path: string } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    return installer.path
  } catch {
    return 'no-ffmpeg-from-npm'
  }
}

for (const ffmpeg of ['ffmpeg', npmFfmpeg()]) {
  const filters = await run(ffmpeg, ['-hide_banner', '-filters']).catch(() => ({ stdout: '' }))

  describe.skipIf(!/ ass /.test(filters.stdout))(ffmpeg, () => {
    const size = { width: 160, height: 284 }
    const card = writeCard({ ...content, title: 'A mug', size })

    async function render(filter: string): Promise<Buffer> {
      await writeFile(join(folder, 'card.ass'), card.ass)
      const arguments_ = [
        '-v',
        'error',
        '-filter_complex',
        filter,
        '-t',
        '0.4',
        '-pix_fmt',
        'gray',
        '-f',
        'rawvideo',
        '-',
      ]
      return (await run(ffmpeg, arguments_, { cwd: folder, encoding: 'buffer', maxBuffer: 2 ** 26 })).stdout
    }

    test('draws an endless still background, the same each time', async () => {
      const [once, again] = [await render(card.lavfiSource), await render(card.lavfiSource)]
      const frame = size.width * size.height
      expect(once.length).toBe(10 * frame)
      expect(once.equals(again)).toBe(true)
      expect(once.subarray(0, frame).equals(once.subarray(9 * frame))).toBe(true)
      const [glowing, dark] = [once[40 * size.width + 130] ?? 0, once[270 * size.width + 100] ?? 0]
      expect(glowing).toBeGreaterThan(dark + 20)
    })

    test('draws the title in white on it', async () => {
      const [plain, titled] = [
        await render(card.lavfiSource),
        await render(`${card.lavfiSource},ass=card.ass:fontsdir='${font.fontsDir}'`),
      ]
      expect(Math.max(...plain.subarray(0, size.width * size.height))).toBeLessThan(140)
      expect(Math.max(...titled.subarray(0, size.width * size.height))).toBeGreaterThan(225)
    })
  })
}
