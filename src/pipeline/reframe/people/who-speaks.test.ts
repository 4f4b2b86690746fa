import { expect, test } from 'vitest'
import { faceTrack } from '../../../../test/support/face-tracks.ts'
import type { Appearance } from './identify-people.ts'
import { type Speech, whoSpeaks } from './who-speaks.ts'

const speech = (start: number, end: number, speaker: string | null): Speech => ({ start, end, speaker })
/** Ada and Ben take turns of five seconds. */
const conversation = [speech(0, 5, 'Ada'), speech(5, 10, 'Ben'), speech(10, 15, 'Ada'), speech(15, 20, 'Ben')]
const unnamed = conversation.map(({ start, end }) => speech(start, end, null))
const isAda = (time: number) => Math.floor(time / 5) % 2 === 0

function person(number: number, mouth: (time: number) => number, span = { start: 0, end: 20 }): Appearance {
  return {
    scene: 0,
    person: number,
    track: faceTrack({ ...span, at: () => ({ x: 0.2 + 0.5 * number, y: 0.4 }), mouth }),
  }
}

/** Mouths are never quite still, and speakers pause. */
const noisy = (speaks: (time: number) => boolean) => (time: number) =>
  0.4 + 0.3 * Math.abs(Math.sin(time * 37)) + (speaks(time) && Math.sin(time * 11) > -0.5 ? 2.5 : 0)

const left = person(0, noisy(isAda))
const right = person(
  1,
  noisy((time) => !isAda(time)),
)

test('names belong to the mouths that move when they speak', () => {
  expect(whoSpeaks(conversation, [left, right]).map((turn) => turn.person)).toEqual([0, 1, 0, 1])
  const swapped = [
    person(
      0,
      noisy((time) => !isAda(time)),
    ),
    person(1, noisy(isAda)),
  ]
  expect(whoSpeaks(conversation, swapped).map((turn) => turn.person)).toEqual([1, 0, 1, 0])
})

test('without names each sentence goes to the mouth that moves', () => {
  expect(whoSpeaks(unnamed, [left, right]).map((turn) => turn.person)).toEqual([0, 1, 0, 1])
})

test('one mouth seen moving is enough for two names', () => {
  expect(whoSpeaks(conversation, [left, person(1, () => 0.5)]).map((turn) => turn.person)).toEqual([0, 1, 0, 1])
})

test('mouths that tell nothing give nobody', () => {
  const quiet = [person(0, () => 0.5), person(1, () => 0.5)]
  expect(whoSpeaks(conversation, quiet).every((turn) => turn.person === null)).toBe(true)
  expect(whoSpeaks(unnamed, quiet).every((turn) => turn.person === null)).toBe(true)
})

test('someone who chews all the time is not the speaker', () => {
  const chewing = person(0, () => 4)
  expect(whoSpeaks(unnamed, [chewing, right]).map((turn) => turn.person)).toContain(1)
})

test('the only face belongs to the only voice', () => {
  expect(whoSpeaks([speech(0, 9, 'Ada')], [person(4, () => 0)])).toEqual([{ start: 0, end: 9, person: 4 }])
})

test('whom the editor shows while a name speaks owns that name', () => {
  const shots: Appearance[] = [0, 1, 2, 3].map((scene) => ({
    scene,
    person: scene % 2,
    track: faceTrack({ start: scene * 5, end: scene * 5 + 5, at: () => ({ x: 0.5, y: 0.4 }), mouth: () => 1 }),
  }))
  expect(whoSpeaks(conversation, shots).map((turn) => turn.person)).toEqual([0, 1, 0, 1])
})

test('sentences of one person in a row are one turn', () => {
  const turns = whoSpeaks([speech(0, 2, 'Ada'), speech(2, 4, 'Ada'), speech(5, 10, 'Ben')], [left, right])
  expect(turns.length).toBeLessThanOrEqual(2)
})

test('nobody in the picture, nothing said: nothing to tell', () => {
  expect(whoSpeaks(conversation, []).every((turn) => turn.person === null)).toBe(true)
  expect(whoSpeaks([], [left])).toEqual([])
})
