import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../../config/load-settings.ts'
import type { ServiceName } from './service-setup.ts'
import { setupsOfService } from './services-of.ts'
import { windowRequest } from './window-request.ts'

const settings = loadSettings({
  OPENAI_API_KEY: 'sk-openai-012345',
  MISTRAL_API_KEY: 'mistral-012345',
  XAI_API_KEY: 'xai-012345678',
  OPENAI_COMPATIBLE_TRANSCRIPTION_URL: 'http://localhost:8000/v1/',
  OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: 'small',
})

async function requestOf(
  service: ServiceName,
  { which = 0, language = 'pt-BR' as string | null, path = '/tmp/x/window-0.ogg' } = {},
) {
  const setup = setupsOfService(service, settings)[which]
  if (setup === undefined) throw new Error('there is no such model')
  const { url, headers, body } = windowRequest(setup, {
    bytes: new Uint8Array([1, 2]),
    path,
    language,
  })
  const { 'content-type': type = '', ...others } = headers
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const fields = [...form.entries()].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])
  return { url, headers: others, fields }
}

describe('windowRequest', () => {
  it('asks whisper-1 for words and for the segments that have its full stops', async () => {
    expect(await requestOf('openai')).toEqual({
      url: 'https://api.openai.com/v1/audio/transcriptions',
      headers: { authorization: 'Bearer sk-openai-012345' },
      fields: [
        ['model', 'whisper-1'],
        ['response_format', 'verbose_json'],
        ['timestamp_granularities[]', 'word'],
        ['timestamp_granularities[]', 'segment'],
        ['temperature', '0'],
        ['language', 'pt'],
        ['file', 'window-0.ogg'],
      ],
    })
  })

  it('asks gpt-transcribe, which knows no times, for what it has', async () => {
    expect((await requestOf('openai', { which: 1 })).fields).toEqual([
      ['model', 'gpt-transcribe'],
      ['response_format', 'json'],
      ['languages[]', 'pt'],
      ['file', 'window-0.ogg'],
    ])
  })

  it('tells Voxtral 2 no language, which it refuses beside word times', async () => {
    expect((await requestOf('mistral')).fields).toEqual([
      ['model', 'voxtral-mini-2602'],
      ['timestamp_granularities', 'word'],
      ['file', 'window-0.ogg'],
    ])
    expect((await requestOf('mistral', { which: 1 })).fields).toEqual([
      ['model', 'voxtral-mini-transcribe-3-0'],
      ['language', 'pt'],
      ['timestamp_granularities', 'segment'],
      ['file', 'window-0.ogg'],
    ])
  })

  it('gives xAI the file last, and no format without a language', async () => {
    expect(await requestOf('xai')).toMatchObject({ url: 'https://api.x.ai/v1/stt' })
    expect((await requestOf('xai')).fields.at(-1)).toEqual(['file', 'window-0.ogg'])
    expect((await requestOf('xai', { language: null })).fields).toEqual([
      ['model', 'grok-voice-transcribe-2.0'],
      ['file', 'window-0.ogg'],
    ])
  })

  it('sends a server of one’s own WAV and no key', async () => {
    expect(await requestOf('openai-compatible', { language: null })).toEqual({
      url: 'http://localhost:8000/v1/audio/transcriptions',
      headers: {},
      fields: [
        ['model', 'small'],
        ['response_format', 'verbose_json'],
        ['timestamp_granularities[]', 'word'],
        ['timestamp_granularities[]', 'segment'],
        ['temperature', '0'],
        ['file', 'window-0.wav'],
      ],
    })
  })

  it('sends nothing of what a person called the recording', async () => {
    const { fields } = await requestOf('openai', { path: '/home/ann/My secret talk.ogg' })
    expect(fields.at(-1)).toEqual(['file', 'window.ogg'])
  })
})
