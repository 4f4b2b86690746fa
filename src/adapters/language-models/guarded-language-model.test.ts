import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type MockProvider, startMockProvider } from '../../../test/support/mock-provider.ts'
import { temporaryDatabase } from '../../../test/support/temporary-database.ts'
import type { Database } from '../../database/connect.ts'
import { json } from '../../database/json.ts'
import { beginModelCall } from '../../library/model-calls.store.ts'
import { thisProcess } from '../../observability/this-process.ts'
import type { Question } from '../../pipeline/language-model.ts'
import type { Clock } from './clock.ts'
import { guardedLanguageModel } from './guarded-language-model.ts'
import type { ModelLimits, ModelSetup } from './model-setup.ts'
import { modelStates } from './model-states.ts'
import { openWireModel } from './open-wire-model.ts'

let claude: MockProvider
let mistral: MockProvider
let database: Database
beforeAll(async () => {
  claude = await startMockProvider()
  mistral = await startMockProvider()
  database = await temporaryDatabase()
})
afterEach(() => database.kysely.deleteFrom('model_calls').execute())
afterEach(() => database.kysely.deleteFrom('events').execute())
afterAll(async () => {
  await Promise.all([claude.stop(), mistral.stop(), database.close()])
})

/** Time stands still until somebody waits. */
function fakeClock() {
  let time = Date.UTC(2026, 10, 22, 12)
  return {
    now: async () => new Date(time),
    async sleep(seconds: number, signal: AbortSignal) {
      signal.throwIfAborted()
      const until = time + seconds * 1000
      // Everybody else gets as far as they can in no time.
      await setImmediate()
      time = Math.max(time, until)
      signal.throwIfAborted()
    },
    advance: (seconds: number) => {
      time += seconds * 1000
    },
    seconds: () => time / 1000,
  } satisfies Clock & Record<string, unknown>
}

const limits: ModelLimits = {
  callsPerMinute: 100,
  callsAtOnce: 100,
  tokensPerRecording: 1e6,
  tokensPerDay: 1e6,
  usdPerRecording: 10,
  usdPerDay: 10,
  timeoutSeconds: 60,
  patienceSeconds: 600,
}

interface Options {
  limits?: Partial<ModelLimits>
  setups?: [ModelSetup, ...ModelSetup[]]
  clock?: ReturnType<typeof fakeClock>
}

function start({ limits: changes = {}, setups = [claude.setup()], clock = fakeClock() }: Options = {}) {
  const model = guardedLanguageModel({
    db: database.kysely,
    setups,
    limits: { ...limits, ...changes },
    open: openWireModel,
    clock,
  })
  const requestsBefore = claude.requests().length
  return {
    clock,
    model,
    ask: (about = 'boats', more: Partial<Question<Answer>> = {}, signal = never) =>
      model.ask({ ...question(about), ...more }, { signal }),
    asked: () => claude.requests().length - requestsBefore,
  }
}

const never = new AbortController().signal
const schema = z.object({ best: z.array(z.number()) })
type Answer = z.infer<typeof schema>

function question(about: string): Question<Answer> {
  return {
    purpose: 'moments',
    promptVersion: 'test-1',
    system: 'You are an editor.',
    prompt: `Which passages about ${about} are best?`,
    schema,
    problemsOf: ({ best }) => (best.every((number) => number <= 9) ? [] : ['There is no passage above 9.']),
    maxOutputTokens: 1000,
    recordingId: null,
    runId: null,
    keepSeconds: Number.POSITIVE_INFINITY,
  }
}

const good = { content: '{"best":[3,1]}' }
const down = { error: { message: 'broken' }, status: 500 }

/** Behaves so for each request in turn, the last one for all that follow. */
function inTurn(...behaviours: Parameters<MockProvider['behave']>[0][]) {
  let next = 0
  return (request: Parameters<Extract<Parameters<MockProvider['behave']>[0], (...args: never[]) => unknown>>[0]) => {
    const behaviour = behaviours[Math.min(next++, behaviours.length - 1)] ?? good
    return typeof behaviour === 'function' ? behaviour(request) : behaviour
  }
}

