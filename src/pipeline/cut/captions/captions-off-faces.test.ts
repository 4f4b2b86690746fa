import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captionStyles } from '../../../domain/clip.ts'
import { buildCaptions } from './build-captions.ts'
import type { ClipWord } from './clip-word.ts'
import type { FaceBox } from './place-phrases.ts'
import { safeZone } from './safe-zone.ts'

const run = promisify(execFile)
const size = { width: 270, height: 480 }
const seconds = 12

const words: ClipWord[] = Array.from({ length: 32 }, (_, i) => ({
  text: ['We', 'baked', 'forty', 'loaves', 'before', 'sunrise', 'in', 'Lisbon'][i % 8] ?? '',
  start: i * 0.35,
  end: i * 0.35 + 0.3,
  speaker: i < 16 ? 'Ada' : 'Ben',
}))

/** Faces at which each style's captions would usually stand: low in the picture, and in its middle. */
const low: FaceBox = { start: 3, end: 9, x: 60, y: 270, w: 150, h: 110 }
const middle: FaceBox = { start: 3, end: 9, x: 60, y: 180, w: 150, h: 110 }

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'off-faces-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Four pictures a second, captions over mid grey: for each the rows and columns that captions changed. */
async function draw(style: (typeof captionStyles)[number], faces: FaceBox[]) {
  const { ass, fonts } = buildCaptions({ words, size, style, faces })
  const place = await mkdtemp(join(folder, 'x'))
  await mkdir(join(place, 'fonts'))
  for (const { fileName, bytes } of fonts) await writeFile(join(place, 'fonts', fileName), bytes)
  await writeFile(join(place, 'captions.ass'), ass ?? '')
  const source = `color=c=gray:s=${size.width}x${size.height}:r=4:d=${seconds}`
  const filter = 'format=gray,ass=captions.ass:fontsdir=fonts,format=gray'
  const { stdout } = await run('ffmpeg', ['-f', 'lavfi', '-i', source, '-vf', filter, '-f', 'rawvideo', '-'], {
    cwd: place,
    encoding: 'buffer',
    maxBuffer: 2 ** 26,
  })
  const bytes = size.width * size.height
  const gray = stdout[0] ?? 0
  return Array.from({ length: Math.floor(stdout.length / bytes) }, (_, i) => {
    const changed: { x: number; y: number }[] = []
    for (let at = 0; at < bytes; at++) {
      if (Math.abs((stdout[i * bytes + at] ?? 0) - gray) > 6)
        changed.push({ x: at % size.width, y: Math.floor(at / size.width) })
    }
    return { time: i / 4, changed }
  })
}

const hasAss = await run('ffmpeg', ['-hide_banner', '-filters']).then(
  ({ stdout }) => / ass /.test(stdout),
  () => false,
)

describe.skipIf(!hasAss)('captions as drawn', () => {
  test.each(captionStyles.filter((style) => style !== 'none'))(
    '%s: never over a face, inside the safe zone, without jumping',
    async (style) => {
      const usual = await draw(style, [])
      const face = overlap(usual, low) > overlap(usual, middle) ? low : middle
      expect(overlap(usual, face)).toBeGreaterThan(50)

      const moved = await draw(style, [face])
      expect(overlap(moved, face)).toBe(0)
      expect(moved.filter(({ changed }) => changed.length > 0).length).toBeGreaterThan(40)
      const zone = safeZone(size)
      for (const { changed, time } of moved) {
        for (const { x, y } of changed) {
          // A pixel of glow and of rounding on each side.
          expect(
            x >= zone.left - 2 && x <= zone.right + 2 && y >= zone.top - 2 && y <= zone.bottom + 2,
            `${x},${y} at ${time}`,
          ).toBe(true)
        }
      }
      expect(jumps(moved)).toBeLessThanOrEqual(2)
    },
  )
})

function overlap(pictures: Awaited<ReturnType<typeof draw>>, { start, end, x, y, w, h }: FaceBox): number {
  return pictures
    .filter(({ time }) => time >= start && time < end)
    .flatMap(({ changed }) => changed)
    .filter((pixel) => pixel.x >= x && pixel.x < x + w && pixel.y >= y && pixel.y < y + h).length
}

/** How often captions go farther than two lines and a half from one picture to the next. */
function jumps(pictures: Awaited<ReturnType<typeof draw>>): number {
  const middles = pictures.flatMap(({ changed }) =>
    changed.length === 0 ? [] : [changed.reduce((sum, { y }) => sum + y, 0) / changed.length],
  )
  return middles.slice(1).filter((y, i) => Math.abs(y - (middles[i] ?? y)) > 45).length
}
