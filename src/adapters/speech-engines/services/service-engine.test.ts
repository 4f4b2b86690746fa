import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeSpeechEngine } from '../../../../test/suites/speech-engine-suite.ts'
import { runFfmpeg } from '../../../../test/support/make-media.ts'
import {
  type SpeechBehaviour,
  type SpeechService,
  speechKey,
  startSpeechService,
} from '../../../../test/support/speech-service.ts'
import { temporaryDatabase } from '../../../../test/support/temporary-database.ts'
import { speakTones, type ToneWord } from '../../../../test/support/tone-speech.ts'
import type { Database } from '../../../database/connect.ts'
import type { SoundWindow, SpeechEngine } from '../../../pipeline/transcribe/speech-engine.ts'
import type { Clock } from '../../language-models/clock.ts'
import { type ServiceParts, serviceEngine } from './service-engine.ts'
import type { ServiceLimits, ServiceSetup } from './service-setup.ts'
import { standInEngine } from './stand-in-engine.ts'

let folder: string
let database: Database
let service: SpeechService
let spoken: SoundWindow
let silent: SoundWindow
let wav: SoundWindow
let broken: SoundWindow

const words: ToneWord[] = [
  { text: 'alpha', start: 0.5, end: 0.9 },
  { text: 'bravo', start: 1, end: 1.4 },
  { text: 'kilo', start: 2.4, end: 2.8 },
  { text: 'papa', start: 3, end: 3.5 },
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-service-'))
  database = await temporaryDatabase()
  service = await startSpeechService()
  const window = async (name: string, said: readonly ToneWord[]): Promise<SoundWindow> => {
    const path = join(folder, `${name}.wav`)
    await speakTones(path, { words: said, duration: 6 })
    await runFfmpeg([
      '-i',
      path,
      '-c:a',
      'libopus',
      '-b:a',
      '24k',
      '-vbr',
      'off',
      '-application',
      'voip',
      join(folder, `${name}.ogg`),
    ])
    return { path: join(folder, `${name}.ogg`), start: 60, duration: 6 }
  }
  spoken = await window('spoken', words)
  silent = await window('silent', [])
  wav = { ...spoken, path: join(folder, 'spoken.wav') }
  broken = { path: join(folder, 'broken.ogg'), start: 0, duration: 6 }
  await writeFile(broken.path, 'this is no sound')
})
beforeEach(() => {
  service.reset()
})
afterEach(() => sql`truncate model_calls, events cascade`.execute(database.kysely))
afterAll(async () => {
  await Promise.all([service.stop(), database.close()])
  await rm(folder, { recursive: true })
})

const limits: ServiceLimits = {
  callsPerMinute: 1000,
  callsAtOnce: 4,
  usdPerRecording: 3,
  usdPerDay: 10,
  timeoutSeconds: 20,
  patienceSeconds: 600,
}

/** Sleeping takes no time and moves the clock on. */
function fakeClock(): Clock & { slept: number[] } {
  let now = Date.UTC(2026, 10, 22, 12)
  const slept: number[] = []
  return {
    slept,
    now: async () => new Date(now),
    async sleep(seconds, signal) {
      signal.throwIfAborted()
      slept.push(seconds)
      now += seconds * 1000
    },
  }
}

interface Asking {
  setup?: Partial<ServiceSetup>
  limits?: Partial<ServiceLimits>
  parts?: Partial<ServiceParts>
  clock?: ReturnType<typeof fakeClock>
}

function start({ setup = {}, limits: changes = {}, parts = {}, clock = fakeClock() }: Asking = {}) {
  const engine = serviceEngine(service.setup(setup), {
    db: database.kysely,
    limits: { ...limits, ...changes },
    recordingId: null,
    runId: null,
    clock,
    ...parts,
  })
  return { engine, clock, listen: listener(engine) }
}

