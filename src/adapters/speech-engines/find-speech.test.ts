import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contractEngine } from '../../../test/support/contract-engine.ts'
import { type SpeechService, speechKey, startSpeechService } from '../../../test/support/speech-service.ts'
import { temporaryDatabase } from '../../../test/support/temporary-database.ts'
import { speakTones, type ToneWord, toneWords } from '../../../test/support/tone-speech.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Database } from '../../database/connect.ts'
import type { TranscribeMode } from '../../domain/transcript.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { measureLoudness } from '../../pipeline/analyze/measure-loudness.ts'
import type { SpeechEngine } from '../../pipeline/transcribe/speech-engine.ts'
import type { TranscribableRecording } from '../../pipeline/transcribe/transcriber.ts'
import { listening } from '../transcribers/listening.ts'
import { findSpeech } from './find-speech.ts'
import { serviceEngine } from './services/service-engine.ts'
import type { ServiceSetup } from './services/service-setup.ts'
import { standInEngine } from './services/stand-in-engine.ts'

let folder: string
let media: Media
let database: Database
let service: SpeechService
let talk: TranscribableRecording

/** A word every half second, with a pause after every sixth. */
const spoken: ToneWord[] = Array.from({ length: 48 }, (_, index) => {
  const start = 0.5 + index * 0.5 + Math.floor(index / 6) * 0.7
  return { text: toneWords[(index * 5) % toneWords.length] ?? 'alpha', start, end: start + 0.35 }
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-find-speech-'))
  media = createMedia({ tools: await findMediaTools({}) })
  database = await temporaryDatabase()
  service = await startSpeechService()
  const path = join(folder, 'talk.wav')
  await speakTones(path, { words: spoken, duration: 31 })
  talk = { path, hash: 'talk', info: await media.probe(path), givenTranscript: null }
})
beforeEach(() => service.reset())
afterEach(() => sql`truncate model_calls, heard_windows, events cascade`.execute(database.kysely))
afterAll(async () => {
  await Promise.all([service.stop(), database.close()])
  await rm(folder, { recursive: true })
})

const { signal } = new AbortController()
const findSilences = async (request: Parameters<typeof measureLoudness>[0]) => (await measureLoudness(request)).silences
const common = () => ({ db: database.kysely, media, recordingId: null, runId: null, findSilences })

interface Wanted {
  environment?: Record<string, string>
  mode?: TranscribeMode
  local?: SpeechEngine | null
}

const own = () => ({
  OPENAI_COMPATIBLE_TRANSCRIPTION_URL: `${service.origin}/v1`,
  OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: 'whisper-large-v3-turbo',
  OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY: speechKey,
})

function speech({ environment = {}, mode, local = null }: Wanted = {}) {
  return findSpeech({
    ...common(),
    settings: loadSettings(environment),
    mode,
    local: { name: 'local model', engine: async () => local, wayOut: () => 'download a model' },
  })
}

const read = async (wanted: Wanted) => (await speech(wanted).find(talk, { signal }))?.read({ signal })

describe('findSpeech', () => {
  it('asks the model on this machine first, and nobody else then', async () => {
    const document = await read({ environment: own(), local: contractEngine() })
    expect(document?.origin).toMatchObject({ kind: 'local', name: 'contract (tones)' })
    expect(service.requests).toHaveLength(0)
  })

  it('asks a service first when that is what was wanted, and hears every word', async () => {
    const document = await read({ environment: own(), mode: 'cloud', local: contractEngine() })
    expect(document?.origin).toMatchObject({ kind: 'cloud', name: 'openai-compatible (whisper-large-v3-turbo)' })
    const heard = document?.cues.flatMap(({ words }) => words ?? []) ?? []
    expect(heard.map(({ text }) => text.toLowerCase().replace('.', ''))).toEqual(spoken.map(({ text }) => text))
    for (const [index, word] of heard.entries())
      expect(Math.abs(word.start - (spoken[index]?.start ?? 99))).toBeLessThan(0.06)
  })

  it('falls back on the model of this machine when the service refuses, and says so', async () => {
    service.behave({ status: 401, body: '{}' })
    const document = await read({ environment: own(), mode: 'cloud', local: contractEngine() })
    expect(document).toMatchObject({
      origin: { kind: 'local', name: 'contract (tones)' },
      warnings: [
        expect.stringMatching(/^127\.0\.0\.1:\d+ does not accept the key .*\. contract \(tones\) listened instead\.$/),
      ],
    })
  })

  it('has nobody without a model and a key, and for --transcribe off', async () => {
    expect(await speech().find(talk, { signal })).toBeNull()
    expect(await speech({ environment: own(), mode: 'off', local: contractEngine() }).find(talk, { signal })).toBeNull()
  })

  it('says what would help, in every situation', () => {
    const key = { OPENAI_API_KEY: speechKey }
    const way = (wanted: Wanted) => speech(wanted).wayOut(talk)
    expect(way({})).toBe(
      'download a model\nset OPENAI_API_KEY or MISTRAL_API_KEY or XAI_API_KEY and add --transcribe cloud to have a service listen to it (its sound is sent there); TRANSCRIBERS=local,openai in the settings allows it for every recording',
    )
    expect(way({ environment: key })).toBe(
      'download a model\nadd --transcribe cloud to have OpenAI listen to it (its sound is sent there, less than a cent); TRANSCRIBERS=local,openai in the settings allows it for every recording',
    )
    expect(way({ environment: key, mode: 'local' })).toContain('say --transcribe cloud instead of --transcribe local')
    expect(way({ environment: { TRANSCRIBERS: 'openai', MISTRAL_API_KEY: 'm-0123456789' } })).toBe(
      'set OPENAI_API_KEY to have a service listen to it (its sound is sent there)',
    )
    expect(speech().wayOut({ ...talk, info: { ...talk.info, audio: [] } })).toBeNull()
  })

  it('is the same transcript whatever rungs there are below the one that is asked', async () => {
    const fingerprint = async (environment: Record<string, string>) =>
      (await speech({ environment, mode: 'cloud' }).find(talk, { signal }))?.fingerprint
    const openai = { OPENAI_API_KEY: speechKey }
    expect(await fingerprint({ ...openai, MISTRAL_API_KEY: 'm-0123456789' })).toBe(await fingerprint(openai))
    expect(await fingerprint({ MISTRAL_API_KEY: 'm-0123456789' })).not.toBe(await fingerprint(openai))
    // Another key is the same service.
    expect(await fingerprint({ OPENAI_API_KEY: 'sk-another-0123456789' })).toBe(await fingerprint(openai))
  })
})

