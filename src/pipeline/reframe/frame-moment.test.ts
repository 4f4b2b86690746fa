import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { FakeFaceDetector } from '../../../test/support/fake-face-detector.ts'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import { AppError } from '../../domain/app-error.ts'
import type { Aspect } from '../../domain/clip.ts'
import { cropAt } from '../../domain/crop-at.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import type { SceneOverride } from '../framing-overrides.ts'
import { frameSpan } from './frame-moment.ts'
import type { Speech } from './people/who-speaks.ts'

const media = createMedia({ tools: await findMediaTools({}) })

interface Framing {
  range?: TimeRange
  scenes?: TimeRange[]
  cuts?: number[]
  aspect?: Aspect
  speeches?: Speech[]
  overrides?: SceneOverride[]
  detector?: FakeFaceDetector
  signal?: AbortSignal
}

async function frame(path: string, { range = { start: 0.2, end: 5.8 }, cuts = [], ...more }: Framing = {}) {
  const looked: TimeRange[] = []
  const detector = more.detector ?? new FakeFaceDetector()
  const framed = await frameSpan({
    range,
    scenes: more.scenes ?? [{ start: 0, end: 600 }],
    speeches: more.speeches ?? [],
    overrides: more.overrides ?? [],
    aspect: more.aspect ?? '9:16',
    info: await media.probe(path),
    detector,
    media,
    path,
    signal: more.signal ?? new AbortController().signal,
    findCuts: async (within) => {
      looked.push(within)
      return cuts.filter((cut) => cut >= within.start && cut < within.end)
    },
  })
  return { ...framed, scenes: framed.framing.scenes, looked, asked: detector.asked }
}

const wall = 'color=0x223322:s=640x360:r=25:d=6[wall]'
const head = 'color=magenta:s=64x80:r=25:d=6'

/** Six seconds of a wall with magenta heads on it, which the fake detector takes for faces. */
async function wallWith(name: string, overlays: string, more: string[] = []): Promise<string> {
  const path = join(mediaFolder(), `faces-${name}.mp4`)
  const graph = `${wall};${overlays}`
  await runFfmpeg(['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', ...more, path])
  return path
}

describe('the scenes', () => {
  /** A head that is elsewhere after the cut at 3 s, on another wall. */
  const cutFilm = () =>
    wallWith(
      'cut',
      `${head}[a];[wall]drawbox=t=fill:c=white:enable='gte(t,3)'[walls];[walls][a]overlay='if(lt(t,3),80,480)':100`,
    )

  test('a cut is found to the frame, by looking at the frames of a moment only', async () => {
    const { scenes, looked } = await frame(await cutFilm(), { cuts: [3] })
    expect(scenes.map(({ start, crop }) => [start, (crop?.x ?? 0) < 200])).toEqual([
      [0.2, true],
      [3, false],
    ])
    expect(looked).toHaveLength(1)
    expect((looked[0]?.end ?? 9) - (looked[0]?.start ?? 0)).toBeLessThan(0.3)
  })

  test('a jump that is no cut is none', async () => {
    const light = `[wall]drawbox=t=fill:c=white:enable='gte(t,3)'[walls];[walls][a]overlay=80:100`
    const { scenes, looked } = await frame(await wallWith('light', `${head}[a];${light}`))
    expect(looked).toHaveLength(1)
    expect(scenes).toHaveLength(1)
  })

  test('a flash belongs to the scene it interrupts', async () => {
    const flash = await wallWith(
      'flash',
      `${head}[a];[wall][a]overlay=440:100,drawbox=t=fill:c=white:enable='between(t,2.9,3.15)'`,
    )
    const { scenes } = await frame(flash, { cuts: [2.92, 3.16] })
    expect(scenes.map(({ start }) => start)).toEqual([0.2, 3.16])
    expect(scenes.map(({ crop }) => (crop?.x ?? 0) > 300)).toEqual([true, true])
  })

  test('where no cut is seen the keyframe counts, unless it is late for one that was', async () => {
    const film = await makeVideo({ seconds: 14, width: 320, height: 180, rate: 10 })
    const range = { start: 0.2, end: 13.8 }
    const scenesFrom = (start: number) => [
      { start: 0, end: start },
      { start, end: 600 },
    ]
    const { scenes } = await frame(film, { range, scenes: scenesFrom(12) })
    expect(scenes.map(({ start }) => start)).toEqual([0.2, 12])
    expect((await frame(film, { range, scenes: scenesFrom(4) })).scenes).toHaveLength(1)
  })

  test('in its own shape nothing has to be looked at', async () => {
    const framed = await frame(await makeVideo({ seconds: 2, width: 160, height: 90 }), { aspect: '16:9' })
    expect(framed).toMatchObject({ looked: [], asked: 0, scenes: [{ start: 0.2, end: 5.8, kind: 'crop' }] })
  })
})

