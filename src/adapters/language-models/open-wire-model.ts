import { generateText, type LanguageModel, NoObjectGeneratedError, Output } from 'ai'
import { FormatRefused } from './format-refused.ts'
import { limitedFetch } from './limited-fetch.ts'
import type { ModelSetup } from './model-setup.ts'
import type { WireAnswer, WireModel, WireRequest } from './wire-model.ts'

// It would write to the terminal what a provider does not support; we check what comes back.
globalThis.AI_SDK_LOG_WARNINGS = false

type ModelOptions = Pick<Parameters<typeof generateText>[0], 'model' | 'providerOptions' | 'reasoning'>

/** The model of a setup on the wire. Loads the SDK, and of the providers only the one that is asked. */
export async function openWireModel(setup: ModelSetup): Promise<WireModel> {
  const options = await optionsOf(setup)
  let holdsToSchema = true
  return {
    async generate(request) {
      try {
        return await generate(options, request, holdsToSchema)
      } catch (error) {
        if (!holdsToSchema || !isFormatRefused(error)) throw error
        holdsToSchema = false
        throw new FormatRefused(error)
      }
    },
  }
}

/** Servers that speak OpenAI's language know more or less of it; what they say of this part of it always names the field. */
function isFormatRefused(error: unknown): error is Error {
  if (!(error instanceof Error) || !('statusCode' in error)) return false
  const body = 'responseBody' in error ? String(error.responseBody) : ''
  return (
    error.statusCode === 400 && /response_format|json_schema|output_format|structured/i.test(`${error.message} ${body}`)
  )
}

async function generate(options: ModelOptions, request: WireRequest, holdsToSchema: boolean): Promise<WireAnswer> {
  const { system, messages, schema, maxOutputTokens, signal } = request
  const call = { ...options, instructions: system, messages, maxOutputTokens, abortSignal: signal, maxRetries: 0 }
  try {
    const { text, finishReason, usage } = holdsToSchema
      ? await generateText({ ...call, output: Output.object({ schema }) })
      : await generateText(call)
    return answerOf({ text, finishReason, usage })
  } catch (error) {
    // Whoever asked reads the text, says what is wrong with it, and may have it mended.
    if (NoObjectGeneratedError.isInstance(error)) return answerOf(error)
    throw error
  }
}

interface Generated {
  text?: string | undefined
  finishReason?: string | undefined
  usage?: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined
}

function answerOf({ text = '', finishReason, usage }: Generated): WireAnswer {
  return {
    text,
    finish: finishOf(finishReason, text),
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
  }
}

function finishOf(reason: string | undefined, text: string): WireAnswer['finish'] {
  // Providers have many names for it; saying nothing, and not for want of room, is one of them.
  if (reason === 'content-filter' || (reason !== 'length' && reason !== 'stop' && text === '')) return 'refused'
  return reason === 'stop' || reason === 'length' ? reason : 'other'
}

async function optionsOf({ provider, model, apiKey, baseUrl }: ModelSetup): Promise<ModelOptions> {
  const reach = { fetch: limitedFetch(), ...(baseUrl === null ? {} : { baseURL: baseUrl }) }
  // Never undefined: a provider would then look for a key in the environment by itself.
  const keyed = { ...reach, apiKey: apiKey ?? '' }
  switch (provider) {
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      return { model: createAnthropic(keyed)(model), reasoning: 'low' }
    }
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai')
      // Nothing of it is to be kept there; and a summary of the reasoning, which the SDK asks for, not every account may have.
      const openai = { store: false, reasoningSummary: null }
      return { model: createOpenAI(keyed)(model), reasoning: 'low', providerOptions: { openai } }
    }
    case 'xai': {
      const { createXai } = await import('@ai-sdk/xai')
      return { model: createXai(keyed)(model), providerOptions: { xai: { store: false } } }
    }
    case 'mistral': {
      const { createMistral } = await import('@ai-sdk/mistral')
      return { model: createMistral(keyed)(model) }
    }
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      const own = { name: 'own', supportsStructuredOutputs: true, baseURL: baseUrl ?? '', fetch: limitedFetch() }
      const server = createOpenAICompatible(apiKey === null ? own : { ...own, apiKey })
      return { model: server(model) satisfies LanguageModel }
    }
  }
}