describe('a service that ends in the middle', () => {
  const setup = (changes: Partial<ServiceSetup>) =>
    service.setup({ form: { format: 'ogg-opus', longest: 8, mostBytes: 24_000_000 }, ...changes })
  const limits = {
    callsPerMinute: 1000,
    callsAtOnce: 1,
    usdPerRecording: 3,
    usdPerDay: 10,
    timeoutSeconds: 30,
    patienceSeconds: 60,
  }
  const engines = (...setups: ServiceSetup[]) => {
    const [first, ...others] = setups.map((one) => ({
      engine: serviceEngine(one, { db: database.kysely, limits, recordingId: null, runId: null }),
      label: one.label,
    }))
    if (first === undefined) throw new Error('there must be one')
    return standInEngine([first, ...others])
  }
  const document = async (engine: SpeechEngine) => {
    const transcriber = listening({
      ...common(),
      name: 'services',
      kind: 'cloud',
      engine: async () => engine,
      wayOut: () => null,
    })
    return (await transcriber.find(talk, { signal }))?.read({ signal })
  }
  const pathsAsked = () => service.requests.map(({ path }) => path)

  it('is followed by the next; what it heard is kept, and both are named', async () => {
    service.behave(({ path }, count) =>
      path === '/v1/stt' || count <= 2 ? 'hear' : { status: 402, body: { error: 'no credit' } },
    )
    const heard = await document(engines(setup({}), setup({ service: 'xai' })))
    expect(heard?.origin.name).toBe('openai (whisper-1) and xai (grok-voice-transcribe-2.0)')
    expect(heard?.warnings).toEqual([
      'OpenAI has no credit left for this key (402: no credit). xAI (grok-voice-transcribe-2.0) listened instead.',
    ])
    const words = heard?.cues.flatMap((cue) => cue.words ?? []).map(({ text }) => text.toLowerCase().replace('.', ''))
    expect(words).toEqual(spoken.map(({ text }) => text))
    const asked = pathsAsked()
    expect(asked.filter((path) => path !== '/v1/stt')).toHaveLength(3)
    expect(asked.indexOf('/v1/stt')).toBe(3)
  })

  it('alone is a failure; the same command later pays for the rest only', async () => {
    service.behave((_, count) => (count <= 2 ? 'hear' : { status: 402, body: '{}' }))
    await expect(document(engines(setup({})))).rejects.toMatchObject({ code: 'SPEECH_SERVICE_REFUSED' })
    const before = service.requests.length
    service.behave('hear')
    const heard = await document(engines(setup({})))
    expect(heard?.warnings).toEqual([])
    const windows = before - 1 + service.requests.length - before
    // Each window was heard once, and one of them was refused once.
    expect(new Set(service.requests.map(({ file }) => file.name)).size).toBe(windows)
  })

  it('with nonsense for one window leaves a gap that is told, and no words in it', async () => {
    const lost = new Set<string>()
    service.behave(({ file }, count) => {
      if (count === 2) lost.add(file.name)
      return lost.has(file.name) ? { body: 'Here you go!' } : 'hear'
    })
    const heard = await document(engines(setup({})))
    expect(heard?.warnings).toEqual([
      expect.stringMatching(/^Not heard, since openai broke there twice: 0:\d\d to 0:\d\d\./),
    ])
    const words = heard?.cues.flatMap((cue) => cue.words ?? []) ?? []
    expect(words.length).toBeGreaterThan(20)
    expect(words.length).toBeLessThan(spoken.length)
  })
})
