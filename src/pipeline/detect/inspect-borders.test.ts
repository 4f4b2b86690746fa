import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { inspectBorders } from './inspect-borders.ts'

const lines: Line[] = [
  ['Ana', 'The boats of the north leak in winter.'],
  ['Ana', 'Why do they leak?'],
  ['Bo', 'The tar cracks in the cold wind.'],
  ['Bo', "That's why we paint them every spring."],
  ['Ana', 'My uncle sold kites.'],
]
const segments = conversation(lines, { pause: 0.5 })
const duration = 60
const at = (i: number) => segments[i] ?? { start: 0, end: 0 }
const inspect = (start: number, end: number) => inspectBorders([{ start, end }], { segments, duration })
const clean = { opensInside: 0, closesInside: 0, deadAir: 0, answersAlone: 0, leans: 0 }

describe('inspectBorders', () => {
  it('finds nothing wrong with whole sentences that stand alone', () => {
    expect(inspect(at(0).start, at(0).end + 0.2)).toMatchObject({ clips: 1, ...clean })
    expect(inspect(at(1).start - 0.15, at(3).end + 0.2)).toMatchObject(clean)
    expect(inspectBorders([], { segments, duration })).toMatchObject({ clips: 0, ...clean })
  })

  it('finds clips that open or close inside a sentence', () => {
    expect(inspect(at(0).start + 0.9, at(0).end)).toMatchObject({ ...clean, opensInside: 1 })
    expect(inspect(at(0).start, at(0).end - 0.9)).toMatchObject({ ...clean, closesInside: 1 })
  })

  it('finds clips cut from the middle of a sentence that lasts for minutes', () => {
    const endless = conversation([['Ana', `${'and then we went on to the next harbour, '.repeat(60)}and home.`]])
    const { faults } = inspectBorders([{ start: 60.05, end: 100 }], { segments: endless, duration: 300 })
    expect(faults).toMatchObject([{ opensInside: true, closesInside: true }])
  })

  it('finds clips that close where somebody is interrupted', () => {
    const broken = conversation([
      ['Ana', 'The boats leak.'],
      ['Ana', 'So I was just about to'],
      ['Bo', 'Not now.'],
    ])
    expect(inspectBorders([{ start: 0, end: broken[1]?.end ?? 0 }], { segments: broken, duration })).toMatchObject({
      closesInside: 1,
    })
    expect(inspectBorders([{ start: 0, end: broken[2]?.end ?? 0 }], { segments: broken, duration })).toMatchObject({
      closesInside: 0,
    })
  })

  it('measures the silence at both ends', () => {
    const { deadAir, faults } = inspect(at(4).start - 0.2, at(4).end + 2)
    expect(deadAir).toBe(1)
    expect(faults[0]?.silentBefore).toBeCloseTo(0.2)
    expect(faults[0]?.silentAfter).toBeCloseTo(2)
    expect(inspect(at(4).start - 0.3, at(4).end + 0.3).deadAir).toBe(0)
  })

  it('finds answers without their question, and what leans on what came before', () => {
    expect(inspect(at(2).start, at(2).end)).toMatchObject({ ...clean, answersAlone: 1 })
    expect(inspect(at(3).start, at(4).end)).toMatchObject({ ...clean, leans: 1 })
  })

  it('lets a silence make a beginning of anything', () => {
    const later = conversation([['Bo', "That's why we paint them."]], { from: at(4).end + 10 })
    const end = later[0]?.end ?? 0
    expect(
      inspectBorders([{ start: at(4).end + 10, end }], { segments: [...segments, ...later], duration }),
    ).toMatchObject(clean)
  })

  it('says of a clip in which nobody speaks that nothing is cut', () => {
    expect(inspect(40, 50)).toMatchObject(clean)
  })
})
