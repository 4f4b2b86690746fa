import { describe, expect, test } from 'vitest'
import { faceTrack, sightOf } from '../../../../test/support/face-tracks.ts'
import { type Aspect, aspects, type SceneFraming } from '../../../domain/clip.ts'
import { decideFraming } from '../frame-moment.ts'
import type { SceneSight } from '../look/look-at-scenes.ts'
import type { Speech } from '../people/who-speaks.ts'

const wide = { width: 1920, height: 1080 }

interface Deciding {
  sights: SceneSight[]
  speeches?: Speech[]
  aspect?: Aspect
  size?: { width: number; height: number }
}

function decide({ sights, speeches = [], aspect = '9:16', size = wide }: Deciding): SceneFraming[] {
  return decideFraming({ sights, speeches, aspect, size, failure: null }).scenes
}

const seated = (x: number, more: Partial<Parameters<typeof faceTrack>[0]> = {}) =>
  faceTrack({ start: 0, end: 20, at: () => ({ x, y: 0.4 }), ...more })
const speaking = (when: (time: number) => boolean) => (time: number) => (when(time) ? 3 : 0.4)
const speech = (start: number, end: number, speaker: string | null): Speech => ({ start, end, speaker })

test('one person: a crop around them', () => {
  const [scene] = decide({ sights: [sightOf(0, 20, [seated(0.25)])] })
  expect(scene).toMatchObject({ kind: 'crop', crop: { x: 176, y: 0, width: 608, height: 1080 } })
  expect(scene?.reason).toBe('Looks at the person on the left.')
})

test('someone who walks: the camera goes along, and says so', () => {
  const walking = faceTrack({ start: 0, end: 20, at: (time) => ({ x: 0.2 + 0.03 * time, y: 0.4 }) })
  const [scene] = decide({ sights: [sightOf(0, 20, [walking])] })
  expect(scene?.moves?.length).toBeGreaterThan(2)
  expect(scene?.reason).toMatch(/^Goes along/)
})

test('two who fit into one crop are both in it', () => {
  const [scene] = decide({ sights: [sightOf(0, 20, [seated(0.45, { width: 0.06 }), seated(0.55, { width: 0.06 })])] })
  expect(scene).toMatchObject({ kind: 'crop', reason: 'Both people fit into the picture.' })
  expect(scene?.crop?.x).toBeGreaterThan(600)
  expect(scene?.crop?.x).toBeLessThan(720)
})

describe('two who do not fit', () => {
  const isAda = (time: number) => time < 8 || time > 14
  const pair = [
    seated(0.2, { mouth: speaking(isAda), clothes: 1 }),
    seated(0.8, { mouth: speaking((time) => !isAda(time)), clothes: 2 }),
  ]
  const said = [speech(0, 8, 'Ada'), speech(8, 14, 'Ben'), speech(14.2, 20, 'Ada')]

  test('the camera is with the speaker and changes where a turn begins', () => {
    const scenes = decide({ sights: [sightOf(0, 20, pair)], speeches: said })
    expect(scenes.map(({ start, end, reason }) => [start, end, reason])).toEqual([
      [0, 8, 'Follows the speaker on the left.'],
      [8, 14.2, 'Follows the speaker on the right.'],
      [14.2, 20, 'Follows the speaker on the left.'],
    ])
    expect(scenes[0]?.crop?.x).toBeLessThan(400)
    expect(scenes[1]?.crop?.x).toBeGreaterThan(1000)
  })

  test('quick turns show both', () => {
    const quick = (time: number) => Math.floor(time / 2) % 2 === 0
    const faces = [seated(0.2, { mouth: speaking(quick) }), seated(0.8, { mouth: speaking((time) => !quick(time)) })]
    const turns = Array.from({ length: 10 }, (_, i) => speech(2 * i, 2 * i + 2, i % 2 === 0 ? 'Ada' : 'Ben'))
    const [scene, ...more] = decide({ sights: [sightOf(0, 20, faces)], speeches: turns })
    expect(more).toEqual([])
    expect(scene).toMatchObject({ kind: 'split', reason: expect.stringContaining('alternate') })
    expect(scene?.panels?.[0]?.x).toBeLessThan(scene?.panels?.[1]?.x ?? 0)
  })

  test('nothing tells who speaks: both', () => {
    const [scene] = decide({ sights: [sightOf(0, 20, [seated(0.2), seated(0.8)])], speeches: [speech(0, 20, null)] })
    expect(scene?.kind).toBe('split')
  })

  test.each(aspects)('panels and crops of %s are even and inside the picture', (aspect) => {
    for (const speeches of [said, []]) {
      for (const size of [
        wide,
        { width: 3840, height: 2160 },
        { width: 641, height: 361 },
        { width: 720, height: 576 },
      ]) {
        for (const { crop, panels = [] } of decide({ sights: [sightOf(0, 20, pair)], speeches, aspect, size })) {
          for (const box of [...panels, ...(crop ? [crop] : [])]) {
            expect([box.x, box.y, box.width, box.height].every((n) => n % 2 === 0 && n >= 0)).toBe(true)
            expect(box.x + box.width <= size.width && box.y + box.height <= size.height).toBe(true)
          }
        }
      }
    }
  })
})

