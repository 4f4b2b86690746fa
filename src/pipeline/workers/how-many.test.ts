import { describe, expect, it } from 'vitest'
import type { StepKind } from '../../domain/run.ts'
import type { Machine } from '../../observability/machine.ts'
import { type Bounds, howMany } from './how-many.ts'
import { costsWith, stepCosts } from './step-costs.ts'

const laptop: Machine = {
  cores: 8,
  loadPerCore: 0.3,
  cpuPressure: 0,
  totalMegabytes: 16_000,
  freeMegabytes: 12_000,
  memoryPressure: 0,
}
const free: Bounds = { least: 1, most: 64 }

interface Case {
  kind?: StepKind
  machine?: Partial<Machine>
  active?: [StepKind, number][]
  bounds?: Partial<Bounds>
  heldBack?: number
  promisedMegabytes?: number
}

function judge({ kind = 'cut', machine = {}, active = [], bounds = {}, ...rest }: Case) {
  const { count, of, short } = howMany(kind, {
    machine: { ...laptop, ...machine },
    costs: stepCosts,
    active: new Map(active),
    bounds: { ...free, ...bounds },
    heldBack: 0,
    ...rest,
  })
  return [count, of, short]
}

describe.each<[string, Case, [number, number, string | null]]>([
  ['eight cores cut four', {}, [4, 4, null]],
  ['two cores cut one', { machine: { cores: 2 } }, [1, 1, null]],
  ['half a core still cuts one', { machine: { cores: 0.5 } }, [1, 1, null]],
  ['detections mostly wait', { kind: 'detect', machine: { cores: 2 } }, [4, 4, null]],
  ['a person may want more than cores allow', { machine: { cores: 2 }, bounds: { wanted: 3 } }, [3, 3, null]],
  ['but not more than the most', { bounds: { wanted: 9, most: 5 } }, [5, 5, null]],
  ['the most is the most', { bounds: { most: 2 } }, [2, 2, null]],
  [
    'the least is the least, whatever is short',
    { machine: { freeMegabytes: 0 }, bounds: { least: 3 } },
    [3, 4, 'memory'],
  ],
  ['a least above the most wins', { bounds: { least: 6, most: 2 } }, [6, 6, null]],
  ['little is free: one', { machine: { freeMegabytes: 2000 } }, [1, 4, 'memory']],
  ['nothing is free: never none', { machine: { freeMegabytes: 0 } }, [1, 4, 'memory']],
  [
    'what is under way has its memory already',
    { machine: { freeMegabytes: 2600 }, active: [['cut', 2]] },
    [3, 4, 'memory'],
  ],
  [
    'what was just begun will still take its memory',
    { machine: { freeMegabytes: 4400 }, active: [['cut', 2]], promisedMegabytes: 1800 },
    [3, 4, 'memory'],
  ],
  [
    'a small machine, before anything shows',
    { machine: { totalMegabytes: 2000, freeMegabytes: 1900 } },
    [1, 4, 'memory'],
  ],
  [
    'other kinds take of the whole',
    { machine: { totalMegabytes: 4000, freeMegabytes: null }, active: [['reframe', 4]] },
    [2, 4, 'memory'],
  ],
  ['what is free is not known', { machine: { freeMegabytes: null } }, [4, 4, null]],
  ['the machine is busy', { heldBack: 1 }, [3, 4, 'load']],
  ['very busy: never none', { heldBack: 99 }, [1, 4, 'load']],
  ['what is shorter is named', { heldBack: 1, machine: { freeMegabytes: 2000 } }, [1, 4, 'memory']],
])('%s', (_, situation, expected) => {
  it(`is ${expected.join(', ')}`, () => expect(judge(situation)).toEqual(expected))
})

it('a local speech model counts with half as much again as its files', () => {
  expect(costsWith(600e6).transcribe.megabytes).toBe(stepCosts.transcribe.megabytes + 900)
  expect(costsWith(600e6).cut).toEqual(stepCosts.cut)
})
