import { afterEach, describe, expect, it } from 'vitest'
import { toErrorRecord } from '../../../domain/app-error.ts'
import { createDetectionThreads, type DetectionThreads } from './detection-threads.ts'
import type { Question } from './messages.ts'
import { packSegments } from './pack-segments.ts'

const open: DetectionThreads[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((threads) => threads.close()))
})

function misbehaving(options = {}) {
  const entry = new URL('./misbehaving-thread-for-test.ts', import.meta.url)
  const threads = createDetectionThreads({ threads: 1, heapMb: 16, entry, ...options })
  open.push(threads)
  const ask = (behaviour: string, signal?: AbortSignal) =>
    threads.ask<'moments'>(question(behaviour), signal === undefined ? {} : { signal })
  return { ask, threads }
}

function question(query: string): Extract<Question, { task: 'moments' }> {
  return {
    task: 'moments',
    segments: packSegments([]),
    duration: 60,
    analysis: null,
    settings: { mode: 'query', query, count: 1, minSeconds: 12, maxSeconds: 60 },
    judgements: null,
    ranker: { detector: { rung: 'ranker', name: 'none', version: '1' } },
  }
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  )

describe('threads', () => {
  it('answer one question after the other', async () => {
    const { ask } = misbehaving()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('answer')))
    expect(answers).toHaveLength(20)
    expect(answers[19]).toEqual({ result: { lighter: false }, seconds: 1, lighter: null })
  })

  it('carry an error over with its code, sentence, hint, evidence and whether to try again', async () => {
    const { ask } = misbehaving()
    expect(toErrorRecord(await failureOf(ask('refuse')))).toEqual({
      code: 'WRONG_USAGE',
      message: 'It was asked wrongly.',
      hint: 'Ask again.',
      evidence: { output: 'last line' },
      retry: 'later',
    })
    const broken = await failureOf(ask('break'))
    expect(broken).toMatchObject({ name: 'RangeError', message: 'too far' })
    expect(toErrorRecord(broken).code).toBe('UNEXPECTED')
  })

  it.each(['end', 'throw'])('that %s without an answer are replaced', async (behaviour) => {
    const { ask } = misbehaving()
    expect(toErrorRecord(await failureOf(ask(behaviour)))).toMatchObject({
      code: 'DETECTION_THREAD_LOST',
      retry: 'later',
    })
    expect(await ask('answer')).toMatchObject({ result: { lighter: false } })
  })

  it('are asked in the lighter way when memory runs out, and only once', async () => {
    const { ask } = misbehaving()
    const answered = await ask('grow')
    expect(answered.result).toEqual({ lighter: true })
    expect(answered.lighter).toMatch(/more than 16 MB of memory/)
    expect(toErrorRecord(await failureOf(ask('grow always')))).toMatchObject({
      code: 'DETECTION_TOO_LARGE',
      retry: 'never',
    })
    expect(await ask('answer')).toEqual({ result: { lighter: false }, seconds: 1, lighter: null })
  })

  it('end at an abort, in the middle and in line, and leave the others alone', async () => {
    const { ask } = misbehaving()
    const [first, second] = [new AbortController(), new AbortController()]
    const stuck = failureOf(ask('hang', first.signal))
    const inLine = failureOf(ask('answer', second.signal))
    const after = ask('answer')
    second.abort(new Error('not needed'))
    expect(await inLine).toMatchObject({ message: 'not needed' })
    first.abort(new Error('enough'))
    expect(await stuck).toMatchObject({ message: 'enough' })
    expect(await after).toMatchObject({ result: { lighter: false } })
    expect(await failureOf(ask('answer', AbortSignal.abort(new Error('too late'))))).toMatchObject({
      message: 'too late',
    })
  })

  it('say what they can not be asked, and go on', async () => {
    const { ask, threads } = misbehaving()
    const asked = threads.ask<'moments'>(question((() => 1) as never))
    expect(await failureOf(asked)).toMatchObject({ name: 'DataCloneError' })
    expect(await ask('answer')).toMatchObject({ result: { lighter: false } })
  })

  it('that are closed let nobody wait', async () => {
    const { ask, threads } = misbehaving()
    const waiting = [failureOf(ask('hang')), failureOf(ask('answer'))]
    await threads.close()
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'DETECTION_THREAD_LOST' })
  })

  it('end by themselves when nobody asks', async () => {
    const { ask } = misbehaving({ idleSeconds: 0 })
    await ask('answer')
    expect(await ask('answer')).toMatchObject({ result: { lighter: false } })
  })
})
