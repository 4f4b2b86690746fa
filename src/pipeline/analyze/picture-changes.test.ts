import { describe, expect, it } from 'vitest'
import { type CutRule, createChangeParser, createCutFinder, type PictureChange } from './picture-changes.ts'

function parse(text: string): PictureChange[] {
  const parser = createChangeParser()
  return text.split('\n').flatMap((line) => parser(line) ?? [])
}

describe('createChangeParser', () => {
  it('reads what scdet measured', () => {
    const log = `[Parsed_metadata_3 @ 0x55d0] frame:0    pts:0       pts_time:0
[Parsed_metadata_3 @ 0x55d0] lavfi.scd.mafd=0.000
[Parsed_metadata_3 @ 0x55d0] frame:1    pts:69120   pts_time:5.4
[Parsed_metadata_3 @ 0x55d0] lavfi.scd.mafd=11.349`
    expect(parse(log)).toEqual([
      { time: 0, difference: 0 },
      { time: 5.4, difference: 11.349 },
    ])
  })

  it('reads the older filters in the same measure', () => {
    const log = `[Parsed_metadata_4 @ 0x2a] frame:0    pts:69120   pts_time:5.4
[Parsed_metadata_4 @ 0x2a] lavfi.signalstats.YAVG=28.9`
    expect(parse(log)[0]?.time).toBe(5.4)
    expect(parse(log)[0]?.difference).toBeCloseTo(11.29, 2)
  })

  it('ignores other lines, and measures without a time', () => {
    expect(parse('lavfi.scd.mafd=12\nStream mapping:\nframe:3 pts:1 pts_time:nan\nlavfi.scd.mafd=12')).toEqual([])
  })
})

describe('createCutFinder', () => {
  const cutsIn = (differences: number[], rule: CutRule) => {
    const isCut = createCutFinder(rule)
    return differences.flatMap((difference, time) => (isCut({ time, difference }) ? [time] : []))
  }

  it('finds what stands out', () => {
    expect(cutsIn([0, 1, 1, 30, 1, 1, 11.3, 0], { outright: null })).toEqual([3, 6])
  })

  it('takes steady motion for motion', () => {
    expect(cutsIn([0, 9, 16, 18, 17, 15], { outright: null })).toEqual([])
  })

  it('finds cuts one after the other where each picture is another scene', () => {
    expect(cutsIn([0, 40, 38, 41], { outright: 25 })).toEqual([1, 2, 3])
    expect(cutsIn([0, 40, 38, 41], { outright: null })).toEqual([1])
  })
})
