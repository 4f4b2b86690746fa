import { describe, expect, it } from 'vitest'
import { flow, lastJob } from '../flow.ts'
import { kindsPerMoment } from './follow.ts'
import { type StepState, whatIsNext } from './what-is-next.ts'

const next = (text: string, momentCount: number | null = null) =>
  whatIsNext(flow, { steps: parse(text), momentCount, last: lastJob.name })

/** `cut:2 done, cut:3 failed` → steps. */
function parse(text: string): StepState[] {
  return text.split(', ').map((entry) => {
    const [name = '', status] = entry.split(' ')
    const [kind, subject = '0'] = name.split(':')
    return { kind, subject: Number(subject), status } as StepState
  })
}

const begun = (text: string, momentCount: number | null = null) =>
  next(text, momentCount).begin.map(({ kind, subject }) => `${kind}:${subject}`)

describe('what is next', () => {
  it('knows which kinds exist once for each moment', () => {
    expect([...kindsPerMoment(flow)]).toEqual(['reframe', 'cut'])
  })

  it('begins both branches after ingest, once', () => {
    expect(begun('ingest done')).toEqual(['transcribe:0', 'analyze:0'])
    expect(begun('ingest done, transcribe working, analyze queued')).toEqual([])
  })

  it('waits for both branches before detect', () => {
    expect(begun('ingest done, transcribe done, analyze working')).toEqual([])
    expect(begun('ingest done, transcribe done, analyze done')).toEqual(['detect:0'])
  })

  it('begins a branch for each moment', () => {
    const done = 'ingest done, transcribe done, analyze done, detect done'
    expect(begun(done, 3)).toEqual(['reframe:1', 'reframe:2', 'reframe:3'])
    expect(begun(`${done}, reframe:1 done, reframe:2 working, reframe:3 queued`, 3)).toEqual(['cut:1'])
  })

  it('goes straight to the end when there are no moments', () => {
    expect(begun('ingest done, transcribe done, analyze done, detect done', 0)).toEqual(['conclude:0'])
  })

  it('concludes when every cut has ended, even if some failed', () => {
    const done = 'ingest done, transcribe done, analyze done, detect done, reframe:1 done, reframe:2 done'
    expect(begun(`${done}, cut:1 done, cut:2 working`, 2)).toEqual([])
    expect(begun(`${done}, cut:1 done, cut:2 failed`, 2)).toEqual(['conclude:0'])
  })

  it('skips the cut of a failed reframe and concludes in the same breath', () => {
    const steps = 'ingest done, transcribe done, analyze done, detect done, reframe:1 failed'
    expect(next(steps, 1)).toEqual({
      begin: [{ kind: 'conclude', subject: 0 }],
      skip: [{ kind: 'cut', subject: 1 }],
      outcome: 'working',
    })
  })

  it('fails the run when a step it all stands on failed', () => {
    expect(next('ingest done, transcribe failed, analyze working')).toEqual({ begin: [], skip: [], outcome: 'failed' })
  })

  it('is done when conclude is', () => {
    expect(next('ingest done, transcribe done, analyze done, detect done, conclude done', 0).outcome).toBe('done')
  })
})
