import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../config/load-settings.ts'
import { setupsOf } from './setups-of.ts'

const setups = (environment: Record<string, string>) => setupsOf(loadSettings(environment))
const keys = { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'b', MISTRAL_API_KEY: 'c' }

describe('setupsOf', () => {
  it('asks nobody without a key', () => {
    expect(setups({})).toEqual([])
    expect(setups({ ANTHROPIC_API_KEY: '', OPENAI_COMPATIBLE_URL: '' })).toEqual([])
  })

  it('asks those with a key in the usual order, or in the order given', () => {
    expect(setups(keys).map(({ provider }) => provider)).toEqual(['anthropic', 'openai', 'mistral'])
    expect(setups({ ...keys, LANGUAGE_MODELS: 'mistral, XAI,anthropic' }).map(({ provider }) => provider)).toEqual([
      'mistral',
      'anthropic',
    ])
  })

  it('can be switched off', () => {
    expect(setups({ ...keys, LANGUAGE_MODELS: 'off' })).toEqual([])
  })

  it("takes a server of one's own with its model, and for nothing", () => {
    const own = { OPENAI_COMPATIBLE_URL: 'http://localhost:11434/v1', OPENAI_COMPATIBLE_MODEL: 'qwen3:8b' }
    expect(setups(own)).toMatchObject([
      { label: 'qwen3:8b', apiKey: null, price: { input: 0, output: 0 }, inputTokens: 6000, outputTokens: 3000 },
    ])
  })

  it('says what is wrong', () => {
    expect(() => setups({ ...keys, LANGUAGE_MODELS: 'gemini' })).toThrow(/LANGUAGE_MODELS: "gemini" is none of/)
    expect(() => setups({ OPENAI_COMPATIBLE_URL: 'http://localhost:11434/v1' })).toThrow(/OPENAI_COMPATIBLE_MODEL/)
    expect(() => setups({ OPENAI_COMPATIBLE_URL: 'file:///etc/passwd' })).toThrow(/OPENAI_COMPATIBLE_URL/)
  })

  it('knows what the models it names cost, and guards a budget against those it does not know', () => {
    const usual = setups({ ...keys, XAI_API_KEY: 'd' })
    for (const { price } of usual) expect(price.output).toBeLessThan(20)
    expect(setups({ OPENAI_API_KEY: 'b', OPENAI_MODEL: 'gpt-99' })[0]?.price.output).toBeGreaterThanOrEqual(60)
  })
})
