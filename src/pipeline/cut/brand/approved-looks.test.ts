import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { background, drawLooks, lookSheets } from '../../../../test/support/look-sheet.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'

const run = promisify(execFile)
const approvedFolder = join(import.meta.dirname, '../../../../test/fixtures/looks')

/** Brightness of each pixel of an approved picture. */
async function approved(sheet: string): Promise<Buffer> {
  const args = ['-v', 'error', '-i', join(approvedFolder, `${sheet}.png`), '-pix_fmt', 'gray', '-f', 'rawvideo', '-']
  return (await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 2 ** 26 })).stdout
}

const distance = (a: Buffer, b: Buffer) => a.reduce((sum, pixel, i) => sum + Math.abs(pixel - (b[i] ?? 0)), 0)
/** How much is drawn. */
const ink = (pixels: Buffer) => pixels.reduce((sum, pixel) => sum + Math.abs(pixel - background), 0)

async function canDraw(ffmpeg: string | null): Promise<boolean> {
  if (ffmpeg === null) return false
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-filters']).catch(() => ({ stdout: '' }))
  return / ass /.test(stdout)
}

// Another FreeType or libass rounds edges differently; what is missing, moved by a pixel or of another font is more than this.
const tolerance = 0.03

describe.skipIf(!(await canDraw('ffmpeg')))('what brands and audiograms draw, in all four shapes', () => {
  test.each(lookSheets)('%s looks as approved', async (sheet) => {
    const [{ pixels, log }, wanted] = [await drawLooks(sheet, 'ffmpeg'), await approved(sheet)]
    expect(log).not.toMatch(/not found|failed to find/i)
    expect(distance(pixels, wanted)).toBeLessThan(tolerance * ink(wanted))
  })

  test('the comparison sees what is a pixel off', async () => {
    for (const sheet of lookSheets) {
      const wanted = await approved(sheet)
      const shifted = Buffer.concat([wanted.subarray(-1), wanted.subarray(0, -1)])
      expect(distance(wanted, shifted), sheet).toBeGreaterThan(tolerance * ink(wanted))
    }
  })
})

const npm = findNpmTool('ffmpeg')

// Without HarfBuzz letters stand a little elsewhere; what has no letters is the same.
describe.skipIf(!(await canDraw(npm)))('by the ffmpeg of npm', () => {
  test.each(lookSheets)('%s is all there', async (sheet) => {
    const [{ pixels, log }, wanted] = [await drawLooks(sheet, npm ?? ''), await approved(sheet)]
    expect(log).not.toMatch(/Glyph 0x\w+ not found|failed to find/i)
    expect(distance(pixels, wanted)).toBeLessThan(0.12 * ink(wanted))
  })
})
