import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeSpeechEngine } from '../../../../test/suites/speech-engine-suite.ts'
import { identify } from '../../../observability/this-process.ts'
import type { SpeechEngine } from '../../../pipeline/transcribe/speech-engine.ts'
import { WindowLost } from '../../../pipeline/transcribe/speech-errors.ts'
import { neededFiles } from './recognizer-config.ts'
import { placesFor, type SherpaModel, sherpaEngine } from './sherpa-engine.ts'
import { SpeechEngineFailed } from './sherpa-errors.ts'
import { installedSherpa, loadSherpa } from './sherpa-library.ts'
import type { RecognizerKind } from './sherpa-messages.ts'
import { SherpaProcess } from './sherpa-process-client.ts'

const odd = new URL('../../../../test/fixtures/speech/odd-sherpa-process.mjs', import.meta.url)
const { signal } = new AbortController()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-sherpa-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A model all of whose files hold this. */
async function modelOf(kind: RecognizerKind, content: string, name: string = kind): Promise<SherpaModel> {
  const files: Record<string, string> = {}
  for (const part of neededFiles[kind]) {
    files[part] = join(folder, `${name}-${part}`)
    await writeFile(files[part] ?? '', content)
  }
  return { name, kind, files, bytes: 1000, fingerprint: 'of a test', language: null, longest: 30 }
}

const window = (name: string) => ({ path: join(folder, name), start: 0, duration: 5 })
const listen = (engine: SpeechEngine, name: string, language: string | null = null) =>
  engine.listen(window(name), { signal, language })

test('the library is there and loads', () => {
  expect(installedSherpa()).toBe('1.13.8')
  expect(loadSherpa().version).toBe('1.13.8')
})

describe('a model that is none', () => {
  test.each(Object.keys(neededFiles) as RecognizerKind[])(
    '%s: damaged files are refused, and nobody else dies',
    async (kind) => {
      const engine = sherpaEngine({ model: await modelOf(kind, 'not a model', `damaged-${kind}`) })
      const failure = await listen(engine, 'a.wav').catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'SPEECH_MODEL_UNUSABLE', retry: 'never' })
      expect((failure as Error).message).toContain(`damaged-${kind}`)
      await engine.close?.()
    },
  )

  test('a missing file is named before anything is started', async () => {
    const model = await modelOf('whisper', 'x', 'missing')
    const gone = { ...model, files: { ...model.files, decoder: join(folder, 'gone.onnx') } }
    expect(() => sherpaEngine({ model: gone })).toThrow(/missing can't be used: .*gone\.onnx is missing/)
  })
})

describeSpeechEngine('sherpa-onnx, with a damaged model', async () => {
  const broken = join(folder, 'broken.wav')
  await writeFile(broken, 'no sound at all')
  const model = await modelOf('nemo-transducer', 'not a model', 'suite')
  return { engine: sherpaEngine({ model }), broken: { path: broken, start: 0, duration: 5 } }
})

describeSpeechEngine('sherpa-onnx, its process played', async () => {
  const broken = join(folder, 'fails.wav')
  return {
    engine: sherpaEngine({ model: await modelOf('moonshine', 'x', 'played'), program: odd }),
    spoken: window('spoken.wav'),
    broken: { path: broken, start: 0, duration: 5 },
  }
})

