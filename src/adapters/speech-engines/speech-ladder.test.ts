import { describe, expect, it } from 'vitest'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { fakeTranscriber } from '../../../test/support/fake-transcriber.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { AppError } from '../../domain/app-error.ts'
import type { Cue, TranscribableRecording, Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { ServiceRefused, ServiceUnavailable } from './services/service-errors.ts'
import { speechLadder } from './speech-ladder.ts'

const cue = (text: string, start: number): Cue => ({ text, start, end: start + 2, speaker: null, words: null })
const cues = [cue('We lost it all.', 1), cue('Then we found it again.', 4)]
const recording: TranscribableRecording = {
  path: '/talk.mp4',
  hash: 'h',
  info: mediaInfoOf(20),
  givenTranscript: null,
}
const { signal } = new AbortController()

/** Is ready, and fails when it listens. */
function failing(name: string, error: Error, onRead = () => undefined as void): Transcriber {
  return {
    ...fakeTranscriber({ name, cues }),
    async find(about, options) {
      const source = await fakeTranscriber({ name, cues }).find(about, options)
      return source && { ...source, read: () => (onRead(), Promise.reject(error)) }
    },
  }
}

const read = async (rungs: Transcriber[], onProgress?: (fraction: number) => void) => {
  const source = await speechLadder(rungs).find(recording, { signal })
  return source?.read({ signal, ...(onProgress && { onProgress: ({ fraction }) => onProgress(fraction) }) })
}

describeTranscriber('ladder', async () => {
  const rungs = (said: Cue[]) => speechLadder([fakeTranscriber({ cues: null }), fakeTranscriber({ cues: said })])
  return {
    transcriber: {
      ...rungs(cues),
      find: (about, options) =>
        about.path === '/empty.mp4' ? Promise.resolve(null) : rungs(cues).find(about, options),
    },
    spoken: recording,
    empty: { ...recording, path: '/empty.mp4' },
    change: async () => ({
      transcriber: rungs([cue('Another one altogether.', 1), cue('Yes.', 4)]),
      spoken: recording,
    }),
  }
})

describe('speechLadder', () => {
  const refused = new ServiceRefused('OpenAI', 'does not accept the key (401: no)')

  it('has nothing when nobody is ready', async () => {
    expect(await speechLadder([fakeTranscriber({ cues: null })]).find(recording, { signal })).toBeNull()
    expect(await speechLadder([]).find(recording, { signal })).toBeNull()
  })

  it('asks the next one, and the result says so and who made it', async () => {
    const document = await read([
      failing('openai (whisper-1)', refused),
      fakeTranscriber({ name: 'sherpa-onnx (tiny)', cues }),
    ])
    expect(document).toMatchObject({
      origin: { name: 'sherpa-onnx (tiny)' },
      warnings: ['OpenAI does not accept the key (401: no). sherpa-onnx (tiny) listened instead.'],
    })
    expect(document?.cues).toEqual(cues)
  })

  it('is known by the first, whoever hears in the end', async () => {
    const second = fakeTranscriber({ name: 'second', cues })
    const first = fakeTranscriber({ name: 'first', cues: [cue('Hello.', 1)] })
    const fingerprintOf = async (rungs: Transcriber[]) =>
      (await speechLadder(rungs).find(recording, { signal }))?.fingerprint
    expect(await fingerprintOf([first, second])).toBe(await fingerprintOf([first]))
    expect(await fingerprintOf([second, first])).not.toBe(await fingerprintOf([first]))
  })

  it('fails as the only one failed, or with the reasons of all', async () => {
    await expect(read([failing('openai', refused)])).rejects.toBe(refused)
    const down = new ServiceUnavailable('Mistral', 'is overloaded')
    await expect(read([failing('openai', refused), failing('mistral', down)])).rejects.toMatchObject({
      code: 'SPEECH_NOBODY_HEARD',
      retry: 'later',
      message: 'Nobody could hear the recording. OpenAI does not accept the key (401: no). Mistral is overloaded.',
    })
  })

  it('asks nobody else when it is the recording, or when nobody wants it any more', async () => {
    class Moved extends AppError {
      readonly code = 'RECORDING_MOVED'
    }
    let asked = 0
    const next = failing('next', refused, () => void asked++)
    await expect(read([failing('openai', new Moved('gone')), next])).rejects.toThrow('gone')
    await expect(read([failing('openai', new Error('a mistake of ours')), next])).rejects.toThrow('a mistake of ours')
    expect(asked).toBe(0)
  })

  it('never goes back in what it tells of its progress', async () => {
    const half: Transcriber = {
      ...fakeTranscriber({ name: 'half', cues }),
      async find(about, options) {
        const source = await fakeTranscriber({ cues }).find(about, options)
        return (
          source && {
            ...source,
            async read({ onProgress }) {
              onProgress?.({ fraction: 0.6, message: 'listening' })
              throw refused
            },
          }
        )
      },
    }
    const slow: Transcriber = {
      ...half,
      async find(about, options) {
        const source = await fakeTranscriber({ cues }).find(about, options)
        return (
          source && {
            ...source,
            read: (options) => (options.onProgress?.({ fraction: 0.1, message: 'again' }), source.read(options)),
          }
        )
      },
    }
    const fractions: number[] = []
    await read([half, slow], (fraction) => fractions.push(fraction))
    expect(fractions).toEqual([0.6, 0.6, 1])
  })
})
