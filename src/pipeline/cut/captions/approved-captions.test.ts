import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { background, drawSheet, spoken, tileOf } from '../../../../test/support/caption-sheet.ts'
import { captionStyles } from '../../../domain/clip.ts'

const run = promisify(execFile)
const styles = captionStyles.filter((style) => style !== 'none')
const approvedFolder = join(import.meta.dirname, '../../../../test/fixtures/captions')

/** Brightness of each pixel of an approved picture. */
async function approved(style: string): Promise<Buffer> {
  const args = ['-v', 'error', '-i', join(approvedFolder, `${style}.png`)]
  const { stdout } = await run('ffmpeg', [...args, '-pix_fmt', 'gray', '-f', 'rawvideo', '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 26,
  })
  return stdout
}

function distance(a: Buffer, b: Buffer): number {
  return a.reduce((sum, pixel, i) => sum + Math.abs(pixel - (b[i] ?? 0)), 0)
}

/** How much is drawn. */
function ink(tile: Buffer): number {
  return tile.reduce((sum, pixel) => sum + Math.abs(pixel - background), 0)
}

async function filtersOf(ffmpeg: string): Promise<string> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-filters']).catch(() => ({ stdout: '' }))
  return stdout
}

const system = await filtersOf('ffmpeg')

// Another FreeType or libass rounds edges differently; letters that are missing, moved by a pixel, in another order or of
// another font make more of a difference than this share of what is drawn.
const tolerance = 0.03

describe.skipIf(!/ ass /.test(system))('every style in every script', () => {
  test.each(styles)('%s looks as approved', async (style) => {
    const [{ pixels, log }, wanted] = [await drawSheet(style, { ffmpeg: 'ffmpeg' }), await approved(style)]
    expect(log).not.toMatch(/not found|failed to find/i)
    const strange = Object.keys(spoken).filter((script) => {
      const tile = tileOf(wanted, script)
      return distance(tileOf(pixels, script), tile) > tolerance * ink(tile)
    })
    expect(strange).toEqual([])
  })

  test('the comparison sees another word lit, and letters a pixel off', async () => {
    const [pop, box] = [await approved('pop'), await approved('box')]
    for (const script of Object.keys(spoken)) {
      const tile = tileOf(pop, script)
      const shifted = Buffer.concat([tile.subarray(-1), tile.subarray(0, -1)])
      expect(distance(tile, tileOf(box, script)), script).toBeGreaterThan(tolerance * ink(tile))
      expect(distance(tile, shifted), script).toBeGreaterThan(tolerance * ink(tile))
    }
  })
})

function npmFfmpeg(): string {
  try {
    const installer: { path: string } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    return installer.path
  } catch {
    return 'no-ffmpeg-from-npm'
  }
}

// Without HarfBuzz nothing is kerned, so letters stand elsewhere; but all must be there, in fonts that have them.
describe.skipIf(!/ ass /.test(await filtersOf(npmFfmpeg())))(
  'every style in every script, by the ffmpeg of npm',
  () => {
    test.each(styles)('%s has all its letters', async (style) => {
      const { pixels, log } = await drawSheet(style, { ffmpeg: npmFfmpeg(), canShape: false })
      expect(log).not.toMatch(/Glyph 0x\w+ not found|failed to find/i)
      const wanted = await approved(style)
      // These two are left out, because their letters can't be joined.
      for (const script of Object.keys(spoken).filter((name) => name !== 'devanagari' && name !== 'thai')) {
        const share = ink(tileOf(pixels, script)) / ink(tileOf(wanted, script))
        expect(Math.abs(share - 1), script).toBeLessThan(0.2)
      }
    })
  },
)