const listener =
  (engine: SpeechEngine) =>
  (window = spoken, language: string | null = null, signal = never) =>
    engine.listen(window, { signal, language })
const never = new AbortController().signal
const calls = () => database.kysely.selectFrom('model_calls').selectAll().orderBy('begun_at').orderBy('id').execute()
const outcomes = async () => (await calls()).map(({ outcome }) => outcome)
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

/** Behaves so for each request in turn, the last one for all that follow. */
function inTurn(...behaviours: SpeechBehaviour[]) {
  return (_: unknown, count: number) => behaviours[Math.min(count, behaviours.length) - 1] ?? 'hear'
}

for (const [name, setup] of [
  ['openai', {}],
  ['mistral', { service: 'mistral' }],
  ['xai', { service: 'xai' }],
  ['openai-compatible with WAV', { service: 'openai-compatible', form: { format: 'wav', longest: 300 } }],
  ['gpt-transcribe', { model: 'gpt-transcribe', times: 'none' }],
  ['voxtral 3', { service: 'mistral', model: 'voxtral-mini-transcribe-3-0', times: 'segments' }],
] as [string, Partial<ServiceSetup>][]) {
  describeSpeechEngine(name, async () => {
    const isWav = setup.form?.format === 'wav'
    return { engine: start({ setup }).engine, spoken: isWav ? wav : spoken, silent, broken }
  })
}

describe('a window that is heard', () => {
  it.each(['openai', 'mistral', 'xai', 'openai-compatible'] as const)(
    '%s says when each word was said',
    async (name) => {
      const { listen } = start({ setup: { service: name } })
      const { cues, usd } = await listen()
      expect(cues.map(({ text }) => text).join(' ')).toBe('Alpha bravo. Kilo papa.')
      const heard = cues.flatMap((cue) => cue.words ?? [])
      for (const [index, { start, end }] of words.entries()) {
        expect(Math.abs((heard[index]?.start ?? 99) - start)).toBeLessThan(0.05)
        expect(Math.abs((heard[index]?.end ?? 99) - end)).toBeLessThan(0.05)
      }
      expect(usd).toBeCloseTo(0.0006, 4)
    },
  )

  it('is sent whole, as small sound that can be decoded', async () => {
    await start().listen(spoken, 'de')
    const [seen] = service.requests
    expect(seen?.file).toMatchObject({ name: 'spoken.ogg', type: 'audio/ogg', isLast: true })
    expect(seen?.file.bytes.equals(await readFile(spoken.path))).toBe(true)
    expect(seen?.seconds).toBeCloseTo(6, 1)
    expect(seen?.file.bytes.length).toBeLessThan(25_000)
    expect(seen?.fields).toContainEqual(['language', 'de'])
  })

  it('is kept with what it cost, and paid for once', async () => {
    const { listen } = start()
    const first = await listen()
    expect(await calls()).toMatchObject([
      {
        provider: 'openai-speech',
        model: 'whisper-1',
        purpose: 'transcription',
        outcome: 'answered',
        reserved_tokens: 0,
        reserved_usd: expect.closeTo(0.0006, 5),
        cost_usd: expect.closeTo(0.0006, 5),
      },
    ])
    expect(await start().listen()).toEqual({ ...first, usd: 0 })
    expect(service.requests).toHaveLength(1)
    await start().listen(spoken, 'en')
    expect(service.requests).toHaveLength(2)
  })

  it('in silence has no cues', async () => {
    expect(await start().listen(silent)).toMatchObject({ cues: [], usd: expect.closeTo(0.0006, 5) })
  })

  it('says what was left out of it as made up, with the time of the recording', async () => {
    service.behave({
      body: {
        text: 'you. '.repeat(20).trim(),
        words: [...Array(20).keys()].map((i) => ({ word: 'you', start: i / 4, end: i / 4 + 0.2 })),
      },
    })
    expect(await start().listen()).toMatchObject({
      cues: [],
      warnings: ['Left out as made up by OpenAI (whisper-1): the same words over and over, 5 s from 1:00 on.'],
    })
  })

  it('passes the wire of a mock that others made', async () => {
    const mock = new LLMock({ port: 0, logLevel: 'silent' })
    mock.on(
      { endpoint: 'transcription' },
      {
        transcription: {
          text: 'Hello there.',
          language: 'english',
          duration: 6,
          words: [
            { word: 'Hello', start: 0.5, end: 0.9 },
            { word: 'there', start: 1, end: 1.4 },
          ],
        },
      },
    )
    await mock.start()
    try {
      const { listen } = start({ setup: { baseUrl: `${mock.url}/v1` } })
      expect(await listen()).toMatchObject({ language: 'en', cues: [{ text: 'Hello there.', start: 0.5, end: 1.4 }] })
    } finally {
      await mock.stop()
    }
  })
})

