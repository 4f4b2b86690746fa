import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FakeFaceDetector } from '../../../test/support/fake-face-detector.ts'
import { mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import type { Aspect } from '../../domain/clip.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { type Face, type FaceDetector, mostFaces } from './face-detector.ts'
import { frameSpan } from './frame-moment.ts'

let media: Media
beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})

interface Asked {
  detector?: FaceDetector
  aspect?: Aspect
  seconds?: number
  cuts?: number[]
  mustKnowFaces?: boolean
}

async function frame(
  path: string,
  { detector = new FakeFaceDetector(), aspect = '9:16', seconds = 8, cuts = [], mustKnowFaces }: Asked = {},
) {
  return frameSpan({
    range: { start: 0, end: seconds },
    scenes: [{ start: 0, end: 600 }],
    findCuts: async (within) => cuts.filter((cut) => cut >= within.start && cut < within.end),
    speeches: [],
    overrides: [],
    info: await media.probe(path),
    aspect,
    detector,
    media,
    path,
    mustKnowFaces,
    signal: new AbortController().signal,
  })
}

/** Eight seconds of a wall, with what is laid over it. */
async function film(name: string, overlays = '[wall]null', size = '640x360'): Promise<string> {
  const path = join(mediaFolder(), `bad-faces-${name}.mp4`)
  const graph = `color=0x223322:s=${size}:r=25:d=8[wall];${overlays}`
  await runFfmpeg(['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', path])
  return path
}
const head = 'color=magenta:s=64x80:r=25:d=8'

/** A detector with an answer of its own. */
function seeing(answer: (asked: number) => Face[]): FaceDetector & { asked: number } {
  const detector = {
    name: 'made-up',
    version: '1',
    asked: 0,
    findFaces: async () => answer(detector.asked++),
  }
  return detector
}

test('a thousand faces from a detector that promised fewer: all of the picture, quickly, and few of them are kept', async () => {
  const crowd = Array.from({ length: 1000 }, (_, i): Face => {
    return {
      box: { x: (i % 40) / 40, y: Math.floor(i / 40) / 25, width: 0.02, height: 0.035 },
      score: 0.9,
      turned: null,
    }
  })
  const { framing, faces = [] } = await frame(await film('crowd'), { detector: seeing(() => crowd), seconds: 3 })
  expect(framing.scenes).toMatchObject([{ kind: 'blurred-fit' }])
  expect(framing.scenes[0]?.reason).toMatch(/people: all of them are shown/)
  expect(faces.length).toBeLessThanOrEqual(2 * mostFaces)
})

test('masks: nobody is found, so nothing is told of faces, and what there is to see is shown', async () => {
  const path = await film('masks', `color=0xcccccc:s=64x80:r=25:d=8[a];[wall][a]overlay=440:100`)
  const { framing, faces, people, failure } = await frame(path, { detector: seeing(() => []) })
  expect({ faces, people, failure }).toEqual({ faces: [], people: 0, failure: null })
  expect(framing.scenes.every((scene) => (scene.faces ?? 0) === 0)).toBe(true)
})

test('a detector that flickers between sure and nothing is one face that stays', async () => {
  const here: Face = { box: { x: 0.6, y: 0.3, width: 0.1, height: 0.22 }, score: 0.8, turned: null }
  const path = await film('flicker', `testsrc2=s=640x360:r=25:d=8[m];[wall][m]overlay=0:0`)
  const { framing, faces = [] } = await frame(path, { detector: seeing((asked) => (asked % 2 === 0 ? [here] : [])) })
  expect(framing.scenes).toMatchObject([{ kind: 'crop', faces: 1 }])
  expect(Math.min(...faces.map(({ start }) => start))).toBeLessThan(0.2)
  expect(Math.max(...faces.map(({ end }) => end))).toBeGreaterThan(7)
})

describe('somebody who leaves and comes back', () => {
  test('is the same person, in one scene', async () => {
    const path = await film('returns', `${head}[a];[wall][a]overlay=440:100:enable='lt(t,2.5)+gt(t,5)'`)
    const { framing, people, faces = [] } = await frame(path)
    expect(people).toBe(1)
    expect(framing.scenes).toMatchObject([{ kind: 'crop', faces: 1 }])
    const away = faces.filter(({ start, end }) => start < 4.4 && end > 3.2)
    expect(away).toEqual([])
  })

  test('is the same person, after a cut to somebody else', async () => {
    const other = 'color=magenta:s=64x80:r=25:d=8,drawbox=x=0:y=60:w=64:h=20:c=white:t=fill'
    const body = (colour: string, name: string) => `color=${colour}:s=100x120:r=25:d=8[${name}]`
    const path = await film(
      'cut-back',
      [
        ...[`${head}[a]`, `${other}[b]`, body('0x0000aa', 'c'), body('0xaa4400', 'd')],
        `color=0x554433:s=640x360:r=25:d=8[room]`,
        `[wall][c]overlay=422:180:enable='lt(t,3)+gte(t,5.52)'[w1]`,
        `[w1][a]overlay=440:100:enable='lt(t,3)+gte(t,5.52)'[w2]`,
        `[w2][room]overlay=0:0:enable='between(t,3,5.5)'[w3]`,
        `[w3][d]overlay=82:180:enable='between(t,3,5.5)'[w4]`,
        `[w4][b]overlay=100:100:enable='between(t,3,5.5)'`,
      ].join(';'),
    )
    const { framing, people } = await frame(path, { cuts: [3, 5.52] })
    expect(framing.scenes.map(({ start, kind }) => [start, kind])).toEqual([
      [0, 'crop'],
      [3, 'crop'],
      [5.52, 'crop'],
    ])
    expect(people).toBe(2)
    expect(framing.scenes[2]?.crop).toEqual(framing.scenes[0]?.crop)
  })
})

describe('an upright recording', () => {
  const upright = () => film('upright', `${head}[a];[wall][a]overlay=140:400`, '360x640')

  test('has its faces looked for when something will be drawn over it, and shows the same', async () => {
    const [bare, known] = [await frame(await upright()), await frame(await upright(), { mustKnowFaces: true })]
    expect(bare.faces).toBeUndefined()
    expect(known.framing).toEqual(bare.framing)
    expect(known.faces).toMatchObject([{ start: 0, end: 8 }])
    const [face] = known.faces ?? []
    expect(Math.abs((face?.x ?? 0) - 140)).toBeLessThan(8)
    expect(Math.abs((face?.y ?? 0) + (face?.h ?? 0) / 2 - 440)).toBeLessThan(12)
  })
})