test('the same two after a cut are still the same two', () => {
  const first = [
    seated(0.2, { end: 10, clothes: 1, mouth: speaking(() => true) }),
    seated(0.8, { end: 10, clothes: 2 }),
  ]
  const close = [
    faceTrack({
      start: 10,
      end: 20,
      at: () => ({ x: 0.5, y: 0.45 }),
      width: 0.2,
      clothes: 2,
      mouth: speaking(() => true),
    }),
  ]
  const { people } = decideFraming({
    sights: [sightOf(0, 10, first), sightOf(10, 20, close)],
    speeches: [speech(0, 10, 'Ada'), speech(10, 20, 'Ben')],
    aspect: '9:16',
    size: wide,
    failure: null,
  })
  expect(people).toBe(2)
})

test('a slide is shown whole, with the little camera picture in its corner', () => {
  const slide = { text: 0.2, changing: 0.01 }
  expect(decide({ sights: [sightOf(0, 20, [], slide)] })[0]).toMatchObject({
    kind: 'blurred-fit',
    reason: expect.stringContaining('slide'),
  })
  expect(decide({ sights: [sightOf(0, 20, [seated(0.9, { width: 0.06 })], slide)] })[0]?.kind).toBe('blurred-fit')
  expect(decide({ sights: [sightOf(0, 20, [seated(0.5, { width: 0.18 })], slide)] })[0]?.kind).toBe('crop')
})

test('too large, at the border, too fast: all of the picture', () => {
  const kinds = [
    seated(0.5, { width: 0.34 }),
    seated(0.04, { width: 0.1 }),
    faceTrack({ start: 0, end: 20, at: (time) => ({ x: Math.floor(time) % 2 === 0 ? 0.2 : 0.8, y: 0.4 }) }),
  ].map((face) => decide({ sights: [sightOf(0, 20, [face])] })[0]?.kind)
  expect(kinds).toEqual(['blurred-fit', 'blurred-fit', 'blurred-fit'])
})

test('a crowd is shown whole', () => {
  const crowd = Array.from({ length: 32 }, (_, i) => seated(0.02 + 0.03 * i, { width: 0.025, clothes: i }))
  expect(decide({ sights: [sightOf(0, 20, crowd)] })[0]).toMatchObject({
    kind: 'blurred-fit',
    reason: expect.stringContaining('people'),
  })
})

test('faces in the background and passers-by do not count', () => {
  const scenes = decide({
    sights: [
      sightOf(0, 20, [seated(0.3, { width: 0.14 }), seated(0.9, { width: 0.04 }), seated(0.7, { start: 5, end: 6 })]),
    ],
  })
  expect(scenes[0]).toMatchObject({ kind: 'crop', reason: 'Looks at the person on the left.' })
})

test('a face that leaves and comes back is looked at all the time', () => {
  const gone = [seated(0.3, { end: 8 }), seated(0.32, { start: 12, end: 20 })]
  expect(decide({ sights: [sightOf(0, 20, gone)] })).toMatchObject([{ kind: 'crop', start: 0, end: 20 }])
})

test('one face after the other, elsewhere, is two scenes: a cut that was hard to see', () => {
  const faces = [seated(0.2, { end: 9, clothes: 1 }), seated(0.8, { start: 9.5, clothes: 1 })]
  expect(decide({ sights: [sightOf(0, 20, faces)] })).toMatchObject([
    { start: 0, kind: 'crop', reason: 'Looks at the person on the left.' },
    { end: 20, kind: 'crop', reason: 'Looks at the person on the right.' },
  ])
})

test('nobody: the part with all there is to see, else all of it', () => {
  const columns = Array.from({ length: 64 }, (_, i) => (i >= 40 && i < 58 ? 1 / 18 : 0))
  expect(decide({ sights: [sightOf(0, 20, [], { columns })] })[0]).toMatchObject({ kind: 'crop', crop: { width: 608 } })
  expect(decide({ sights: [sightOf(0, 20, [])] })[0]?.kind).toBe('blurred-fit')
  expect(decide({ sights: [sightOf(0, 20, [], { flat: true })] })[0]?.reason).toContain('next to nothing')
})

test('when faces could not be looked for the reason says so', () => {
  const failure = {
    code: 'FACE_DETECTOR_FAILED',
    message: 'Faces could not be looked for: it died.',
    retry: 'later' as const,
  }
  const { scenes } = decideFraming({ sights: [sightOf(0, 20, [])], speeches: [], aspect: '9:16', size: wide, failure })
  expect(scenes[0]?.reason).toMatch(/^Faces could not be looked for: it died\. /)
})