describe('a service that fails', () => {
  const down = { status: 500, body: { error: { message: 'The server had an error' } } }

  it('is waited for as long as it says when it has had enough', async () => {
    service.behave(inTurn({ status: 429, headers: { 'retry-after': '17' }, body: '{}' }, 'hear'))
    const { listen, clock } = start()
    await listen()
    expect(clock.slept).toEqual([17])
    expect(await outcomes()).toEqual(['limited', 'answered'])
  })

  it('is not waited for longer than patience', async () => {
    service.behave({ status: 429, headers: { 'retry-after': '9000' }, body: '{}' })
    const { listen } = start({ limits: { patienceSeconds: 60 } })
    expect(await failureOf(listen())).toMatchObject({ code: 'SPEECH_SERVICE_UNAVAILABLE', retry: 'later' })
    expect(service.requests).toHaveLength(1)
  })

  it.each([
    ['500', down],
    ['529', { status: 529, body: 'overloaded' }],
    ['a page of a proxy', { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' }],
    ['a connection that is cut', 'cut'],
  ] as [string, SpeechBehaviour][])('%s is tried again', async (_, behaviour) => {
    service.behave(inTurn(behaviour, behaviour, 'hear'))
    const { listen, clock } = start()
    expect((await listen()).cues).not.toEqual([])
    expect(clock.slept).toHaveLength(2)
    expect(await outcomes()).toEqual(['failed', 'failed', 'answered'])
  })

  it('is left alone after three times, and waited for by who has nobody else', async () => {
    service.behave(down)
    expect(await failureOf(start().listen())).toMatchObject({ code: 'SPEECH_SERVICE_UNAVAILABLE', retry: 'later' })
    expect(service.requests).toHaveLength(3)
    const another = start({ parts: { isLast: false } })
    expect(await failureOf(another.listen())).toMatchObject({ message: expect.stringContaining('is left alone until') })
    expect(service.requests).toHaveLength(3)
    service.behave('hear')
    const patient = start()
    expect((await patient.listen()).cues).not.toEqual([])
    expect(patient.clock.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(50)
  })

  it('that hangs is given up after its time', async () => {
    service.behave('hang')
    const { listen } = start({ limits: { timeoutSeconds: 0.2 } })
    expect(await failureOf(listen())).toMatchObject({
      code: 'SPEECH_SERVICE_UNAVAILABLE',
      message: 'OpenAI did not answer within 0.2 s.',
    })
    expect(await outcomes()).toEqual(['timed-out', 'timed-out', 'timed-out'])
  })

  it('that hangs is let go of at once when nobody wants it any more', async () => {
    service.behave('hang')
    const stop = new AbortController()
    const listening = failureOf(start().listen(spoken, null, stop.signal))
    while (service.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    stop.abort(new Error('enough'))
    expect(await listening).toMatchObject({ message: 'enough' })
    expect(await outcomes()).toEqual(['cancelled'])
  })

  it('that nobody can reach says so', async () => {
    const { listen } = start({ setup: { baseUrl: 'http://127.0.0.1:1/v1' } })
    expect(await failureOf(listen())).toMatchObject({
      code: 'SPEECH_SERVICE_UNAVAILABLE',
      message: expect.stringContaining('is out of reach'),
    })
  })

  it.each([
    ['a key it does not know', {}, { apiKey: 'sk-wrong-0123456789' }, 'does not accept the key', true],
    [
      'an empty account',
      { status: 429, body: { error: { message: 'You exceeded your quota', code: 'insufficient_quota' } } },
      {},
      'has no credit left',
      true,
    ],
    ['a model that is gone', {}, { model: 'whisper-0' }, 'does not know this model', false],
    [
      'a model that is gone, said otherwise',
      { status: 400, body: { message: 'Invalid model: x' } },
      {},
      'does not accept the request',
      false,
    ],
  ] as [string, object, Partial<ServiceSetup>, string, boolean][])(
    '%s is told once, without secrets',
    async (_, behaviour, setup, reason, isAboutAccount) => {
      if ('status' in behaviour) service.behave(behaviour as SpeechBehaviour)
      const { listen } = start({ setup })
      const failure = await failureOf(listen())
      expect(failure).toMatchObject({
        code: 'SPEECH_SERVICE_REFUSED',
        retry: 'never',
        isAboutAccount,
        message: expect.stringContaining(reason),
      })
      expect(service.requests).toHaveLength(1)
      const kept = JSON.stringify([failure, await calls(), (failure as Error).message, (failure as Error).stack])
      expect(kept).not.toContain('sk-wrong-0123456789')
      expect(kept).not.toContain(speechKey)
    },
  )

  it('does not accept one window: that is lost; two in a row: it accepts none', async () => {
    const { listen } = start()
    expect(await failureOf(listen(broken))).toMatchObject({
      code: 'SPEECH_WINDOW_LOST',
      message: expect.stringContaining('corrupted'),
    })
    expect(await failureOf(listen(broken))).toMatchObject({ code: 'SPEECH_SERVICE_REFUSED' })
    const other = start()
    await other.listen()
    expect(await failureOf(other.listen(broken))).toMatchObject({ code: 'SPEECH_WINDOW_LOST' })
    expect(await failureOf(other.listen(broken))).toMatchObject({ code: 'SPEECH_WINDOW_LOST' })
  })

  it.each([
    ['prose', 'Sure, here it is: hello!', 'gave an answer that is no JSON'],
    ['a web page', '<html>Welcome</html>', 'gave a web page for an answer'],
    ['other JSON', '{"ok":true}', 'gave an answer without a transcript in it'],
    ['ten megabytes', 'x'.repeat(10_000_000), 'gave an answer of more than a megabyte'],
    [
      'times beyond the window',
      { text: 'a b c', words: ['a', 'b', 'c'].map((word, i) => ({ word, start: 70 + i, end: 71 + i })) },
      'times that lie outside',
    ],
  ] as [string, string | object, string][])(
    '%s loses a window, and no words are made of it',
    async (_, body, problem) => {
      service.behave({ body })
      expect(await failureOf(start().listen())).toMatchObject({
        code: 'SPEECH_WINDOW_LOST',
        retry: 'later',
        message: expect.stringContaining(problem),
      })
      expect(await outcomes()).toEqual(['unusable'])
    },
  )

  it('follows no redirect, which would carry the key elsewhere', async () => {
    service.behave({ status: 307, headers: { location: `${service.origin}/elsewhere` }, body: '' })
    await failureOf(start({ parts: { isLast: false } }).listen())
    expect(service.requests.every(({ path }) => path === '/v1/audio/transcriptions')).toBe(true)
  })
})

describe('budgets', () => {
  it('of a day are kept before anything is sent, and are apart from those of language models', async () => {
    const { listen } = start({ limits: { usdPerDay: 0.0001 } })
    expect(await failureOf(listen())).toMatchObject({
      code: 'SPEECH_BUDGET_SPENT',
      retry: 'never',
      message: expect.stringContaining('TRANSCRIPTION_USD_PER_DAY'),
    })
    expect(service.requests).toHaveLength(0)
    expect(await calls()).toEqual([])
  })

  it('let everything through that costs nothing', async () => {
    const { listen } = start({ setup: { usdPerHour: 0 }, limits: { usdPerDay: 0, usdPerRecording: 0 } })
    expect((await listen()).usd).toBe(0)
  })

  it('count an answer that was of no use', async () => {
    service.behave({ body: 'nonsense' })
    await failureOf(start().listen())
    expect((await calls())[0]).toMatchObject({ outcome: 'unusable', cost_usd: expect.closeTo(0.0006, 5) })
  })
})

describe('standInEngine', () => {
  const ladder = (...setups: Partial<ServiceSetup>[]) => {
    const [first, ...others] = setups.map((setup) => {
      const { engine } = start({ setup, parts: { isLast: false } })
      return { engine, label: service.setup(setup).label }
    })
    if (first === undefined) throw new Error('a ladder needs a rung')
    return standInEngine([first, ...others])
  }
  const paths = () =>
    service.requests.map(({ path, fields }) => `${path} ${fields.find(([name]) => name === 'model')?.[1]}`)

  it('is the first, as long as that hears', async () => {
    const engine = ladder({}, { service: 'xai' })
    expect(engine).toMatchObject({ name: 'openai', model: 'whisper-1' })
    expect(await listener(engine)()).not.toHaveProperty('by')
    expect(paths()).toEqual(['/v1/audio/transcriptions whisper-1'])
  })

  it('goes on with the next one for good, says so, and keeps what was heard', async () => {
    service.behave(({ path }, count) =>
      path === '/v1/stt' || count === 1 ? 'hear' : { status: 401, body: { error: { message: 'revoked' } } },
    )
    const engine = ladder({}, { model: 'gpt-4o-transcribe' }, { service: 'xai' })
    const listen = listener(engine)
    expect(await listen(spoken)).not.toHaveProperty('by')
    expect(await listen(spoken, 'en')).toMatchObject({
      by: { name: 'xai', model: 'grok-voice-transcribe-2.0' },
      warnings: ['OpenAI does not accept the key (401: revoked). xAI (grok-voice-transcribe-2.0) listened instead.'],
    })
    await listen(silent, 'en')
    // The other model of the same account was not bothered, and the first not again.
    expect(paths()).toEqual([
      '/v1/audio/transcriptions whisper-1',
      '/v1/audio/transcriptions whisper-1',
      '/v1/stt grok-voice-transcribe-2.0',
      '/v1/stt grok-voice-transcribe-2.0',
    ])
  })

  it('asks the next model when one is gone', async () => {
    const heard = await listener(ladder({ model: 'whisper-9' }, {}))()
    expect(heard.by).toEqual({ name: 'openai', model: 'whisper-1' })
  })

  it('fails with all their reasons when nobody can, and never makes words up', async () => {
    service.behave({ status: 401, body: { error: { message: 'no' } } })
    const failure = await failureOf(listener(ladder({}, { service: 'mistral' }))())
    expect(failure).toMatchObject({ code: 'SPEECH_NOBODY_HEARD', retry: 'never' })
    expect((failure as Error).message).toBe(
      'Nobody could hear the recording. OpenAI does not accept the key (401: no). Mistral does not accept the key (401: no).',
    )
  })

  it('leaves a lost window to whoever asked', async () => {
    service.behave({ body: 'prose' })
    expect(await failureOf(listener(ladder({}, { service: 'xai' }))())).toMatchObject({ code: 'SPEECH_WINDOW_LOST' })
    expect(paths()).toHaveLength(1)
  })
})
