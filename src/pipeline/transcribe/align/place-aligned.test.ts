import { describe, expect, test } from 'vitest'
import type { Cue } from '../transcriber.ts'
import type { HeardCue } from './align-cues.ts'
import { applyAlignment } from './apply-alignment.ts'
import { guessLanguage } from './guess-language.ts'
import { judgeCues } from './judge-cues.ts'
import { createPitches } from './pitches.ts'
import { planBlocks } from './plan-blocks.ts'
import { spokenForm } from './spoken-form.ts'

const cue = (start: number, end: number, text = 'one two three'): Cue => ({
  start,
  end,
  text,
  speaker: null,
  words: null,
})
const heard = (start: number, end: number, confidence = 1): HeardCue => ({
  confidence,
  words: [{ text: 'one', start, end, confidence, timing: 'exact' }],
})

describe('planBlocks', () => {
  test('takes half a minute at once, with a cue of company on each side', () => {
    const cues = Array.from({ length: 20 }, (_, i) => cue(i * 4, i * 4 + 3))
    const blocks = planBlocks(cues, 80)
    expect(blocks.map(({ keepFrom, keepTo }) => [keepFrom, keepTo])).toEqual([
      [0, 7],
      [7, 14],
      [14, 20],
    ])
    expect(blocks[1]).toMatchObject({ from: 6, to: 15, span: { start: 21.5, end: 61.5 } })
  })

  test('leaves out cues with times, and looks for nothing across long pauses', () => {
    const cues = [cue(0, 3), { ...cue(3, 6), words: [] }, cue(6, 9), cue(100, 103)]
    expect(planBlocks(cues, 110).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [2, 3],
      [3, 4],
    ])
  })

  test('every cue is kept once', () => {
    const cues = Array.from({ length: 500 }, (_, i) => cue(i * 2.5, i * 2.5 + 2))
    const kept = planBlocks(cues, 1300).flatMap(({ keepFrom, keepTo }) =>
      Array.from({ length: keepTo - keepFrom }, (_, i) => keepFrom + i),
    )
    expect(kept).toEqual(cues.map((_, i) => i))
  })
})

describe('judgeCues', () => {
  const right = { frames: 200, cost: 0.87, backwardsCost: 0.96 }
  const wrong = { frames: 200, cost: 0.97, backwardsCost: 0.97 }

  test('believes what is heard better than its own sound played backwards', () => {
    expect(judgeCues([right, right])).toEqual([1, 1])
    expect(judgeCues([wrong, wrong])).toEqual([0, 0])
  })

  test('believes no cue that was passed over, and a short one as far as its block', () => {
    const short = { frames: 20, cost: 0.95, backwardsCost: 0.97 }
    expect(judgeCues([right, { frames: 0, cost: 0, backwardsCost: 0 }, right])[1]).toBe(0)
    expect(judgeCues([right, short, right])[1]).toBeGreaterThan(0.5)
    expect(judgeCues([wrong, short, wrong])[1]).toBe(0)
  })
})

describe('applyAlignment', () => {
  test('gives cues the words that were heard, and their span', () => {
    expect(applyAlignment([cue(1, 2)], [heard(2, 2.5)])).toMatchObject([
      { start: 2, end: 2.5, words: [{ text: 'one' }] },
    ])
  })

  test('moves an unsure cue as far as its neighbours, into the room they leave', () => {
    const cues = [cue(10, 12), cue(12, 14), cue(14, 16)]
    const [, unsure] = applyAlignment(cues, [heard(9, 11.2), null, heard(13, 15)])
    expect(unsure).toMatchObject({ words: null, start: 11.2, end: 13 })
  })

  test('does not believe neighbours that leave no room', () => {
    const cues = [cue(10, 12), cue(12, 14, 'a sentence that takes two seconds to say'), cue(14, 16)]
    const [before, unsure, after] = applyAlignment(cues, [heard(10, 13.99, 0.4), null, heard(14, 15)])
    expect(before?.words).toBeNull()
    expect(unsure).toMatchObject({ words: null, start: 12, end: 14 })
    expect(after?.words).not.toBeNull()
  })

  test('leaves everything where nothing was heard', () => {
    const cues = [cue(1, 2), cue(3, 4)]
    expect(applyAlignment(cues, [null, null])).toEqual(cues)
  })
})

test('createPitches tries first what fitted last, and gives up on music for a while', () => {
  const pitches = createPitches()
  expect(pitches.toTry()[0]).toBe(1)
  pitches.learn(1.2, [0.9, 0])
  expect(pitches.toTry()[0]).toBe(1.2)
  expect(pitches.toTry()).toHaveLength(4)
  for (let i = 0; i < 3; i++) pitches.learn(0.9, [0, 0])
  expect(pitches.toTry()).toEqual([1.2])
  for (let i = 0; i < 3; i++) pitches.learn(0.9, [0, 0])
  expect(pitches.toTry()).toHaveLength(4)
})

test.each([
  ['en', 'And so we went to the sea, that was what you wanted.'],
  ['de', 'Ich habe das nicht gewusst, und wir sind auch nicht da gewesen.'],
  ['fr', 'Je ne sais pas ce que vous voulez, mais il est dans la maison.'],
  ['es', 'No lo sé, pero es que los niños están con una amiga.'],
  ['ja', 'これはテストです。'],
  ['zh', '我们今天去北京。'],
  ['ru', 'Мы не знаем, что это такое.'],
  ['uk', 'Ми не знаємо, що це таке, їжак їсть.'],
  [null, 'xyzzy plugh 123'],
  [null, ''],
])('guessLanguage says %s of %s', (language, text) => {
  expect(guessLanguage([text])).toBe(language)
})

test.each([
  ['“Hello,', 'Hello'],
  ['don’t', "don't"],
  ['(1961).', '1961'],
  ['$5.50', '$5.50'],
  ['—', ''],
  ['<break/>', 'break'],
  ['--all', 'all'],
])('spokenForm of %s is %s', (word, form) => {
  expect(spokenForm(word)).toBe(form)
})
