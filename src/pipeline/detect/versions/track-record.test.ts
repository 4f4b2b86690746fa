import { expect, test } from 'vitest'
import type { Verdict } from '../../../domain/feedback.ts'
import type { Feedback } from '../../../library/feedback.store.ts'
import { trackRecords } from './track-record.ts'

let id = 0
const verdictOn = (name: string, verdict: Verdict, changes: Partial<Feedback> = {}): Feedback => ({
  id: ++id,
  recordingId: 'talk',
  clipId: null,
  momentId: null,
  span: { start: 0, end: 30 },
  mode: 'viral',
  features: {},
  detector: { rung: 'ranker', name, version: '1' },
  verdict,
  at: new Date(0),
  by: 'cli',
  ...changes,
})
const run = { recordingId: 'talk', failed: false, secondsPerHour: 0.2 }

test('each version has what it did, and what people made of it', () => {
  const records = trackRecords(
    [
      { ...run, detector: 'a@1' },
      { ...run, detector: 'b@1', failed: true, secondsPerHour: null },
    ],
    [
      verdictOn('a', { kind: 'discard' }),
      verdictOn('b', { kind: 'keep' }, { span: { start: 40, end: 60 } }),
      verdictOn('claude', { kind: 'discard' }),
    ],
  )
  expect(records.get('a@1')).toMatchObject({
    runs: [{ failed: false }],
    judged: [{ recordingId: 'talk', discarded: true }],
  })
  expect(records.get('b@1')).toMatchObject({ runs: [{ failed: true }], judged: [{ discarded: false }] })
  expect(records.get('claude@1')?.runs).toEqual([])
})

test('the last verdict on a moment counts, and three stars are none', () => {
  const judged = (...verdicts: Verdict[]) =>
    trackRecords(
      [],
      verdicts.map((verdict) => verdictOn('a', verdict)),
    )
      .get('a@1')
      ?.judged.map(({ discarded }) => discarded)
  expect(judged({ kind: 'discard' }, { kind: 'keep' })).toEqual([false])
  expect(judged({ kind: 'discard' }, { kind: 'stars', stars: 3 })).toBeUndefined()
  expect(judged({ kind: 'comment', text: 'hm' })).toBeUndefined()
})
