import { basename } from 'node:path'
import type { WindowForm } from '../../../pipeline/transcribe/speech-engine.ts'
import { encodeForm } from './encode-form.ts'
import type { ServiceSetup } from './service-setup.ts'

interface WindowToSend {
  bytes: Uint8Array
  /** Path of the file; only its last part is sent. */
  path: string
  /** BCP 47 tag, or null to have it found out. */
  language: string | null
}

export interface WindowRequest {
  url: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
}

const types: Record<WindowForm['format'], { type: string; extension: string }> = {
  wav: { type: 'audio/wav', extension: 'wav' },
  'ogg-opus': { type: 'audio/ogg', extension: 'ogg' },
  mp3: { type: 'audio/mpeg', extension: 'mp3' },
}

/** What is sent to have a window heard, in the language of its service. */
export function windowRequest(setup: ServiceSetup, window: WindowToSend): WindowRequest {
  const { type, extension } = types[setup.form.format]
  // Told by its extension, whatever the window is called here. xAI wants it last, the others don't mind.
  const file = { field: 'file', name: `${nameOf(window.path)}.${extension}`, type, bytes: window.bytes }
  const { body, contentType } = encodeForm(fieldsOf(setup, window.language), file)
  return {
    url: setup.baseUrl + (setup.service === 'xai' ? '/stt' : '/audio/transcriptions'),
    headers: {
      'content-type': contentType,
      ...(setup.apiKey === null ? {} : { authorization: `Bearer ${setup.apiKey}` }),
    },
    body,
  }
}

/** Names of windows are ours; what a person called the recording is nobody's business. */
function nameOf(path: string): string {
  return /^[\w-]{1,40}$/.exec(basename(path).replace(/\.\w+$/, ''))?.[0] ?? 'window'
}

function fieldsOf(setup: ServiceSetup, language: string | null): [name: string, value: string][] {
  const tag = language === null ? null : (/^[a-z]{2,3}/i.exec(language)?.[0]?.toLowerCase() ?? null)
  switch (setup.service) {
    case 'openai':
    case 'openai-compatible':
      return openaiFields(setup, tag)
    case 'mistral':
      return mistralFields(setup, tag)
    case 'xai':
      return xaiFields(setup, tag)
  }
}

/** https://developers.openai.com/api/docs/guides/speech-to-text: words are there with `verbose_json` only, and only of whisper-1. */
function openaiFields({ model, times }: ServiceSetup, tag: string | null): [string, string][] {
  const language: [string, string][] = tag === null ? [] : [[languageField(model), tag]]
  if (times === 'none') return [['model', model], ['response_format', 'json'], ...language]
  return [
    ['model', model],
    ['response_format', 'verbose_json'],
    // The segments have the full stops, which the words lack, and say how sure the model was.
    ['timestamp_granularities[]', 'word'],
    ['timestamp_granularities[]', 'segment'],
    ['temperature', '0'],
    ...language,
  ]
}

function languageField(model: string): string {
  return model.startsWith('gpt-transcribe') ? 'languages[]' : 'language'
}

/**
 * https://docs.mistral.ai/studio/audio/migrate-from-voxtral-2: Voxtral 2 tells times of words, but not when it is told the language; Voxtral 3
 * tells times of segments only, with or without it.
 */
function mistralFields({ model, times }: ServiceSetup, tag: string | null): [string, string][] {
  if (times === 'words')
    return [
      ['model', model],
      ['timestamp_granularities', 'word'],
    ]
  const language: [string, string][] = tag === null ? [] : [['language', tag]]
  return [['model', model], ...language, ['timestamp_granularities', 'segment']]
}

/** https://docs.x.ai/developers/model-capabilities/audio/speech-to-text: the language is for writing numbers out; times of words always come. */
function xaiFields({ model }: ServiceSetup, tag: string | null): [string, string][] {
  const formatted: [string, string][] =
    tag === null
      ? []
      : [
          ['format', 'true'],
          ['language', tag],
        ]
  return [['model', model], ...formatted]
}
