import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import type { MomentsDocument } from '../../src/pipeline/conclude/moments-document.ts'
import { Command, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { runFfmpeg } from '../support/make-media.ts'
import { makeTalk } from '../support/make-talk.ts'
import { type MockProvider, startMockProvider } from '../support/mock-provider.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

// The command line against a provider on this machine: the model chooses while it answers, the ranker while it does not.

let folder: string
let database: Database
let provider: MockProvider
let media = ''
const key = 'sk-mock-0123456789abcdef'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-models-'))
  database = await temporaryDatabase()
  provider = await startMockProvider()
  // Sound alone: nobody looks for faces, and the words are the same.
  media = join(folder, 'talk.m4a')
  await runFfmpeg(['-i', (await makeTalk(folder)).media, '-vn', '-c:a', 'copy', media])
})
afterEach(() => sql`truncate model_calls, memos, events cascade`.execute(database.kysely))
afterAll(async () => {
  await Promise.all([provider.stop(), database.close()])
  await rm(folder, { recursive: true, force: true })
})

const environment = () => {
  const { baseUrl } = provider.setup()
  return {
    DATABASE_URL: databaseUrlOf(database),
    CLIPWRIGHT_DATA: join(folder, 'data'),
    OPENAI_COMPATIBLE_URL: baseUrl ?? '',
    OPENAI_COMPATIBLE_MODEL: 'qwen3:8b',
    OPENAI_COMPATIBLE_API_KEY: key,
  }
}

async function clip(more: string[] = []) {
  const options = ['--count', '1', '--min', '3', '--max', '8', '--captions', 'none', '--out', join(folder, 'out')]
  const { status, stdout, stderr } = await runCommand(['clip', media, ...options, '--json', ...more], {
    env: environment(),
  })
  expect(status, stderr + stdout).toBe(0)
  expect(stdout + stderr).not.toContain(key)
  return JSON.parse(stdout) as MomentsDocument
}

/** Chooses the last passage there is, and speaks of it in its own words. */
function chooseLast() {
  const choice = { title: '', hook: '', sentence: '' }
  const behave = ({ text }: { text: string }) => {
    const lines = text.split('\n')
    const at = lines.findLastIndex((line) => line.startsWith('Passage'))
    const [, passage, first] = /^Passage (\d+): \d+ seconds, begins with sentence (\d+)/.exec(lines[at] ?? '') ?? []
    const said = lines.slice(at).find((line) => line.startsWith('>')) ?? ''
    choice.sentence = said.replace(/^> \d+ /, '')
    choice.hook = choice.sentence.split(' ').slice(0, 4).join(' ')
    choice.title = `What was meant by ${choice.hook}`
    const { title, hook } = choice
    const moment = { passage: Number(passage), first: Number(first), title, hook, reason: 'Luck is funny.' }
    return { content: JSON.stringify({ moments: [moment] }) }
  }
  return { behave, choice }
}

const namesOfEvents = async () =>
  (await database.kysely.selectFrom('events').select(['name', 'severity']).orderBy('id').execute()).map(
    ({ name }) => name,
  )

describe('clipwright clip with a language model', () => {
  it('takes its choice, its title and its reason, and asks nothing the second time', async () => {
    const { behave, choice } = chooseLast()
    provider.behave(behave)
    const { detector, moments, warnings } = await clip()
    expect(detector).toMatchObject({ rung: 'llm', name: 'qwen3:8b' })
    expect(moments[0]).toMatchObject({ title: choice.title, hook: choice.hook, detector })
    expect(moments[0]?.text.startsWith(choice.sentence)).toBe(true)
    expect(moments[0]?.reasons[0]?.text).toBe('Luck is funny.')
    expect(warnings).toEqual([])
    const asked = provider.requests().length
    expect((await clip()).detector.rung).toBe('llm')
    expect((await clip(['--count', '2'])).detector.rung).toBe('llm')
    expect(provider.requests()).toHaveLength(asked)
  })

  it('asks nobody with --no-llm', async () => {
    const asked = provider.requests().length
    expect((await clip(['--no-llm'])).detector.rung).toBe('ranker')
    expect(provider.requests()).toHaveLength(asked)
  })

  it('makes its clips without one that does not answer, says why, and asks again the next time', async () => {
    provider.behave({ error: { message: `no such key ${key}` }, status: 401 })
    const { detector, moments, warnings } = await clip()
    expect(detector.rung).toBe('ranker')
    expect(moments).toHaveLength(1)
    expect(warnings).toEqual([
      expect.stringMatching(/^qwen3:8b does not accept the key .*The built-in ranker chose instead\.$/),
    ])
    expect(await namesOfEvents()).toContain('detection.lower-rung')
    provider.behave(chooseLast().behave)
    expect((await clip()).detector.rung).toBe('llm')
  })
})

