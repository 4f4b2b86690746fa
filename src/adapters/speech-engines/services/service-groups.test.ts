import { expect, it } from 'vitest'
import { loadSettings } from '../../../config/load-settings.ts'
import { groupRungs } from './service-groups.ts'
import { rungsOf, setupsOfService } from './services-of.ts'

function groups(environment: Record<string, string>): string[][] {
  const settings = loadSettings(environment)
  const found = groupRungs(rungsOf(settings), (service) => setupsOfService(service, settings))
  return found.map((group) => (group === 'local' ? ['local'] : group.map(({ model }) => model)))
}

const keys = { OPENAI_API_KEY: 'sk-0123456789', MISTRAL_API_KEY: 'm-0123456789', XAI_API_KEY: 'x-0123456789' }

it('lets services that take the same windows stand in for each other, and spares come last', () => {
  expect(groups({ ...keys, TRANSCRIBERS: 'local,openai,mistral,xai' })).toEqual([
    ['local'],
    ['whisper-1', 'voxtral-mini-2602', 'grok-voice-transcribe-2.0'],
    // Tells no times, so it is sent other windows.
    ['gpt-transcribe'],
    ['voxtral-mini-transcribe-3-0'],
  ])
})

it('keeps the order that was asked for, and leaves out who has no key', () => {
  expect(groups({ MISTRAL_API_KEY: 'm-0123456789', TRANSCRIBERS: 'openai,mistral,local' })).toEqual([
    ['voxtral-mini-2602', 'voxtral-mini-transcribe-3-0'],
    ['local'],
  ])
  expect(groups({ ...keys, TRANSCRIBERS: 'openai,local,xai', OPENAI_TRANSCRIPTION_MODEL: 'whisper-1' })).toEqual([
    ['whisper-1'],
    ['local'],
    ['grok-voice-transcribe-2.0'],
  ])
})

it('is empty when nobody may listen', () => {
  expect(groups({ ...keys, TRANSCRIBERS: 'off' })).toEqual([])
})
