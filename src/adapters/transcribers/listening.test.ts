import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { describeSpeechEngine } from '../../../test/suites/speech-engine-suite.ts'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { type ContractEngine, contractEngine } from '../../../test/support/contract-engine.ts'
import { temporaryDatabase } from '../../../test/support/temporary-database.ts'
import { speakTones, type ToneWord, toneWords } from '../../../test/support/tone-speech.ts'
import type { Database } from '../../database/connect.ts'
import { seededRandom } from '../../domain/seeded-random.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { measureLoudness } from '../../pipeline/analyze/measure-loudness.ts'
import { WindowLost } from '../../pipeline/transcribe/speech-errors.ts'
import type { CueDocument, TranscribableRecording } from '../../pipeline/transcribe/transcriber.ts'
import { listening } from './listening.ts'

let folder: string
let media: Media
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-listening-test-'))
  media = createMedia({ tools: await findMediaTools({}) })
  database = await temporaryDatabase()
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** Words of these lengths one after the other, with a pause after every `pauseEvery`. */
function talk({
  seconds,
  seed = 1,
  pauseEvery = 0,
}: {
  seconds: number
  seed?: number
  pauseEvery?: number
}): ToneWord[] {
  const random = seededRandom(seed)
  const words: ToneWord[] = []
  for (let time = 0.2; time < seconds - 0.6; ) {
    const text = toneWords[Math.floor(random() * toneWords.length)] ?? 'alpha'
    const end = time + 0.2 + random() * 0.2
    words.push({ text, start: time, end })
    time = end + 0.06 + (pauseEvery > 0 && words.length % pauseEvery === 0 ? 0.6 : 0)
  }
  return words
}

let count = 0
async function recordingOf(
  words: readonly ToneWord[],
  {
    duration = 30,
    sampleRate = 16_000,
    channels = 1,
  }: { duration?: number; sampleRate?: number; channels?: number } = {},
): Promise<TranscribableRecording> {
  const path = join(folder, `talk-${++count}.wav`)
  await speakTones(path, { words, duration, sampleRate, channels })
  return { path, hash: `hash ${count}`, info: await media.probe(path), givenTranscript: null }
}

function transcriberOf(engine: ContractEngine | null) {
  return listening({
    name: 'contract',
    kind: 'local',
    engine: async () => engine,
    media,
    db: database.kysely,
    findSilences: async (request) => (await measureLoudness(request)).silences,
    wayOut: () => 'give it ears',
  })
}

const live = () => new AbortController().signal
async function read(recording: TranscribableRecording, engine: ContractEngine, signal = live()): Promise<CueDocument> {
  const source = await transcriberOf(engine).find(recording, { signal })
  if (!source) throw new Error('nothing found')
  return source.read({ signal })
}
const textOf = ({ cues }: Pick<CueDocument, 'cues'>) => cues.map(({ text }) => text).join(' ')
const said = (words: readonly ToneWord[]) => words.map(({ text }) => text).join(' ')

describeSpeechEngine('contract', async () => {
  const words = talk({ seconds: 5 })
  const [spoken, silent] = [await recordingOf(words, { duration: 5 }), await recordingOf([], { duration: 5 })]
  const broken = join(folder, 'broken.wav')
  await writeFile(broken, 'no sound at all')
  const window = (path: string) => ({ path, start: 0, duration: 5 })
  return { engine: contractEngine(), spoken: window(spoken.path), silent: window(silent.path), broken: window(broken) }
})

describeTranscriber('listening', async () => {
  const spoken = await recordingOf(talk({ seconds: 12, pauseEvery: 8 }), { duration: 12 })
  const empty = { ...spoken, info: { ...spoken.info, audio: [] } }
  return {
    transcriber: transcriberOf(contractEngine()),
    spoken,
    empty,
    silent: await recordingOf([], { duration: 12 }),
    change: async () => ({ transcriber: transcriberOf(contractEngine({ fingerprint: 'contract|tones|2' })), spoken }),
  }
})

