import { expect, test } from 'vitest'
import { divideIntoScenes } from './divide-into-scenes.ts'

const span = { start: 10, end: 20 }

test('without a cut the span is one scene', () => {
  expect(divideIntoScenes(span, [])).toEqual([span])
})

test('divides at the cuts inside, in any order, each once', () => {
  expect(divideIntoScenes(span, [15, 12, 15, 10, 20, 3, 25])).toEqual([
    { start: 10, end: 12 },
    { start: 12, end: 15 },
    { start: 15, end: 20 },
  ])
})

test('a flash joins its longer neighbour', () => {
  expect(divideIntoScenes(span, [12, 12.2])).toEqual([
    { start: 10, end: 12 },
    { start: 12, end: 20 },
  ])
  expect(divideIntoScenes(span, [17, 17.2])).toEqual([
    { start: 10, end: 17.2 },
    { start: 17.2, end: 20 },
  ])
})

test('a short first and a short last scene join their only neighbour', () => {
  expect(divideIntoScenes(span, [10.1])).toEqual([span])
  expect(divideIntoScenes(span, [19.9])).toEqual([span])
})

test('a storm of cuts leaves no short scene, no gap, and covers the span', () => {
  const cuts = Array.from({ length: 200 }, (_, i) => 10 + ((i * 7919) % 1000) / 100)
  const scenes = divideIntoScenes(span, cuts)
  expect(scenes[0]?.start).toBe(10)
  expect(scenes.at(-1)?.end).toBe(20)
  for (const [i, scene] of scenes.entries()) {
    expect(scene.end - scene.start).toBeGreaterThanOrEqual(0.4)
    if (i > 0) expect(scene.start).toBe(scenes[i - 1]?.end)
  }
})

test('a span shorter than any scene stays whole', () => {
  expect(divideIntoScenes({ start: 0, end: 0.3 }, [0.1, 0.2])).toEqual([{ start: 0, end: 0.3 }])
})
