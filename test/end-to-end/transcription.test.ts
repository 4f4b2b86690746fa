import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import { runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { runFfmpeg } from '../support/make-media.ts'
import type { CliDocument } from '../support/run-cli.ts'
import { type SpeechService, speechKey, startSpeechService } from '../support/speech-service.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'
import { speakTones, type ToneWord, toneWords } from '../support/tone-speech.ts'

// The command line on a recording without a transcript, against a service on this machine that decodes what it is sent and really hears it.

let folder: string
let database: Database
let service: SpeechService
let talk = ''
let silent = ''

/** Six sentences of six words each, a pause after each. */
const spoken: ToneWord[] = Array.from({ length: 36 }, (_, index) => {
  const start = 0.5 + index * 0.5 + Math.floor(index / 6) * 0.5
  return { text: toneWords[(index * 7) % toneWords.length] ?? 'alpha', start, end: start + 0.35 }
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-listening-'))
  database = await temporaryDatabase()
  service = await startSpeechService()
  const wav = join(folder, 'sound.wav')
  await speakTones(wav, { words: spoken, duration: 23 })
  talk = join(folder, 'talk.mp4')
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=23']
  const encode = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -b:a 64k -shortest'.split(' ')
  await runFfmpeg([...picture, '-i', wav, '-map', '0:v', '-map', '1:a', ...encode, talk])
  silent = join(folder, 'silent.m4a')
  await runFfmpeg(['-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono:d=12', '-c:a', 'aac', silent])
})
beforeEach(() => service.reset())
afterEach(() => sql`truncate model_calls, heard_windows, memos, events cascade`.execute(database.kysely))
afterAll(async () => {
  await Promise.all([service.stop(), database.close()])
  await rm(folder, { recursive: true, force: true })
})

/** A service as a person sets one up: by address, model and key. */
const groq = () => ({
  OPENAI_COMPATIBLE_TRANSCRIPTION_URL: `${service.origin}/v1`,
  OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: 'whisper-large-v3-turbo',
  OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY: speechKey,
})

interface Outcome extends CliDocument {
  status: number | null
  stderr: string
}

const optionsFor = (media: string) => [
  ...['clip', media, '--count', '1', '--min', '3', '--max', '8', '--captions', 'none'],
  ...['--out', join(folder, `out of ${basename(media)}`)],
]
const surroundings = () => ({ DATABASE_URL: databaseUrlOf(database), CLIPWRIGHT_DATA: join(folder, 'data') })

async function clip(
  environment: Record<string, string>,
  { media = talk, more = [] as string[] } = {},
): Promise<Outcome> {
  const { status, stdout, stderr } = await runCommand([...optionsFor(media), '--json', ...more], {
    env: { ...surroundings(), ...environment },
  })
  expect(stdout + stderr).not.toContain(speechKey)
  return { ...(JSON.parse(stdout) as CliDocument), status, stderr }
}

const calls = () => database.kysely.selectFrom('model_calls').selectAll().execute()

describe('clipwright clip without a transcript', () => {
  it('says exactly what is missing without a key', async () => {
    const { status, error } = await clip({})
    expect(status).toBe(3)
    expect(error).toMatchObject({
      code: 'TRANSCRIPT_MISSING',
      message: expect.stringContaining('words are never made up'),
    })
    expect(error?.hint).toContain('Put talk.srt, talk.vtt')
    expect(error?.hint).toContain('Set OPENAI_API_KEY or MISTRAL_API_KEY or XAI_API_KEY and add --transcribe cloud')
  })

  it('sends no sound for a key alone, and says what would be sent where, and about what it costs', async () => {
    const { status, error } = await clip({ OPENAI_API_KEY: speechKey, LANGUAGE_MODELS: 'off' })
    expect(status).toBe(3)
    expect(error?.hint).toContain(
      'Add --transcribe cloud to have OpenAI listen to it (its sound is sent there, less than a cent)',
    )
    expect(await calls()).toEqual([])
  })

  it('makes clips of what a service heard, and asks it nothing twice', async () => {
    const first = await clip(groq())
    expect(first.status, first.stderr + JSON.stringify(first.moments)).toBe(0)
    expect(first.moments?.length).toBe(1)
    expect(first.transcript).toMatchObject({
      origin: { kind: 'cloud', name: 'openai-compatible (whisper-large-v3-turbo)' },
      language: 'en',
      warnings: [],
    })
    expect(first.moments?.[0]?.text).toMatch(/^[A-Z][a-z]+( [a-z]+){5}\./)
    expect(service.requests).toHaveLength(1)
    expect(service.requests[0]?.words.map(({ text }) => text)).toEqual(spoken.map(({ text }) => text))
    expect((await clip(groq(), { more: ['--mode', 'viral'] })).status).toBe(0)
    expect(service.requests).toHaveLength(1)
    const events = await database.kysely.selectFrom('events').select(['name', 'message']).execute()
    expect(events.map(({ name }) => name)).toEqual(expect.arrayContaining(['hearing.begun', 'hearing.ended']))
  })

  it('tells a person who listens before anybody does, and what it costs', async () => {
    const price = { OPENAI_COMPATIBLE_TRANSCRIPTION_USD_PER_HOUR: '36' }
    const { stderr, stdout, status } = await runCommand(optionsFor(talk), {
      env: { ...surroundings(), ...groq(), ...price },
    })
    expect(status, stderr + stdout).toBe(0)
    expect(stderr).toMatch(
      /^The recording has no transcript: 127\.0\.0\.1:\d+ on this machine \(whisper-large-v3-turbo\) listens to it, for about \$0\.23\.$/m,
    )
    expect(await calls()).toMatchObject([{ provider: 'openai-compatible-speech', cost_usd: expect.closeTo(0.22, 1) }])
  })

  it('sends nothing with --transcribe off', async () => {
    const { status, error } = await clip(groq(), { more: ['--transcribe', 'off'] })
    expect([status, error?.code]).toEqual([3, 'TRANSCRIPT_MISSING'])
    expect(service.requests).toHaveLength(0)
  })

  it('says why a service did not listen', async () => {
    const { status, error } = await clip({ ...groq(), OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY: 'sk-wrong-0123456789' })
    expect([status, error?.code]).toEqual([3, 'SPEECH_SERVICE_REFUSED'])
    expect(error?.message).toContain('does not accept the key')
    expect(JSON.stringify([error, await calls()])).not.toContain('sk-wrong-0123456789')
  })

  it('spends no more than it may', async () => {
    const { status, error } = await clip({ ...groq(), OPENAI_COMPATIBLE_TRANSCRIPTION_USD_PER_HOUR: '1000' })
    expect([status, error?.code]).toEqual([3, 'SPEECH_BUDGET_SPENT'])
    expect(error?.message).toContain('the recording would cost about $6.39')
    expect(service.requests).toHaveLength(0)
  })

  it('makes up no words for silence, and sends none of it', async () => {
    const { moments, transcript, shortfall, status } = await clip(groq(), { media: silent })
    expect(service.requests).toHaveLength(0)
    expect(moments ?? []).toEqual([])
    expect(status).toBe(7)
    expect(shortfall).toContain('There is no speech in this recording')
    expect(transcript?.warnings).toContain('The recording is silent: nothing was sent to be heard.')
  })
})

describe('clipwright doctor', () => {
  it('says who is ready to listen, and what the others lack', async () => {
    const env = { ...surroundings(), ...groq(), MISTRAL_API_KEY: 'm-0123456789' }
    const { stdout } = await runCommand(['doctor', '--json'], { env })
    const { checks } = JSON.parse(stdout) as { checks: { name: string; found: string }[] }
    expect(checks.filter(({ name }) => name === 'transcriber').map(({ found }) => found)).toEqual([
      'Mistral (voxtral-mini-2602, then voxtral-mini-transcribe-3-0): ready, asked only with --transcribe cloud, about $0.18 an hour',
      expect.stringMatching(/^127\.0\.0\.1:\d+ \(whisper-large-v3-turbo\): ready/),
      'no key: OpenAI (OPENAI_API_KEY), xAI (XAI_API_KEY)',
    ])
    expect(stdout).not.toContain(speechKey)
  })
})