const calls = () => database.kysely.selectFrom('model_calls').selectAll().orderBy('begun_at').execute()
const outcomes = async () => (await calls()).map(({ outcome }) => outcome)
const events = async () =>
  (await database.kysely.selectFrom('events').selectAll().orderBy('id').execute()).map(({ name }) => name)

describe('an answer', () => {
  it('comes with who gave it, and the call is kept with what it cost', async () => {
    claude.behave({ ...good, usage: { input_tokens: 900, output_tokens: 100 } })
    const { ask } = start()
    expect(await ask()).toEqual({
      outcome: 'answered',
      answer: { best: [3, 1] },
      by: { provider: 'anthropic', model: 'claude-sonnet-5-5', label: 'Claude' },
      cached: false,
    })
    const [call] = await calls()
    expect(call).toMatchObject({
      provider: 'anthropic',
      model: 'claude-sonnet-5-5',
      purpose: 'moments',
      prompt_version: 'test-1',
      outcome: 'answered',
      answer: { best: [3, 1] },
      input_tokens: 900,
      output_tokens: 100,
      cost_usd: (900 * 2 + 100 * 10) / 1e6,
      error: null,
    })
    expect(call?.reserved_tokens).toBeGreaterThan(1000)
    expect(call?.reserved_usd).toBeGreaterThan(0.01)
    expect(JSON.stringify(call)).not.toMatch(/sk-mock|Which passages/)
  })

  it('is paid for once, also over processes', async () => {
    claude.behave(good)
    await start().ask()
    const { ask, asked } = start()
    expect(await ask()).toMatchObject({ outcome: 'answered', answer: { best: [3, 1] }, cached: true })
    const [call] = await calls()
    expect(await database.kysely.selectFrom('model_reuses').select('call_id').execute()).toEqual([
      { call_id: call?.id },
    ])
    expect(asked()).toBe(0)
    expect(await ask('trains')).toMatchObject({ cached: false })
    expect(asked()).toBe(1)
  })

  it('is as good as new only for as long as the question says', async () => {
    claude.behave(good)
    const { ask, asked, clock } = start()
    await ask('boats', { keepSeconds: 300 })
    clock.advance(299)
    expect(await ask('boats', { keepSeconds: 300 })).toMatchObject({ cached: true })
    clock.advance(2)
    expect(await ask('boats', { keepSeconds: 300 })).toMatchObject({ cached: false })
    expect(asked()).toBe(2)
  })
})

describe('an answer that can not be used', () => {
  it.each([
    ['prose', 'The third one is lovely.', 'no JSON object'],
    ['another form', '{"best":"all"}', 'does not have the form'],
    ['numbers that do not exist', '{"best":[17]}', 'no passage above 9'],
    ['an answer cut off', '{"best":[1,', 'no JSON object'],
  ])('is mended once: %s', async (_, content, problem) => {
    claude.behave(inTurn({ content }, good))
    const { ask, asked } = start()
    expect(await ask()).toMatchObject({ outcome: 'answered', answer: { best: [3, 1] } })
    expect(asked()).toBe(2)
    const second = claude.requests().at(-1)?.text
    expect(second).toContain(content)
    expect(second).toContain(problem)
    expect(await outcomes()).toEqual(['unusable', 'answered'])
  })

  it('is not mended twice', async () => {
    claude.behave({ content: 'I prefer trains.' })
    const { ask, asked } = start()
    expect(await ask()).toMatchObject({
      outcome: 'unavailable',
      message: 'Claude gave no usable answer, twice: It holds no JSON object.',
    })
    expect(asked()).toBe(2)
    expect((await start().ask()).outcome).toBe('unavailable')
  })

  it('of ten megabytes is not asked for again', async () => {
    claude.behave({ content: 'x'.repeat(10_000_000) })
    const { ask, asked } = start()
    expect(await ask()).toMatchObject({
      outcome: 'unavailable',
      message: 'Claude gave an answer of more than a megabyte.',
    })
    expect(asked()).toBe(1)
  })

  it('is no fault that opens the circuit', async () => {
    claude.behave({ content: 'no' })
    const { ask, asked } = start()
    for (const about of ['a', 'b', 'c', 'd']) await ask(about)
    expect(asked()).toBe(8)
  })
})