describe('windows of a real file', () => {
  test.each([
    { name: 'without a pause', pauseEvery: 0 },
    { name: 'with pauses', pauseEvery: 9 },
  ])('every word once, at its time: $name', async ({ pauseEvery }) => {
    const words = talk({ seconds: 40, seed: 3, pauseEvery })
    const engine = contractEngine({ atOnce: 2 })
    const document = await read(await recordingOf(words, { duration: 40 }), engine)
    expect(engine.asked.length).toBeGreaterThan(3)
    expect(textOf(document)).toBe(said(words))
    const heard = document.cues.flatMap((cue) => cue.words ?? [])
    const worst = Math.max(...heard.map(({ start }, index) => Math.abs(start - (words[index]?.start ?? 0))))
    expect(worst).toBeLessThan(0.05)
    expect(engine.closed).toBeGreaterThan(0)
  })

  test.each([
    { name: '8 kHz', options: { sampleRate: 8000 } },
    { name: '7.1', options: { channels: 8, sampleRate: 48_000 } },
  ])('sound of $name', async ({ options }) => {
    const words = talk({ seconds: 15, seed: 4 })
    expect(textOf(await read(await recordingOf(words, { duration: 15, ...options }), contractEngine()))).toBe(
      said(words),
    )
  })

  test('cues without word times are left for the estimator', async () => {
    const words = talk({ seconds: 40, seed: 5, pauseEvery: 6 })
    const document = await read(await recordingOf(words, { duration: 40 }), contractEngine({ timed: false }))
    expect(textOf(document)).toBe(said(words))
    expect(document.cues.every(({ words: own }) => own === null)).toBe(true)
  })

  test('the language the first windows agree on is told to the others', async () => {
    const recording = await recordingOf(talk({ seconds: 50, seed: 6 }), { duration: 50 })
    const engine = contractEngine({ language: 'de' })
    const document = await read(recording, engine)
    expect(document.language).toBe('de')
    expect(engine.asked.slice(0, 3).map(({ language }) => language)).toEqual([null, null, null])
    expect(engine.asked.slice(3).every(({ language }) => language === 'de')).toBe(true)
  })

  test('long silences are not sent at all, and silent recordings not to anybody', async () => {
    const words = [{ text: 'alpha', start: 20, end: 20.4 }]
    const engine = contractEngine()
    expect(textOf(await read(await recordingOf(words, { duration: 40 }), engine))).toBe('alpha')
    expect(engine.asked).toHaveLength(1)
    expect(engine.asked[0]?.duration).toBeLessThan(1.5)

    const idle = contractEngine()
    const silent = await read(await recordingOf([], { duration: 40 }), idle)
    expect(silent).toMatchObject({ cues: [], warnings: [expect.stringContaining('is silent')] })
    expect(idle.asked).toEqual([])
  })

  test('noise and music without words end as such', async () => {
    const path = join(folder, 'noise.wav')
    await media.ffmpeg({ args: ['-f', 'lavfi', '-i', 'anoisesrc=d=15:a=0.3:r=16000:seed=1', '-ac', '1', path] })
    const noise = { path, hash: 'noise', info: await media.probe(path), givenTranscript: null }
    const document = await read(noise, contractEngine())
    expect(document.cues).toEqual([])
    expect(document.warnings).toEqual(['contract (tones) heard no speech in it.'])
  })
})

