import { describe, expect, it } from 'vitest'
import type { ClipChanges } from '../../clip-changes.ts'
import { type AskedEdit, changeClip } from './change-clip.ts'

const moment = { start: 100, end: 120 }
const ask = (asked: Partial<AskedEdit>, current: ClipChanges = {}) =>
  changeClip(current, { remove: [], keep: [], replace: [], ...asked }, moment)

describe('an edit', () => {
  it.each([
    ['begins later', { trimStart: 1.5 }, [[101.5, 120]]],
    ['begins earlier', { trimStart: -1.5 }, [[98.5, 120]]],
    ['ends earlier', { trimEnd: 0.4 }, [[100, 119.6]]],
    ['ends later', { trimEnd: -2 }, [[100, 122]]],
    ['both', { trimStart: 1, trimEnd: 1 }, [[101, 119]]],
  ])('%s', (_, asked, expected) => {
    expect(ask(asked).ranges?.map(({ start, end }) => [start, end])).toEqual(expected)
  })

  it('trims through whole ranges', () => {
    const ranges = [
      { start: 10, end: 12 },
      { start: 50, end: 55 },
      { start: 1, end: 2 },
    ]
    expect(ask({ trimStart: 3, trimEnd: 1.5 }, { ranges }).ranges).toEqual([{ start: 51, end: 54.5 }])
  })

  it('back to where it was is none', () => {
    expect(ask({ trimStart: -1.5 }, ask({ trimStart: 1.5 }))).toEqual({})
  })

  it.each([
    [{ trimStart: 20 }, 'leaves nothing'],
    [{ trimStart: 12, trimEnd: 12 }, 'leaves nothing'],
    [{ trimStart: -101 }, '1.0 s before the recording'],
  ])('of %j is refused', (asked, message) => {
    expect(() => ask(asked)).toThrow(message)
  })

  it('adds to what was asked before, and the last word counts', () => {
    const first = ask({ remove: ['um', 'You know'], replace: [{ from: 'Jon', to: 'John' }], title: 'One' })
    const second = ask(
      { remove: ['like#2'], keep: ['you know,'], replace: [{ from: 'jon', to: 'Joan' }], title: 'Two', zoom: null },
      first,
    )
    expect(second).toEqual({
      remove: ['um', 'like#2'],
      keep: ['you know,'],
      replace: [{ from: 'jon', to: 'Joan' }],
      title: 'Two',
      zoom: null,
    })
    expect(ask({ remove: ['you know'] }, second)).toMatchObject({ remove: ['um', 'like#2', 'you know'] })
    expect(ask({ remove: ['you know'] }, second)).not.toHaveProperty('keep')
  })

  it('of the second time is not one of every time', () => {
    expect(ask({ keep: ['um#2'] }, { remove: ['um'] })).toEqual({ remove: ['um'], keep: ['um#2'] })
  })
})

describe('stretches of time', () => {
  const word = (start: number, end: number) => ({ start, end })

  it('taken out twice are taken out once', () => {
    const twice = ask({ remove: [word(101, 102)] }, ask({ remove: [word(101, 102)] }))
    expect(twice).toEqual({ remove: [word(101, 102)] })
  })

  it('come back, also a part of them', () => {
    const removed = ask({ remove: [word(101, 104)] })
    expect(ask({ keep: [word(102, 103)] }, removed)).toEqual({
      remove: [word(101, 102), word(103, 104)],
      keep: [word(102, 103)],
    })
    expect(ask({ keep: [word(101, 104)] }, removed)).toEqual({ keep: [word(101, 104)] })
  })

  it('and phrases leave each other alone', () => {
    expect(ask({ remove: [word(101, 102)], keep: ['you know'] }, { remove: ['you know', 'like'] })).toEqual({
      remove: ['like', word(101, 102)],
      keep: ['you know'],
    })
  })
})

it('says how one clip looks, unlike the others', () => {
  const box = ask({ captions: 'box', aspect: '1:1' })
  expect(ask({ captions: 'none' }, box)).toEqual({ captions: 'none', aspect: '1:1' })
})