describe('a provider in trouble', () => {
  it('is left alone for as long as it asks for', async () => {
    claude.behave(inTurn({ error: { message: 'slow down' }, status: 429, retryAfter: 17 }, good))
    const { ask, clock } = start()
    const from = clock.seconds()
    expect(await ask()).toMatchObject({ outcome: 'answered' })
    expect(clock.seconds() - from).toBe(17)
    expect(await outcomes()).toEqual(['limited', 'answered'])
    expect(await events()).toEqual([])
  })

  it('is not asked every second for minutes, whatever it says', async () => {
    claude.behave({ error: { message: 'slow down' }, status: 429, retryAfter: 1 })
    const { ask, asked, clock } = start({ limits: { patienceSeconds: 240 } })
    const from = clock.seconds()
    expect((await ask()).outcome).toBe('unavailable')
    expect(asked()).toBeLessThan(7)
    expect(clock.seconds() - from).toBeGreaterThan(30)
  })

  it('is not waited for beyond patience', async () => {
    claude.behave({ error: { message: 'slow down' }, status: 429, retryAfter: 3600 })
    const { ask, asked, clock } = start({ limits: { patienceSeconds: 60 } })
    const from = clock.seconds()
    expect(await ask()).toMatchObject({
      outcome: 'unavailable',
      message: 'Claude would keep us waiting for 3600 s (it asks us to).',
    })
    expect([asked(), clock.seconds() - from]).toEqual([1, 0])
  })

  it.each([529, 500, 503])('is tried again after %i, three times in all', async (status) => {
    claude.behave(inTurn({ error: { message: 'busy' }, status }, { error: { message: 'busy' }, status }, good))
    const { ask, clock } = start()
    const from = clock.seconds()
    expect(await ask()).toMatchObject({ outcome: 'answered' })
    expect(clock.seconds() - from).toBeGreaterThanOrEqual(4)
    expect(await outcomes()).toEqual(['failed', 'failed', 'answered'])
  })

  it('is given up when it never answers', async () => {
    claude.behave(() => new Promise(() => undefined))
    const { ask } = start({ limits: { timeoutSeconds: 0.05 } })
    expect(await ask()).toMatchObject({ outcome: 'unavailable', message: 'Claude did not answer within 0.05 s.' })
    expect(await outcomes()).toEqual(['timed-out', 'timed-out', 'timed-out'])
  })

  it('that does not know us is asked once, and the key is told to nobody', async () => {
    claude.behave({ error: { message: 'invalid x-api-key sk-mock-0123456789abcdef' }, status: 401 })
    const { ask, asked } = start()
    const reply = await ask()
    expect(reply).toMatchObject({ outcome: 'unavailable', message: expect.stringContaining('does not accept the key') })
    expect(asked()).toBe(1)
    const everything = JSON.stringify([
      reply,
      await calls(),
      await database.kysely.selectFrom('events').selectAll().execute(),
    ])
    expect(everything).not.toContain('sk-mock')
    expect(everything).toContain('[key]')
  })

  it('that declines is not asked again', async () => {
    claude.behave({ content: '', finishReason: 'refusal' })
    const { ask, asked } = start()
    expect(await ask()).toMatchObject({ outcome: 'unavailable', message: 'Claude declined to answer.' })
    expect([asked(), await outcomes()]).toEqual([1, ['refused']])
  })

  it('leaves the answer to the next one', async () => {
    claude.behave(down)
    mistral.behave(good)
    const { ask } = start({ setups: [claude.setup(), mistral.setup({ provider: 'mistral' })] })
    expect(await ask()).toMatchObject({ outcome: 'answered', by: { label: 'Mistral' } })
    mistral.behave({ error: { message: 'who are you' }, status: 401 })
    expect(await ask('trains')).toMatchObject({
      outcome: 'unavailable',
      message: expect.stringMatching(/^Claude has failed 3 times in a row.*; Mistral does not accept the key/),
    })
  })
})

