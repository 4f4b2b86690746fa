import type { Price, ProviderName } from './model-setup.ts'

/**
 * Prices in US dollars for a million tokens, by how a model's name begins; the first that fits counts. As far as known in November 2026, some from
 * price lists, some second-hand; where in doubt, rather too much. They guard a budget and are no bill: what a provider charges stands on its own page.
 */
const prices: readonly (readonly [name: string, price: Price])[] = [
  ['claude-haiku-5', { input: 0.5, output: 2.5 }],
  ['claude-haiku-4', { input: 1, output: 5 }],
  ['claude-sonnet-5', { input: 2, output: 10 }],
  ['claude-sonnet-4', { input: 3, output: 15 }],
  ['claude-opus-5', { input: 5, output: 25 }],
  ['claude-fable-5', { input: 10, output: 50 }],
  ['gpt-5.4-nano', { input: 0.2, output: 1.25 }],
  ['gpt-5.4-mini', { input: 0.75, output: 4.5 }],
  ['gpt-5-nano', { input: 0.05, output: 0.4 }],
  ['gpt-5-mini', { input: 0.25, output: 2 }],
  ['grok-4.5', { input: 2, output: 6 }],
  ['mistral-small', { input: 0.5, output: 1.5 }],
  ['mistral-medium', { input: 2, output: 8 }],
]

/** For a model we know no price of: as dear as the dearest its provider is likely to have, so that a budget holds. */
const unknown: Record<ProviderName, Price> = {
  anthropic: { input: 15, output: 75 },
  openai: { input: 15, output: 60 },
  xai: { input: 10, output: 30 },
  mistral: { input: 4, output: 12 },
  'openai-compatible': { input: 0, output: 0 },
}

export function priceOf({ provider, model }: { provider: ProviderName; model: string }): Price {
  if (provider === 'openai-compatible') return unknown[provider]
  return prices.find(([name]) => model.startsWith(name))?.[1] ?? unknown[provider]
}
