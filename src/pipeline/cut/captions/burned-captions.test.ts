import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCaptions } from './build-captions.ts'
import { captionFonts } from './caption-fonts.ts'
import type { ClipWord } from './clip-word.ts'

const run = promisify(execFile)
const size = { width: 270, height: 480 }

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burned-captions-'))
  await mkdir(join(folder, 'fonts'))
  for (const { fileName, bytes } of captionFonts(['שלום'], 'extra-bold').facesFor(['שלום'])) {
    await writeFile(join(folder, 'fonts', fileName), bytes)
  }
  await writeFile(join(folder, 'no-fonts.conf'), '<?xml version="1.0"?><fontconfig></fontconfig>')
})
afterAll(() => rm(folder, { recursive: true }))

const words: ClipWord[] = ['nnn', 'nnn', 'nnn'].map((text, i) => ({ text, start: i, end: i + 0.9, speaker: null }))

interface Shot {
  ffmpeg: string
  ass: string | null
  /** Seconds. */
  at: number
  fontless?: boolean
  picture?: { width: number; height: number }
}

/** Brightness of each pixel of one frame, 0 to 255, over mid grey; and what ffmpeg said. */
async function shoot({
  ffmpeg,
  ass,
  at,
  fontless = false,
  picture = size,
}: Shot): Promise<{ pixels: Buffer; log: string }> {
  const burn = ass === null ? '' : `,ass=captions.ass:fontsdir=fonts`
  if (ass !== null) await writeFile(join(folder, 'captions.ass'), ass)
  const source = `color=c=gray:s=${picture.width}x${picture.height}:r=25`
  const filter = `setpts=PTS+${at}/TB${burn},format=gray`
  const { stdout, stderr } = await run(
    ffmpeg,
    ['-hide_banner', '-f', 'lavfi', '-i', source, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'],
    {
      cwd: folder,
      encoding: 'buffer',
      maxBuffer: 2 ** 26,
      env: { ...process.env, ...(fontless ? { FONTCONFIG_FILE: join(folder, 'no-fonts.conf') } : {}) },
    },
  )
  return { pixels: stdout, log: stderr.toString() }
}

/** How far pixels differ on average inside a box given in shares of the picture. */
function difference(a: Buffer, b: Buffer, box: { x: [number, number]; y: [number, number] }, picture = size): number {
  const [sides, levels] = [
    box.x.map((x) => Math.round(x * picture.width)),
    box.y.map((y) => Math.round(y * picture.height)),
  ]
  let [sum, count] = [0, 0]
  for (let y = levels[0] ?? 0; y < (levels[1] ?? 0); y += 1) {
    for (let x = sides[0] ?? 0; x < (sides[1] ?? 0); x += 1) {
      sum += Math.abs((a[y * picture.width + x] ?? 0) - (b[y * picture.width + x] ?? 0))
      count += 1
    }
  }
  return sum / count
}

const builds = [
  { name: 'the ffmpeg of the system', ffmpeg: 'ffmpeg' },
  { name: 'the ffmpeg of npm', ffmpeg: npmFfmpeg() },
]

function npmFfmpeg(): string {
  try {
    const installer: { path: string } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    return installer.path
  } catch {
    return 'no-ffmpeg-from-npm'
  }
}

for (const { name, ffmpeg } of builds) {
  const filters = await run(ffmpeg, ['-hide_banner', '-filters']).catch(() => ({ stdout: '' }))

  describe.skipIf(!/ ass /.test(filters.stdout))(name, () => {
    const { ass } = buildCaptions({ words, size, style: 'pop' })

    test.each([false, true])(
      'burns text between 64 and 76 % of the height, nowhere else (without system fonts: %s)',
      async (fontless) => {
        const [plain, burned] = [
          await shoot({ ffmpeg, ass: null, at: 0.5 }),
          await shoot({ ffmpeg, ass, at: 0.5, fontless }),
        ]
        expect(burned.log).toMatch(/fontselect: \(Montserrat ExtraBold, 400, 0\) -> (\S*Montserrat\S*)/)
        expect(difference(plain.pixels, burned.pixels, { x: [0.12, 0.88], y: [0.64, 0.76] })).toBeGreaterThan(15)
        expect(difference(plain.pixels, burned.pixels, { x: [0, 1], y: [0, 0.64] })).toBe(0)
        expect(difference(plain.pixels, burned.pixels, { x: [0, 1], y: [0.78, 1] })).toBe(0)
        expect(difference(plain.pixels, burned.pixels, { x: [0.9, 1], y: [0, 1] })).toBe(0)
      },
    )

    test('shows nothing once the words are over', async () => {
      const [plain, burned] = [await shoot({ ffmpeg, ass: null, at: 5 }), await shoot({ ffmpeg, ass, at: 5 })]
      expect(difference(plain.pixels, burned.pixels, { x: [0, 1], y: [0, 1] })).toBe(0)
    })

    test('keeps a word where it is while its neighbours grow', async () => {
      const picture = { width: 960, height: 540 }
      const line = buildCaptions({ words, size: picture, style: 'pop' }).ass
      const at = (seconds: number) => shoot({ ffmpeg, ass: line, at: seconds, picture })
      const [first, second, third, growing] = [await at(0.9), await at(1.9), await at(2.6), await at(2.04)]
      const middle = { x: [0.47, 0.53], y: [0.7, 0.95] } satisfies Parameters<typeof difference>[2]
      const shifted = Buffer.concat([Buffer.alloc(1), first.pixels.subarray(0, -1)])
      const onePixel = difference(first.pixels, shifted, middle, picture)
      expect(onePixel).toBeGreaterThan(2)
      expect(difference(first.pixels, third.pixels, middle, picture)).toBeLessThan(onePixel / 4)
      expect(difference(first.pixels, growing.pixels, middle, picture)).toBeLessThan(onePixel / 4)
      expect(difference(first.pixels, second.pixels, middle, picture)).toBeGreaterThan(3)
    })

    test('shrinks a long word into the line', async () => {
      const long = buildCaptions({
        words: [{ text: 'W'.repeat(60), start: 0, end: 9, speaker: null }],
        size,
        style: 'pop',
      }).ass
      const [plain, burned] = [await shoot({ ffmpeg, ass: null, at: 0.5 }), await shoot({ ffmpeg, ass: long, at: 0.5 })]
      expect(difference(plain.pixels, burned.pixels, { x: [0.12, 0.88], y: [0.6, 0.78] })).toBeGreaterThan(5)
      for (const x of [
        [0, 0.09],
        [0.91, 1],
      ] satisfies [number, number][]) {
        expect(difference(plain.pixels, burned.pixels, { x, y: [0, 1] })).toBe(0)
      }
    })
  })
}

const system = await run('ffmpeg', ['-hide_banner', '-filters']).catch(() => ({ stdout: '' }))

test.skipIf(!/ ass /.test(system.stdout))(
  'right-to-left words look as libass draws the whole line without tags',
  async () => {
    const picture = { width: 960, height: 540 }
    const text = 'אז (באמת) 25 ב-React טוב!'
    const its = text.split(' ').map((word, i) => ({ text: word, start: i * 0.3, end: i * 0.3 + 0.3, speaker: null }))
    // All in one font, so that what libass does with the whole line can be compared.
    const ours = (buildCaptions({ words: its, size: picture, style: 'pop' }).ass ?? '')
      .replaceAll('Montserrat ExtraBold', 'Noto Sans Hebrew ExtraBold')
      .replaceAll(/\\fs\d[\d.]*/g, '\\fs60')
      .replace(/(Style: pop,[^,]+),[\d.]+/, '$1,60')
    const lines = ours.split('\n').filter((line) => line.startsWith('Dialogue') && line.includes('0:00:00.00'))
    expect(lines).toHaveLength(1)
    const unlit = ours.replaceAll('\\1c&H1FD4FF&', '')
    const place = /\{\\an5[^}]*\}/.exec(lines[0] ?? '')?.[0] ?? ''
    // Encoding -1: libass finds the direction itself.
    const whole = ours
      .replace(/,1\n\n\[Events\]/, ',-1\n\n[Events]')
      .replace(/Dialogue:[\s\S]*/, `Dialogue: 0,0:00:00.00,0:00:09.00,pop,,0,0,0,,${place}${text}\n`)
    const shot = async (ass: string) => (await shoot({ ffmpeg: 'ffmpeg', ass, at: 0.2, picture })).pixels
    const box = { x: [0, 1], y: [0.7, 1] } satisfies Parameters<typeof difference>[2]
    const [a, b, empty] = [
      await shot(unlit),
      await shot(whole),
      (await shoot({ ffmpeg: 'ffmpeg', ass: null, at: 0.5, picture })).pixels,
    ]
    expect(difference(b, empty, box, picture)).toBeGreaterThan(5)
    expect(difference(a, b, box, picture)).toBeLessThan(0.1 * difference(b, empty, box, picture))
  },
)