describe('the circuit breaker', () => {
  it('opens after three failures, for all, and lets nobody wait', async () => {
    claude.behave(down)
    const first = start()
    await first.ask()
    expect(await events()).toEqual(['breaker.opened'])
    const other = start({ clock: first.clock })
    const from = first.clock.seconds()
    expect(await other.ask('trains')).toMatchObject({
      outcome: 'unavailable',
      message: expect.stringMatching(/^Claude has failed 3 times in a row and is left alone until 12:01:\d\d UTC\.$/),
    })
    expect([other.asked(), first.clock.seconds() - from]).toEqual([0, 0])
  })

  it('lets one call try after a minute, and closes when that succeeds', async () => {
    claude.behave(down)
    const { ask, asked, clock } = start()
    await ask()
    clock.advance(61)
    const { promise: trial, resolve: underWay } = Promise.withResolvers<void>()
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
    claude.behave(async () => {
      underWay()
      await mayAnswer
      return good
    })
    const trying = ask('trains')
    await trial
    expect(await ask('planes')).toMatchObject({
      outcome: 'unavailable',
      message: 'Claude has failed 3 times in a row and is being tried by another call.',
    })
    answer()
    expect(await trying).toMatchObject({ outcome: 'answered' })
    expect(asked()).toBe(4)
    expect(await events()).toEqual(['breaker.opened', 'breaker.closed'])
    expect(await ask('planes')).toMatchObject({ outcome: 'answered' })
  })

  it('stays open when the trial fails', async () => {
    claude.behave(down)
    const { ask, asked, clock } = start()
    await ask()
    clock.advance(61)
    await ask('trains')
    expect(asked()).toBe(4)
    await ask('planes')
    expect(asked()).toBe(4)
    expect(await events()).toEqual(['breaker.opened'])
  })

  it('is shown with its last problem', async () => {
    claude.behave(down)
    await guardedLanguageModel({
      db: database.kysely,
      setups: [claude.setup()],
      limits,
      open: openWireModel,
      clock: { now: async () => new Date(), sleep: async () => undefined },
    }).ask(question('boats'), { signal: never })
    const { loadSettings } = await import('../../config/load-settings.ts')
    const settings = loadSettings({ ANTHROPIC_API_KEY: 'sk-mock-0123456789abcdef' })
    const { models } = await modelStates({ settings, db: database.kysely })
    expect(models).toMatchObject([
      { label: 'Claude', breaker: { state: 'open' }, lastProblem: 'Claude is broken at the moment (500).' },
    ])
  })
})

describe('twenty at once against a quota of five a minute', () => {
  it.each([
    ['that we know', 5],
    ['that only the provider knows', 100],
  ])('all get their answer %s', async (_, callsPerMinute) => {
    const clock = fakeClock()
    const answered: number[] = []
    claude.behave(() => {
      const now = clock.seconds()
      const lastMinute = answered.filter((time) => time > now - 60)
      if (lastMinute.length >= 5) {
        return { error: { message: 'quota' }, status: 429, retryAfter: Math.ceil((lastMinute[0] ?? now) + 60 - now) }
      }
      answered.push(now)
      return good
    })
    const { ask } = start({ clock, limits: { callsPerMinute, callsAtOnce: 4 } })
    const replies = await Promise.all(Array.from({ length: 20 }, (_unused, i) => ask(`boat ${i}`)))
    expect(replies.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'answered'))
    expect(answered).toHaveLength(20)
    // What the clock of the other side makes of it may differ by what a call takes; ours are never more.
    if (callsPerMinute === 5) expect(mostInAMinute(await calls())).toBe(5)
    expect(await events()).toEqual([])
  })
})

function mostInAMinute(made: { begun_at: Date }[]): number {
  const times = made.map(({ begun_at }) => begun_at.getTime())
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 60_000).length))
}