test('a head at the side is in the crop', async () => {
  const path = await wallWith('side', `${head}[a];[wall][a]overlay=440:100`)
  const { scenes, asked } = await frame(path)
  expect(scenes).toMatchObject([{ start: 0.2, end: 5.8, kind: 'crop', reason: 'Looks at the person on the right.' }])
  expect(scenes[0]?.crop?.x).toBeCloseTo(440 + 32 - 101, -1)
  // One look a second, and one at the end.
  expect(asked).toBeLessThanOrEqual(8)
})

test('a head that walks is followed to the pixel between the looks', async () => {
  const path = await wallWith('walk', `${head}[a];[wall][a]overlay=60+70*t:100`)
  const { scenes } = await frame(path)
  const [scene] = scenes
  if (!scene) throw new Error('no scene')
  expect(scene.reason).toMatch(/^Goes along/)
  for (let time = 0.3; time < 5.7; time += 0.25) {
    const box = cropAt(scene, time)
    const left = 60 + 70 * time
    expect(box !== null && left >= box.x - 2 && left + 64 <= box.x + box.width + 2, `at ${time}`).toBe(true)
  }
})

test('a head that appears between two looks is known from when it does', async () => {
  const path = await wallWith(
    'swap',
    `${head},split[a][b];[wall][a]overlay=60:100:enable='lt(t,2.6)'[one];[one][b]overlay=500:100:enable='gte(t,2.6)'`,
  )
  const { scenes } = await frame(path)
  expect(scenes).toHaveLength(2)
  expect(scenes[1]?.start).toBeGreaterThan(2.4)
  expect(scenes[1]?.start).toBeLessThan(2.8)
})

test('two heads and a transcript: the camera is with the mouth that moves', async () => {
  const talking = (name: string, when: string) =>
    `${head},drawbox=x=18:y=56:w=28:h=14:t=fill:c=black:enable='${when}*lt(mod(t*5,1),0.5)'[${name}]`
  const path = await wallWith(
    'two',
    `${talking('a', 'lt(t,3)')};${talking('b', 'gte(t,3)')};[wall][a]overlay=60:100[one];[one][b]overlay=500:100`,
  )
  const speeches = [
    { start: 0, end: 3, speaker: 'Ada' },
    { start: 3, end: 6, speaker: 'Ben' },
  ]
  const { scenes } = await frame(path, { speeches })
  expect(scenes.map(({ start, reason }) => [start, reason])).toEqual([
    [0.2, 'Follows the speaker on the left.'],
    [3, 'Follows the speaker on the right.'],
  ])
})

test.each([
  ['10 frames a second', ['-r', '10']],
  ['interlaced', ['-flags', '+ilme+ildct', '-x264opts', 'tff=1']],
  ['broad pixels', ['-aspect', '16:9', '-s', '480x360']],
  ['60 frames a second', ['-r', '60']],
])('%s: the head is found where it is seen', async (name, options) => {
  const path = await wallWith(name.replaceAll(' ', '-'), `${head}[a];[wall][a]overlay=440:100`, options)
  const { video } = await media.probe(path)
  const { scenes } = await frame(path, { range: { start: 0, end: 2 } })
  const middle = ((scenes[0]?.crop?.x ?? 0) + (scenes[0]?.crop?.width ?? 0) / 2) / (video?.width ?? 1)
  expect(middle).toBeCloseTo(472 / 640, 1)
})

test('an upright picture is used whole; a wide one in its own shape too', async () => {
  const upright = await makeVideo({ width: 90, height: 160 })
  expect((await frame(upright)).scenes).toMatchObject([{ kind: 'crop', crop: { x: 0, y: 0, width: 90, height: 160 } }])
  const phone = await makeVideo({ width: 160, height: 90, rotation: 90 })
  expect((await frame(phone)).scenes).toMatchObject([{ kind: 'crop', crop: { x: 0, y: 0, width: 90, height: 160 } }])
})

test('an upright picture made wide has its eyes in the picture', async () => {
  const path = join(mediaFolder(), 'faces-upright.mp4')
  const graph = 'color=0x223322:s=360x640:r=25:d=3[wall];color=magenta:s=90x120:r=25:d=3[a];[wall][a]overlay=130:60'
  await runFfmpeg(['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', path])
  for (const aspect of ['1:1', '16:9'] as const) {
    const { scenes } = await frame(path, { aspect, range: { start: 0, end: 3 } })
    const crop = scenes[0]?.crop
    expect(crop && crop.y <= 60 && crop.y + crop.height >= 180, aspect).toBe(true)
  }
})

test('a thousand faces are a crowd: all of the picture', async () => {
  const path = join(mediaFolder(), 'faces-thousand.mp4')
  const crowd =
    "geq=r='if(lt(mod(X,16),9)*lt(mod(Y,16),9),255,60)':g='if(lt(mod(X,16),9)*lt(mod(Y,16),9),0,60)':b='if(lt(mod(X,16),9)*lt(mod(Y,16),9),255,60)'"
  await runFfmpeg([
    '-f',
    'lavfi',
    '-i',
    `color=black:s=640x360:r=2:d=3,format=rgb24,${crowd}`,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    path,
  ])
  expect((await frame(path, { range: { start: 0, end: 3 } })).scenes).toMatchObject([{ kind: 'blurred-fit' }])
})

