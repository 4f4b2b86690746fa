import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { VideoStream } from '../../../domain/media-info.ts'
import { createMedia } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { ordinaryColours } from './ordinary-colours.ts'

const media = createMedia({ tools: await findMediaTools({}) })
const { filters } = media.tools.capabilities

const video = (more: Partial<VideoStream>): VideoStream => ({
  ...{ streamIndex: 0, codec: 'hevc', width: 64, height: 64, rotation: 0, frameRate: 25 },
  ...{ variableFrameRate: false, interlaced: false, hdr: true, startTime: 0 },
  ...more,
})

/** Luma of a gray picture after the filters; `level` is its share of the signal's range before them. */
async function lumaOf(level: number, transfer: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-colours-'))
  try {
    const gray = `color=gray:s=64x64:d=0.04:r=25,format=yuv420p,geq=lum=${Math.round(16 + level * 219)}:cb=128:cr=128`
    const graph = [gray, ...ordinaryColours(video({ transfer }), filters)].join(',')
    const args = ['-f', 'lavfi', '-i', graph, '-frames:v', '1', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pixels']
    await media.ffmpeg({ args, cwd: folder })
    return (await readFile(join(folder, 'pixels')))[0] ?? 0
  } finally {
    await rm(folder, { recursive: true })
  }
}

// ITU-R BT.2408, table 1: a gray card is at 38 % of both signals, reference white at 58 % of PQ and 75 % of HLG.
describe.skipIf(!filters.has('zscale'))('the light of HDR', () => {
  test.each([
    ['smpte2084', 0.58],
    ['arib-std-b67', 0.75],
  ])(
    '%s: white is nearly white, a gray card a middle gray, the brightest does not wrap round',
    async (transfer, white) => {
      const [card, reference, brightest] = [
        await lumaOf(0.38, transfer),
        await lumaOf(white, transfer),
        await lumaOf(1, transfer),
      ]
      expect(Math.abs(card - 109)).toBeLessThanOrEqual(4)
      expect(Math.abs(reference - 221)).toBeLessThanOrEqual(4)
      expect(brightest).toBeGreaterThanOrEqual(230)
    },
  )
})

test('ordinary video stays as it is; without zimg, or where the kind of HDR is not known, nothing fails', () => {
  expect(ordinaryColours(video({ hdr: false }), filters)).toEqual([])
  expect(ordinaryColours(null, filters)).toEqual([])
  const plain = [expect.stringContaining('itrc=bt2020-10')]
  expect(ordinaryColours(video({ transfer: 'smpte2084' }), new Set(['colorspace', 'tonemap', 'setparams']))).toEqual(
    plain,
  )
  expect(ordinaryColours(video({}), filters)).toEqual(plain)
})