describe('a process that misbehaves', () => {
  const open = async (manner: string, options: { cores?: number; freeMemory?: number } = {}) =>
    sherpaEngine({ model: await modelOf('nemo-transducer', 'x', manner), program: odd, ...options })

  test('dies on a window: that one is lost, the next is heard by another process', async () => {
    const engine = await open('dies')
    await expect(listen(engine, 'kills.wav')).rejects.toThrow(WindowLost)
    expect((await listen(engine, 'b.wav')).cues[0]?.text).toBe('heard b.wav')
    await engine.close?.()
  })

  test('fails or talks nonsense: the window is lost', async () => {
    const engine = await open('odd')
    await expect(listen(engine, 'fails.wav')).rejects.toThrow('no sound in it')
    await expect(listen(engine, 'nonsense.wav')).rejects.toThrow('makes no sense')
    await engine.close?.()
  })

  test('a farewell that is all there is in twenty seconds is nothing that was said', async () => {
    const engine = sherpaEngine({ model: await modelOf('whisper', 'x', 'inventive'), program: odd })
    const heard = await engine.listen({ ...window('farewell.wav'), duration: 20 }, { signal, language: null })
    expect(heard).toMatchObject({ language: null, cues: [], warnings: [expect.stringContaining('farewell')] })
    await engine.close?.()
  })

  test('is told the language', async () => {
    const engine = await open('told')
    expect(await listen(engine, 'c.wav', 'de')).toMatchObject({ language: 'en' })
    await engine.close?.()
  })

  test('refuses its model by dying: the reason is what it said last', async () => {
    const engine = await open('refuses')
    await expect(listen(engine, 'd.wav')).rejects.toMatchObject({
      code: 'SPEECH_MODEL_UNUSABLE',
      message: expect.stringContaining('Protobuf parsing failed'),
      evidence: { signal: 'SIGABRT' },
    })
  })

  test('is killed from outside while it loads: that is not the model’s fault', async () => {
    await expect(listen(await open('killed-at-start'), 'e.wav')).rejects.toThrow(SpeechEngineFailed)
  })

  test('a cancel ends the process at once', async () => {
    const controller = new AbortController()
    const process = new SherpaProcess({
      task: { task: 'hear', kind: 'whisper', files: { tokens: 'plain' }, threads: 1 },
      program: odd,
      mostMemory: 1e9,
      unusable: (reason) => new SpeechEngineFailed(reason),
    })
    await process.start(signal)
    const { pid } = process
    const asked = process.ask(
      { ask: 'hear', path: 'hangs.wav', language: null },
      { signal: controller.signal, seconds: 600 },
    )
    // Its turn begins; before, nothing would have to be ended.
    await setImmediate()
    controller.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    await expect.poll(() => identify(pid ?? 0)).toBeNull()
  })

  test('does not answer in its time: the window is lost, and the process ended', async () => {
    const process = new SherpaProcess({
      task: { task: 'hear', kind: 'whisper', files: { tokens: 'plain' }, threads: 1 },
      program: odd,
      mostMemory: 1e9,
      unusable: (reason) => new SpeechEngineFailed(reason),
    })
    const options = { signal, seconds: 0.05 }
    await expect(process.ask({ ask: 'hear', path: 'hangs.wav', language: null }, options)).rejects.toThrow(
      'did not answer',
    )
    expect(process.pid).toBeNull()
  })

  test('that took too much memory is started afresh', async () => {
    const process = new SherpaProcess({
      task: { task: 'hear', kind: 'whisper', files: { tokens: 'grows' }, threads: 1 },
      program: odd,
      mostMemory: 1e9,
      unusable: (reason) => new SpeechEngineFailed(reason),
    })
    const ask = () => process.ask({ ask: 'hear', path: 'a.wav', language: null }, { signal, seconds: 60 })
    expect(await ask()).toMatchObject({ asked: 1 })
    expect(await ask()).toMatchObject({ asked: 1 })
    expect(process.starts).toBe(2)
    process.end()
  })

  test('closing ends it, and the next question starts another', async () => {
    const engine = await open('plain')
    await listen(engine, 'a.wav')
    await engine.close?.()
    expect((await listen(engine, 'a.wav')).cues).toHaveLength(1)
    await engine.close?.()
  })
})

test.each([
  { cores: 2, free: 16e9, need: 1.5e9, atOnce: 1, threads: 2 },
  { cores: 16, free: 16e9, need: 1.5e9, atOnce: 4, threads: 4 },
  { cores: 16, free: 4e9, need: 1.5e9, atOnce: 1, threads: 4 },
  { cores: 1, free: 0.5e9, need: 1.5e9, atOnce: 1, threads: 1 },
])('$cores cores and $free bytes: $atOnce at once', ({ atOnce, threads, ...machine }) => {
  expect(placesFor(machine)).toEqual({ atOnce, threads })
})