test('a still picture is looked at once, however long it stands', async () => {
  const path = join(mediaFolder(), 'faces-still.mp4')
  const still = 'color=0x223322:s=640x360:r=1:d=40[wall];color=magenta:s=64x80:r=1:d=40[a];[wall][a]overlay=440:100'
  await runFfmpeg(['-f', 'lavfi', '-i', still, '-c:v', 'libx264', '-preset', 'ultrafast', path])
  const { scenes, asked } = await frame(path, { range: { start: 1, end: 38 } })
  expect(scenes).toMatchObject([{ kind: 'crop', reason: 'Looks at the person on the right.' }])
  expect(asked).toBe(1)
})

test('a slide with real letters is shown whole, whatever is next to it', async () => {
  const path = join(mediaFolder(), 'faces-slide.mp4')
  const font = fileURLToPath(import.meta.resolve('@expo-google-fonts/montserrat/500Medium/Montserrat_500Medium.ttf'))
  const text = 'Revenue grew by a seventh\nCosts per order fell\nFour new markets in spring\nReturns stay below two'
  const lines = text
    .split('\n')
    .map((line, i) => `drawtext=fontfile=${font}:text='${line}':fontsize=44:x=60:y=${100 + 90 * i}`)
  const graph = `color=white:s=1280x720:r=5:d=3,${lines.join(',')}[slide];color=magenta:s=90x120:r=5:d=3[a];[slide][a]overlay=1150:560`
  await runFfmpeg(['-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-preset', 'ultrafast', path])
  const { scenes } = await frame(path, { range: { start: 0, end: 3 } })
  expect(scenes).toMatchObject([{ kind: 'blurred-fit', reason: expect.stringContaining('slide') }])
})

test('black shows nothing, so nothing is cropped; a scene after the end of the picture gets an answer', async () => {
  const path = join(mediaFolder(), 'faces-black.mp4')
  await runFfmpeg(['-f', 'lavfi', '-i', 'color=black:s=160x90:r=10:d=2', path])
  expect((await frame(path)).scenes).toMatchObject([
    { kind: 'blurred-fit', reason: expect.stringContaining('next to nothing') },
  ])
  const short = await makeVideo({ seconds: 2, audioSeconds: 6 })
  expect((await frame(short, { range: { start: 4, end: 6 } })).scenes).toMatchObject([{ kind: 'blurred-fit' }])
})

test('a recording without a picture gets a card, and nobody is looked for', async () => {
  const { scenes, asked } = await frame(await makeAudio({ cover: true }))
  expect(scenes).toMatchObject([{ kind: 'card', crop: null }])
  expect(asked).toBe(0)
})

test('where a person decided everything, nobody looks', async () => {
  const path = await wallWith('by-hand', `${head}[a];[wall][a]overlay=300:100`)
  const overrides: SceneOverride[] = [
    { start: 0, end: 3, look: 'at', x: 0.1 },
    { start: 3, end: 600, look: 'fit' },
  ]
  const { scenes, asked } = await frame(path, { overrides })
  expect(scenes.map(({ start, kind }) => [start, kind])).toEqual([
    [0.2, 'crop'],
    [3, 'blurred-fit'],
  ])
  expect(asked).toBe(0)
  const { asked: askedWithGap } = await frame(path, { overrides: overrides.slice(0, 1) })
  expect(askedWithGap).toBeGreaterThan(0)
})

test('what a person decided counts', async () => {
  const path = await wallWith('side', `${head}[a];[wall][a]overlay=440:100`)
  const { scenes } = await frame(path, { overrides: [{ start: 2, end: 4, look: 'at', x: 0.1 }] })
  expect(scenes.map(({ start, by }) => [start, by])).toEqual([
    [0.2, undefined],
    [2, 'hand'],
    [4, undefined],
  ])
})

class Died extends AppError {
  readonly code = 'FACE_DETECTOR_FAILED'
  override readonly retry = 'later'
}

describe('when the detector fails', () => {
  test('twice: the clip is framed all the same, and it is told', async () => {
    const path = await wallWith('side', `${head}[a];[wall][a]overlay=440:100`)
    const detector = new FakeFaceDetector()
    detector.failing = { from: 1, error: new Died('Faces could not be looked for: it died.') }
    const { scenes, failure } = await frame(path, { detector })
    expect(failure).toMatchObject({ code: 'FACE_DETECTOR_FAILED' })
    expect(scenes[0]?.reason).toContain('it died')
    expect(scenes).toHaveLength(1)
  })

  test('a mistake of ours is no excuse', async () => {
    const path = await wallWith('side', `${head}[a];[wall][a]overlay=440:100`)
    const detector = new FakeFaceDetector()
    detector.failing = { from: 1, error: new TypeError('undefined is not a function') }
    await expect(frame(path, { detector })).rejects.toThrow(TypeError)
  })
})

test('answers the same every time, and stops when told', async () => {
  const path = await wallWith('walk', `${head}[a];[wall][a]overlay=60+70*t:100`)
  const first = await frame(path)
  expect((await frame(path)).scenes).toEqual(first.scenes)
  await expect(frame(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})
