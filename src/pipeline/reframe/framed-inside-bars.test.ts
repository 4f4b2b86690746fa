import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FakeFaceDetector } from '../../../test/support/fake-face-detector.ts'
import { mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import type { Aspect } from '../../domain/clip.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { frameSpan } from './frame-moment.ts'

const media = createMedia({ tools: await findMediaTools({}) })

async function frame(path: string, aspect: Aspect) {
  const { framing } = await frameSpan({
    range: { start: 0, end: 3 },
    scenes: [{ start: 0, end: 3 }],
    speeches: [],
    overrides: [],
    aspect,
    info: await media.probe(path),
    detector: new FakeFaceDetector(),
    media,
    path,
    signal: new AbortController().signal,
    findCuts: async () => [],
  })
  return framing.scenes
}

/** Three seconds of a wall with magenta heads on it, which the fake detector takes for faces, inside black bars. */
async function filmInBars(name: string, { wall, heads, bars }: { wall: string; heads: string[]; bars: string }) {
  const path = join(mediaFolder(), `bars-${name}.mp4`)
  const boxes = heads.map((head) => `drawbox=${head}:c=magenta:t=fill`)
  const graph = [`color=0x556655:s=${wall}:r=10:d=3`, ...boxes, `pad=640:360:${bars}`].join(',')
  await runFfmpeg(['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', path])
  return path
}

describe('black bars of the recording', () => {
  test('are not in a crop around a face', async () => {
    const heads = ['x=440:y=80:w=64:h=80']
    const path = await filmInBars('wide', { wall: '640x268', heads, bars: '0:46' })
    const [scene] = await frame(path, '9:16')
    expect(scene).toMatchObject({ kind: 'crop', crop: { y: 48, height: 264, width: 148 } })
    expect(scene?.crop?.x).toBeLessThanOrEqual(440)
    expect((scene?.crop?.x ?? 0) + 148).toBeGreaterThanOrEqual(504)
    expect(scene?.reason).toBe("Looks at the person on the right. The recording's black bars are left out.")
  })

  test('are not in the picture that is shown whole, nor in its blurred copy', async () => {
    const heads = ['x=0:y=80:w=64:h=80']
    const path = await filmInBars('edge', { wall: '640x268', heads, bars: '0:46' })
    expect(await frame(path, '9:16')).toMatchObject([
      { kind: 'blurred-fit', crop: { x: 0, y: 48, width: 640, height: 264 } },
    ])
  })

  test('of a tall film in a wide picture are simply cut off', async () => {
    const path = await filmInBars('tall', { wall: '202x360', heads: ['x=60:y=60:w=64:h=80'], bars: '219:0' })
    const [scene] = await frame(path, '9:16')
    const { x = 0, width = 0, height = 0 } = scene?.crop ?? {}
    expect([x >= 220 && x + width <= 420, width >= 190, height >= 340]).toEqual([true, true, true])
    expect(scene?.reason).toMatch(/^The picture is (?:nearly )?9:16.* black bars are left out\.$/)
  })

  test("stay in a clip of the recording's own shape", async () => {
    const path = await filmInBars('same', { wall: '640x268', heads: [], bars: '0:46' })
    expect(await frame(path, '16:9')).toMatchObject([{ kind: 'crop', crop: { x: 0, y: 0, width: 640, height: 360 } }])
  })
})
