import { describe, expect, test } from 'vitest'
import { alignFrames, type FramesToAlign } from './align-frames.ts'
import { reverseCues } from './reverse-cues.ts'
import { type SoundVectors, vectorSize } from './sound-vectors.ts'

/** Frames that each sound like a number; 0 is silence. */
function sound(frames: readonly number[]): SoundVectors {
  const values = new Float32Array(frames.length * vectorSize)
  for (const [i, frame] of frames.entries())
    for (let k = 0; k < vectorSize; k++) values[i * vectorSize + k] = Math.sin(frame * (k + 1) * 1.7) * 2
  return { count: frames.length, values, presence: Float32Array.from(frames, (frame) => (frame === 0 ? 0 : 1)) }
}

const repeat = (value: number, times: number) => Array.from({ length: times }, () => value)
/** Two cues: `1 2` and `3`. */
const said = [...repeat(1, 10), ...repeat(2, 10), ...repeat(3, 10)]
const problem = (heard: readonly number[], changes: Partial<FramesToAlign> = {}): FramesToAlign => ({
  heard: sound(heard),
  said: sound(said),
  starts: Int32Array.of(0, 10, 20, 30),
  cueStarts: Int32Array.of(0, 2, 3),
  expected: Float32Array.of(20, 30, 60),
  reach: 60,
  mayPassOver: true,
  ...changes,
})

describe('alignFrames', () => {
  test('finds words where they are heard, around pauses', () => {
    const heard = [
      ...repeat(0, 15),
      ...repeat(1, 10),
      ...repeat(0, 20),
      ...repeat(2, 12),
      ...repeat(3, 10),
      ...repeat(0, 9),
    ]
    const { starts, ends } = alignFrames(problem(heard))
    expect([...starts]).toEqual([15, 45, 57])
    expect([...ends]).toEqual([25, 57, 67])
  })

  test('follows a slow and a fast speaker', () => {
    const heard = [...repeat(1, 18), ...repeat(2, 6), ...repeat(3, 20)]
    expect([...alignFrames(problem(heard)).starts]).toEqual([0, 18, 24])
  })

  test('passes over a cue for which there is no room', () => {
    const heard = [...repeat(0, 4), ...repeat(3, 10), ...repeat(0, 40)]
    const { starts } = alignFrames(problem(heard))
    expect([...starts]).toEqual([-1, -1, 4])
  })

  test('does not look beyond the reach', () => {
    const heard = [...repeat(0, 5), ...repeat(3, 10), ...repeat(0, 200)]
    const far = problem(heard, { expected: Float32Array.of(150, 160, 190), reach: 20 })
    for (const start of alignFrames(far).starts) expect(start === -1 || start > 100).toBe(true)
  })

  test('answers for no words, no sound, and words without sound', () => {
    const empty = {
      starts: Int32Array.of(0),
      cueStarts: Int32Array.of(0),
      expected: new Float32Array(0),
      said: sound([]),
    }
    expect([...alignFrames(problem(repeat(0, 10), empty)).starts]).toEqual([])
    expect([...alignFrames(problem([])).starts]).toEqual([-1, -1, -1])
    const silentWord = { starts: Int32Array.of(0, 10, 10, 20), said: sound([...repeat(1, 10), ...repeat(3, 10)]) }
    expect([...alignFrames(problem([...repeat(1, 10), ...repeat(3, 10)], silentWord)).starts]).toEqual([0, -1, 10])
  })
})

test('reverseCues plays each cue backwards in its place', () => {
  const { said: reversed, starts, mayPassOver } = reverseCues(problem([]))
  expect([...starts]).toEqual([0, 10, 20, 30])
  expect(mayPassOver).toBe(false)
  // What changes changes its sign, what is does not.
  expect(reversed.values[0]).toBe(sound([2]).values[0])
  expect(reversed.values[vectorSize - 1]).toBe(-(sound([2]).values[vectorSize - 1] ?? 0))
})