describe('clipwright doctor', () => {
  it('says how the models are doing', async () => {
    const { stdout } = await runCommand(['doctor', '--json'], { env: environment() })
    const { checks } = JSON.parse(stdout) as { checks: { name: string; found: string }[] }
    expect(checks.find(({ name }) => name === 'language model')?.found).toBe('qwen3:8b, circuit closed')
    const { stdout: without } = await runCommand(['doctor', '--json'], {
      env: { ...environment(), LANGUAGE_MODELS: 'off' },
    })
    expect(without).toContain('none is set up')
  })
})

describe('clipwright ideas', () => {
  const ideas = (more: string[], changes: Record<string, string> = {}) =>
    runCommand(['ideas', ...more], { env: { ...environment(), ...changes } })
  const topics = {
    topics: [
      { title: 'Why bread smells', angle: 'A walk through a bakery.', why: 'Everybody knows the smell.' },
      { title: 'Why Bread smells', angle: 'Again.', why: 'Twice.' },
      { title: 'Flour wars', angle: 'Two millers disagree.', why: 'A quarrel is fun.' },
    ],
  }

  it('proposes topics for a niche, each once, and the same within five minutes', async () => {
    provider.behave({ content: JSON.stringify(topics) })
    const { status, stdout } = await ideas(['--niche', 'bread', '--count', '2', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      niche: 'bread',
      topics: [topics.topics[0], topics.topics[2]],
      cached: false,
    })
    expect(provider.requests().at(-1)?.text).toContain('Niche: bread')
    const again = await ideas(['--niche', 'bread', '--count', '2'])
    expect(again.stdout).toMatch(/1\. Why bread smells\n[\s\S]*2\. Flour wars\n[\s\S]*as of the last five minutes/)
  })

  it.each([
    ['SIGKILL', 'lost'],
    ['SIGINT', 'cancelled'],
  ] as const)('keeps the account when it is stopped in the middle of a call: %s', async (signal, outcome) => {
    const { promise: asked, resolve } = Promise.withResolvers<void>()
    provider.behave(() => {
      resolve()
      return new Promise(() => undefined)
    })
    const options = ['--niche', `bread ${signal}`, '--count', '2']
    const stopped = new Command(['ideas', ...options], { env: environment() })
    await asked
    stopped.interruptGroup(signal)
    expect(await stopped.ended).toMatchObject(signal === 'SIGKILL' ? { signal } : { status: 130 })
    provider.behave({ content: JSON.stringify(topics) })
    expect((await ideas(options)).status).toBe(0)
    const calls = await database.kysely.selectFrom('model_calls').select('outcome').orderBy('begun_at').execute()
    expect(calls).toEqual([{ outcome }, { outcome: 'answered' }])
  })

  it('goes by the library without one', async () => {
    await sql`
      insert into recordings (title, path, content_hash, size_bytes, duration_seconds, info, created_by, updated_by)
      values ('On sourdough', '/a.mp4', ${'b'.repeat(64)}, 1, 60, '{}', 'test', 'test')`.execute(database.kysely)
    provider.behave({ content: JSON.stringify(topics) })
    expect((await ideas(['--count', '2'])).status).toBe(0)
    expect(provider.requests().at(-1)?.text).toContain('Made already: On sourdough')
  })

  it('says what is missing', async () => {
    const none = await ideas(['--niche', 'bread', '--json'], { LANGUAGE_MODELS: 'off' })
    expect([none.status, JSON.parse(none.stdout)]).toMatchObject([5, { error: { code: 'MODEL_NOT_SET' } }])
    provider.behave({ error: { message: 'no' }, status: 404 })
    const gone = await ideas(['--niche', 'bread', '--json'])
    expect([gone.status, JSON.parse(gone.stdout)]).toMatchObject([5, { error: { code: 'MODEL_UNAVAILABLE' } }])
    const wrong = await ideas(['--niche', '', '--count', '0', '--json'])
    expect([wrong.status, JSON.parse(wrong.stdout)]).toMatchObject([2, { error: { code: 'WRONG_USAGE' } }])
    const odd = await ideas(['--niche', 'bread', '--json'], { LANGUAGE_MODELS: 'gemini' })
    expect([odd.status, JSON.parse(odd.stdout)]).toMatchObject([2, { error: { code: 'SETTINGS_INVALID' } }])
  })
})
