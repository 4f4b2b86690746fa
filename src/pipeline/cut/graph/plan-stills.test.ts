import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCountedVideo, secondOf } from '../../../../test/support/make-counted-video.ts'
import { createMedia } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { splitGrayPictures } from '../gate/gray-picture.ts'
import { smallSize } from '../gate/inspect-clip.ts'
import { chooseFrameRate } from './choose-frame-rate.ts'
import { planStills } from './plan-stills.ts'
import { planTimeline } from './plan-timeline.ts'

const output = { width: 64, height: 112 }
const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-stills-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)

  it.each([
    ['mp4', 12],
    ['ts', 12],
    ['mpg', 12],
    ['h264', 12],
    ['ts', 24],
  ] as const)('pictures of a .%s of %i s show its moments', async (extension, seconds) => {
    const media = createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
    const path = await makeCountedVideo({ extension, seconds })
    const info = await media.probe(path)
    const crop = { x: 22, y: 0, width: 20, height: 36 }
    const timeline = planTimeline({
      edit: {
        ranges: [
          { start: seconds - 6.6, end: seconds - 3 },
          { start: 1.4, end: 2.4 },
        ],
      },
      framing: { aspect: '9:16', scenes: [{ start: 0, end: 60, kind: 'crop', crop, reason: '' }] },
      frameRate: chooseFrameRate(info.video),
    })
    const fileName = 'stills.gray'
    // 0.1 is of second −7 from the end, 0.8 of the next; 3.7 begins the second range.
    const times = [0.1, 0.8, 2.5, 3.7, 4.5]
    const request = {
      source: { path, info },
      timeline,
      output,
      card: null,
      times,
      burnIn: null,
      clipPath: null,
      capabilities: media.tools.capabilities,
      fileName,
    }
    await media.ffmpeg({ args: planStills(request), cwd: folder })
    const pictures = splitGrayPictures(await readFile(join(folder, fileName)), smallSize(output))
    const seen = pictures.map(({ pixels }) => secondOf(pixels[pixels.length >> 1] ?? 0, seconds))
    expect(seen).toEqual([seconds - 7, seconds - 6, seconds - 5, 1, 2])
  })

  it('the picture of a clip is that of the same frame as the picture of the recording, early or late in it', async () => {
    const media = createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
    const path = join(folder, 'brighter.mp4')
    // Each frame is brighter than the one before.
    const brighter = "color=black:s=64x112:r=25:d=2,format=yuv420p,geq=lum='20+4*N':cb=128:cr=128"
    await media.ffmpeg({ args: ['-f', 'lavfi', '-i', brighter, '-c:v', 'libx264', '-qp', '1', path] })
    const info = await media.probe(path)
    const scenes = [{ start: 0, end: 2, kind: 'crop' as const, crop: { x: 0, y: 0, ...output }, reason: '' }]
    const timeline = planTimeline({
      edit: { ranges: [{ start: 0, end: 2 }] },
      framing: { aspect: '9:16', scenes },
      frameRate: chooseFrameRate(info.video),
    })
    const fileName = 'stills.gray'
    const args = planStills({
      source: { path, info },
      timeline,
      output,
      card: null,
      times: [1, 1.015, 1.025, 1.039],
      burnIn: null,
      clipPath: path,
      capabilities: media.tools.capabilities,
      fileName,
    })
    await media.ffmpeg({ args, cwd: folder })
    const pictures = splitGrayPictures(await readFile(join(folder, fileName)), smallSize(output))
    const seen = pictures.map(({ pixels }) => Math.round(((pixels[pixels.length >> 1] ?? 0) * 219) / 255 / 4 - 1))
    expect(seen).toEqual([25, 25, 25, 25, 25, 25, 25, 25])
  })
})
