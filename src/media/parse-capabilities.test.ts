import { expect, it } from 'vitest'
import { parseCapabilities } from './parse-capabilities.ts'

const encoders = `Encoders:
 V..... = Video
 ------
 V....D libx264              libx264 H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10 (codec h264)
 A....D aac                  AAC (Advanced Audio Coding)`

it('reads lists of 2022', () => {
  const filters = `Filters:
  T.. = Timeline support
 ... ass               V->V       Render ASS subtitles onto input video using the libass library.
 TSC gblur             V->V       Apply Gaussian Blur filter.
 ... ebur128           A->N       EBU R128 scanner.
 ... scdet             V->V       Detect video scene change`
  const found = parseCapabilities({ filters, encoders })
  expect(found).toMatchObject({ ass: true, gblur: true, ebur128: true, scdet: true, libx264: true, loudnorm: false })
  expect([...found.encoders]).toEqual(['libx264', 'aac'])
  expect([...found.filters]).toEqual(['ass', 'gblur', 'ebur128', 'scdet'])
})

it('reads the two-letter flags of newer builds', () => {
  expect(parseCapabilities({ filters: ' .. ass               V->V       Render.', encoders }).ass).toBe(true)
})

it('finds nothing in nothing', () => {
  expect(parseCapabilities({ filters: '', encoders: '' })).toMatchObject({ ass: false, libx264: false })
})