describe('a budget', () => {
  it('of a recording is its own', async () => {
    const { id: recordingId } = await database.kysely
      .insertInto('recordings')
      .values({
        title: 'talk',
        path: '/talk.mp4',
        content_hash: 'a'.repeat(64),
        size_bytes: 1,
        duration_seconds: 60,
        info: json({}),
        created_by: 'test',
        updated_by: 'test',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    claude.behave({ ...good, usage: { input_tokens: 900, output_tokens: 100 } })
    const { ask, asked } = start({ limits: { tokensPerRecording: 1500 } })
    expect(await ask('boats', { recordingId })).toMatchObject({ outcome: 'answered' })
    expect(await ask('trains', { recordingId })).toMatchObject({
      outcome: 'unavailable',
      message: expect.stringContaining('MODEL_TOKENS_PER_RECORDING'),
    })
    expect(await ask('trains')).toMatchObject({ outcome: 'answered' })
    expect(asked()).toBe(2)
  })

  it.each([
    ['MODEL_TOKENS_PER_DAY', { tokensPerDay: 1500 }],
    ['MODEL_USD_PER_DAY', { usdPerDay: 0.015 }],
  ])('is kept to before the call is made: %s', async (setting, changes) => {
    claude.behave({ content: '{"best":[1]}' })
    const { ask, asked } = start({ limits: changes })
    await beginModelCall(
      database.kysely,
      pendingCall({ contentKey: 'f'.repeat(64) }),
      new Date(Date.UTC(2026, 10, 22, 11, 59, 50)),
    )
    expect(await ask()).toMatchObject({ outcome: 'unavailable', message: expect.stringContaining(setting) })
    expect(asked()).toBe(0)
  })
})

function pendingCall(changes: Partial<Parameters<typeof beginModelCall>[1]> = {}) {
  return {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    purpose: 'moments',
    promptVersion: 'test-1',
    contentKey: '0'.repeat(64),
    recordingId: null,
    runId: null,
    holder: thisProcess(),
    reservedTokens: 1000,
    reservedUsd: 0.01,
    ...changes,
  }
}

describe('a crash in the middle of a call', () => {
  const dead = { ...thisProcess(), startTime: 'long ago' }

  /** Makes the kept answer a call whose process died before it came. */
  const crash = () =>
    database.kysely
      .updateTable('model_calls')
      .set({ outcome: 'pending', ended_at: null, answer: null, holder: json(dead) })
      .where('outcome', '=', 'answered')
      .execute()

  it('counts as paid in full, holds no place, and is asked anew', async () => {
    claude.behave(good)
    const { ask, asked } = start({ limits: { callsAtOnce: 1 } })
    await ask()
    await crash()
    expect(await ask()).toMatchObject({ outcome: 'answered', cached: false })
    expect(asked()).toBe(2)
    expect((await outcomes()).toSorted()).toEqual(['answered', 'lost'])
    expect(await events()).toEqual(['model-call.lost'])
  })

  it('twice on the same question is enough', async () => {
    claude.behave(good)
    const { ask, asked } = start()
    await ask()
    await crash()
    await ask()
    await crash()
    await ask('trains')
    expect(await ask()).toMatchObject({
      outcome: 'unavailable',
      message: expect.stringContaining('did not live to hear the answer'),
    })
    expect(asked()).toBe(3)
  })

  it('on another machine is known by its silence', async () => {
    claude.behave(good)
    const { ask, clock } = start({ limits: { callsAtOnce: 1 } })
    const elsewhere = { ...thisProcess(), host: 'elsewhere' }
    await beginModelCall(database.kysely, pendingCall({ holder: elsewhere }), await clock.now())
    const from = clock.seconds()
    expect(await ask()).toMatchObject({ outcome: 'answered' })
    expect(clock.seconds() - from).toBeGreaterThan(limits.timeoutSeconds)
    expect(await events()).toEqual(['model-call.lost'])
  })
})

describe('an abort', () => {
  it('ends a call under way, says so, and says why', async () => {
    const stop = new AbortController()
    claude.behave(() => {
      stop.abort(new Error('the run was cancelled'))
      return new Promise(() => undefined)
    })
    await expect(start().ask('boats', {}, stop.signal)).rejects.toThrow('the run was cancelled')
    expect(await outcomes()).toEqual(['cancelled'])
  })

  it('ends waiting', async () => {
    const stop = new AbortController()
    claude.behave(() => {
      setTimeout(() => stop.abort(new Error('enough')))
      return { error: { message: 'slow down' }, status: 429, retryAfter: 1 }
    })
    const { model } = start()
    const asking = model.ask(question('boats'), { signal: stop.signal })
    await expect(asking).rejects.toThrow('enough')
  })
})