describe('an engine that breaks', () => {
  const words = talk({ seconds: 40, seed: 7, pauseEvery: 8 })

  test('once: the window is heard again, and nothing is lost', async () => {
    let broken = 0
    const engine = contractEngine({
      before: () => {
        if (broken++ === 1) throw new WindowLost('contract', 'it died')
      },
    })
    const document = await read(await recordingOf(words, { duration: 40 }), engine)
    expect(textOf(document)).toBe(said(words))
    expect(document.warnings).toEqual([])
  })

  test('twice on the same window: a gap with its times, the rest as it was said, and another try next time', async () => {
    const recording = await recordingOf(words, { duration: 40 })
    const before = (window: { start: number }) => {
      if (window.start > 15 && window.start < 22) throw new WindowLost('contract', 'it died')
    }
    const engine = contractEngine({ before })
    const source = await transcriberOf(engine).find(recording, { signal: live() })
    const document = await source?.read({ signal: live() })
    const lost = engine.asked.filter(({ start }) => start > 15 && start < 22)
    const [first] = lost
    if (!document || !first) throw new Error('nothing was lost')
    expect(lost.length % 2).toBe(0)
    const kept = words.filter(
      (word) => !lost.some(({ start, duration }) => word.start > start && word.start < start + duration),
    )
    expect(textOf(document)).toBe(said(kept))
    expect(kept.length).toBeLessThan(words.length)
    expect(document.warnings[0]).toMatch(/^Not heard, since contract broke there twice: 0:\d\d to 0:\d\d/)

    // It says that it would be another transcript now, and hears only what is missing.
    const healthy = contractEngine()
    const again = await transcriberOf(healthy).find(recording, { signal: live() })
    expect(again?.fingerprint).not.toBe(source?.fingerprint)
    const whole = await again?.read({ signal: live() })
    expect(whole && textOf(whole)).toBe(said(words))
    expect(healthy.asked.length).toBe(lost.length / 2)
    expect((await transcriberOf(healthy).find(recording, { signal: live() }))?.fingerprint).toBe(again?.fingerprint)
  })

  test('on every window: no transcript at all', async () => {
    const engine = contractEngine({
      before: () => {
        throw new WindowLost('contract', 'it died')
      },
    })
    await expect(read(await recordingOf(words, { duration: 40 }), engine)).rejects.toMatchObject({
      code: 'SPEECH_NOTHING_HEARD',
      retry: 'later',
    })
    expect(engine.closed).toBe(1)
  })

  test('a failure that concerns all windows ends the hearing, keeps what was heard, and leaves nothing behind', async () => {
    const recording = await recordingOf(words, { duration: 40 })
    const desk = await mkdtemp(join(folder, 'tmp-'))
    vi.stubEnv('TMPDIR', desk)
    let heard = 0
    const engine = contractEngine({
      atOnce: 2,
      before: () => {
        if (++heard > 3) throw new Error('the key is wrong')
      },
    })
    await expect(read(recording, engine)).rejects.toThrow('the key is wrong')
    const rest = contractEngine()
    expect(textOf(await read(recording, rest))).toBe(said(words))
    expect(rest.asked.length).toBeGreaterThan(0)
    expect(rest.asked.map(({ start }) => start)).not.toContain(engine.asked[0]?.start)
    vi.unstubAllEnvs()
    expect(await readdir(desk)).toEqual([])
  })
})

test('forty languages in one recording are all heard, and called what most of it is in', async () => {
  const words = talk({ seconds: 80, seed: 12, pauseEvery: 6 })
  const names = Array.from({ length: 40 }, (_, i) => `q${String.fromCharCode(97 + (i % 26))}${i < 26 ? '' : 'x'}`)
  let heard = 0
  const engine = contractEngine({
    form: { longest: 5 },
    language: () => names[Math.min(names.length - 1, heard++ % 3 === 0 ? 0 : heard)] ?? 'en',
  })
  const document = await read(await recordingOf(words, { duration: 80 }), engine)
  expect(textOf(document)).toBe(said(words))
  expect(document.language).toBe(names[0])
})

test('a cancel reaches an engine that does not listen to it', async () => {
  const recording = await recordingOf(talk({ seconds: 30, seed: 8 }))
  const controller = new AbortController()
  let release = (): void => undefined
  const engine = contractEngine({
    before: () => {
      controller.abort(new Error('enough'))
      return new Promise((resolve) => {
        release = resolve
      })
    },
  })
  await expect(read(recording, engine, controller.signal)).rejects.toThrow('enough')
  release()
})

test('progress names the window and the speed, and only rises', async () => {
  const recording = await recordingOf(talk({ seconds: 40, seed: 9 }), { duration: 40 })
  const source = await transcriberOf(contractEngine()).find(recording, { signal: live() })
  const reports: { fraction: number; message: string }[] = []
  await source?.read({ signal: live(), onProgress: (progress) => reports.push(progress) })
  expect(reports.map(({ message }) => message)).toContain('window 1 of 5')
  expect(reports.at(-1)?.message).toMatch(/^window 5 of 5, \d+\.\d×$/)
})
