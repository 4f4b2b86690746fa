import { expect, it } from 'vitest'
import type { WorkerState } from '../../domain/worker.ts'
import { workersText } from './worker-text.ts'

const worker: WorkerState = {
  id: 'w',
  identity: { host: 'studio', bootId: 'b', pid: 42, startTime: '1' },
  kinds: ['reframe', 'cut'],
  limits: { reframe: 2, cut: 1 },
  onlyRun: null,
  status: 'working',
  doing: [{ stepId: 'a', kind: 'cut', runId: 'r' }],
  doneCount: 1,
  restarts: 2,
  shortages: [
    { kind: 'cut', count: 1, of: 2, short: 'memory' },
    { kind: 'reframe', count: 2, of: 4, short: 'load' },
  ],
  memoryBytes: 150_000_000,
  loadPerCore: 2.34,
  freeMegabytes: 900,
  loopDelayMs: 4,
  startedAt: new Date(0),
  beatAt: new Date(3_599_000),
}
const now = new Date(3_600_000)

it('says of each worker how it does and why it takes no more', () => {
  expect(workersText([worker], now)).toEqual([
    'Worker 42 on studio: cut (takes reframe, cut; 150 MB)',
    '    up 60 min, heard of 1 s ago; 1 step since, 2 restarts',
    '    at once: 2 reframe, 1 cut',
    '    its machine: 2.3 tasks a core, 900 MB free',
    "    the machine's memory is short: 1 of 2 cut",
    '    the machine is busy: 2 of 4 reframe',
  ])
})

it('leaves out what is not known, and says of one run', () => {
  const one = { ...worker, loadPerCore: null, freeMegabytes: null, shortages: [], onlyRun: '11111111-2222' }
  expect(workersText([one], now).slice(3)).toEqual(['    for run 11111111 alone'])
})

it('says that there is none', () => {
  expect(workersText([], now)[0]).toContain('Nobody works now')
})
