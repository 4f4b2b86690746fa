import { SettingsInvalid } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { type ModelLimits, type ModelSetup, type ProviderName, providerNames } from './model-setup.ts'
import { priceOf } from './price-of.ts'

// What these read well is far more; this is what is worth its price. A pool of forty moments is about 18,000.
const cloudInputTokens = 60_000
const cloudOutputTokens = 32_000

/**
 * The models of the settings that can be asked, in order; none without a key.
 * @throws SettingsInvalid for a name nobody knows, or half a server of one's own
 */
export function setupsOf(settings: Settings): ModelSetup[] {
  return orderOf(settings).flatMap((provider) => {
    const setup = setupOf(provider, settings)
    return setup === null ? [] : [setup]
  })
}

export function limitsOf(settings: Settings): ModelLimits {
  return {
    callsPerMinute: settings.MODEL_CALLS_PER_MINUTE,
    callsAtOnce: settings.MODEL_CALLS_AT_ONCE,
    tokensPerRecording: settings.MODEL_TOKENS_PER_RECORDING,
    tokensPerDay: settings.MODEL_TOKENS_PER_DAY,
    usdPerRecording: settings.MODEL_USD_PER_RECORDING,
    usdPerDay: settings.MODEL_USD_PER_DAY,
    timeoutSeconds: settings.MODEL_TIMEOUT_SECONDS,
    patienceSeconds: settings.MODEL_PATIENCE_SECONDS,
  }
}

function orderOf({ LANGUAGE_MODELS }: Settings): ProviderName[] {
  const names = (LANGUAGE_MODELS ?? providerNames.join(','))
    .split(/[\s,]+/)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== '')
  if (names.includes('off')) return []
  return [...new Set(names)].map((name) => {
    const known = providerNames.find((provider) => provider === name)
    if (known === undefined)
      throw new SettingsInvalid([`LANGUAGE_MODELS: "${name}" is none of ${providerNames.join(', ')} and off`])
    return known
  })
}

function setupOf(provider: ProviderName, settings: Settings): ModelSetup | null {
  switch (provider) {
    case 'anthropic':
      return cloud({ provider, label: 'Claude', model: settings.ANTHROPIC_MODEL, apiKey: settings.ANTHROPIC_API_KEY })
    case 'openai':
      return cloud({ provider, label: 'OpenAI', model: settings.OPENAI_MODEL, apiKey: settings.OPENAI_API_KEY })
    case 'xai':
      return cloud({ provider, label: 'Grok', model: settings.XAI_MODEL, apiKey: settings.XAI_API_KEY })
    case 'mistral':
      return cloud({ provider, label: 'Mistral', model: settings.MISTRAL_MODEL, apiKey: settings.MISTRAL_API_KEY })
    case 'openai-compatible':
      return own(settings)
  }
}

interface Cloud {
  provider: ProviderName
  label: string
  model: string
  apiKey: string | undefined
}

function cloud({ apiKey, ...name }: Cloud): ModelSetup | null {
  if (apiKey === undefined) return null
  return {
    ...name,
    apiKey,
    baseUrl: null,
    price: priceOf(name),
    inputTokens: cloudInputTokens,
    outputTokens: cloudOutputTokens,
  }
}

function own(settings: Settings): ModelSetup | null {
  const { OPENAI_COMPATIBLE_URL: baseUrl, OPENAI_COMPATIBLE_MODEL: model } = settings
  if (baseUrl === undefined) return null
  if (model === undefined) throw new SettingsInvalid(['OPENAI_COMPATIBLE_MODEL: OPENAI_COMPATIBLE_URL needs it'])
  return {
    provider: 'openai-compatible',
    label: model,
    model,
    apiKey: settings.OPENAI_COMPATIBLE_API_KEY ?? null,
    baseUrl,
    // A server of one's own sends no bill; one that does keeps its own budget.
    price: { input: 0, output: 0 },
    inputTokens: settings.OPENAI_COMPATIBLE_INPUT_TOKENS,
    // Small models have small windows, and some servers refuse what might not fit.
    outputTokens: Math.ceil(settings.OPENAI_COMPATIBLE_INPUT_TOKENS / 2),
  }
}
