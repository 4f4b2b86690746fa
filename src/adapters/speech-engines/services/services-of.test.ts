import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../../config/load-settings.ts'
import { isOnThisMachine, rungsOf, setupsOfService } from './services-of.ts'

const key = { OPENAI_API_KEY: 'sk-0123456789', MISTRAL_API_KEY: 'm-0123456789', XAI_API_KEY: 'x-0123456789' }
const rungs = (environment: Record<string, string>, mode?: Parameters<typeof rungsOf>[1]) =>
  rungsOf(loadSettings({ ...key, ...environment }), mode)

describe('rungsOf', () => {
  it('sends nothing anywhere for a key alone', () => {
    expect(rungs({})).toEqual(['local', 'openai-compatible'])
  })

  it('takes a name in the settings, or a word on the command line, for an agreement', () => {
    expect(rungs({ TRANSCRIBERS: 'mistral, Local' })).toEqual(['mistral', 'local'])
    expect(rungs({}, 'cloud')).toEqual(['openai', 'mistral', 'xai', 'openai-compatible', 'local'])
    expect(rungs({ TRANSCRIBERS: 'local,xai' }, 'cloud')).toEqual(['xai', 'local'])
    expect(rungs({ TRANSCRIBERS: 'local' }, 'cloud')).toEqual([
      'openai',
      'mistral',
      'xai',
      'openai-compatible',
      'local',
    ])
  })

  it('sends nothing with local, and hears nothing with off', () => {
    expect(rungs({ TRANSCRIBERS: 'openai' }, 'local')).toEqual(['local'])
    expect(rungs({ TRANSCRIBERS: 'openai' }, 'off')).toEqual([])
    expect(rungs({ TRANSCRIBERS: 'off' })).toEqual([])
    const url = (host: string) => ({ OPENAI_COMPATIBLE_TRANSCRIPTION_URL: `http://${host}/v1` })
    expect(rungs(url('localhost:8000'), 'local')).toEqual(['local', 'openai-compatible'])
    expect(rungs(url('api.groq.com'), 'local')).toEqual(['local'])
  })

  it('refuses a name that nobody has', () => {
    expect(() => rungs({ TRANSCRIBERS: 'local,groq' })).toThrow(
      'TRANSCRIBERS: "groq" is none of local, openai, mistral, xai, openai-compatible and off',
    )
  })
})

describe('setupsOfService', () => {
  const setups = (environment: Record<string, string>, service: Parameters<typeof setupsOfService>[0]) =>
    setupsOfService(service, loadSettings(environment))

  it('has none without a key', () => {
    expect(setups({}, 'openai')).toEqual([])
    expect(setups({ OPENAI_API_KEY: '' }, 'openai')).toEqual([])
  })

  it('cuts short windows for a model that tells no times', () => {
    const [first, second] = setups(key, 'openai')
    expect(first).toMatchObject({ model: 'whisper-1', times: 'words', usdPerHour: 0.36, form: { longest: 300 } })
    expect(second).toMatchObject({ model: 'gpt-transcribe', times: 'none', usdPerHour: 0.27, form: { longest: 20 } })
  })

  it('counts a model it does not know as dear', () => {
    const [model] = setups({ ...key, OPENAI_TRANSCRIPTION_MODEL: 'gpt-9-hear' }, 'openai')
    expect(model).toMatchObject({ times: 'none', usdPerHour: 1 })
  })

  it('refuses half a server', () => {
    const half = { OPENAI_COMPATIBLE_TRANSCRIPTION_URL: 'https://api.groq.com/openai/v1' }
    expect(() => setups(half, 'openai-compatible')).toThrow('OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL')
  })

  it('takes no secrets in an address', () => {
    for (const url of ['https://me:secret@host.test/v1', 'https://host.test/v1?key=secret']) {
      const server = { OPENAI_COMPATIBLE_TRANSCRIPTION_URL: url, OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: 'turbo' }
      expect(() => setups(server, 'openai-compatible')).toThrow(/^(?!.*secret).*a key belongs into/)
    }
  })

  it('makes sound small only where it travels', () => {
    const server = (url: string) =>
      setups(
        { OPENAI_COMPATIBLE_TRANSCRIPTION_URL: url, OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: 'turbo' },
        'openai-compatible',
      )[0]
    expect(server('https://api.groq.com/openai/v1')).toMatchObject({
      label: 'api.groq.com',
      form: { format: 'ogg-opus' },
    })
    expect(server('http://127.0.0.1:8000/v1')).toMatchObject({ label: '127.0.0.1:8000', form: { format: 'wav' } })
  })
})

describe('isOnThisMachine', () => {
  it.each(['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:8000/v1', 'http://whisper.localhost/'])(
    '%s',
    (url) => {
      expect(isOnThisMachine(url)).toBe(true)
    },
  )
  it.each(['https://api.groq.com', 'http://192.168.0.4:8000', 'http://localhost.evil.test', 'http://127.evil.test'])(
    'not %s',
    (url) => {
      expect(isOnThisMachine(url)).toBe(false)
    },
  )
})
