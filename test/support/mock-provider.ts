import type { ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { LLMock } from '@copilotkit/aimock'
import type { ModelSetup, ProviderName } from '../../src/adapters/language-models/model-setup.ts'

type Scripted = Awaited<ReturnType<Extract<Parameters<LLMock['on']>[1], (request: never) => unknown>>>

/** What the provider does with a request: answers, fails, or anything else that HTTP allows. */
export type Behaviour =
  | { content: string; finishReason?: string; usage?: Record<string, number> }
  | { error: { message: string; type?: string; code?: string }; status: number; retryAfter?: number }

/** A request as the provider saw it. */
export interface SeenRequest {
  path: string
  /** All that was asked: system and user messages. */
  text: string
  headers: Record<string, string | undefined>
}

export interface MockProvider {
  /** To be asked instead of a real provider. */
  setup(changes?: Partial<ModelSetup> & { provider?: ProviderName }): ModelSetup
  /** Decides about every request from now on, however many. */
  behave(how: Behaviour | ((request: { text: string }) => Behaviour | Promise<Behaviour>)): void
  /** Answers every request below `/raw/v1` as told, byte by byte; `body` is what was sent. */
  respond(how: (response: ServerResponse, body: string) => void): void
  /** Where raw answers come from. */
  readonly rawUrl: string
  requests(): SeenRequest[]
  stop(): Promise<void>
}

/** A provider on a port of this machine that speaks the wire formats of the real ones. */
export async function startMockProvider(): Promise<MockProvider> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  let behave: (request: { text: string }) => Behaviour | Promise<Behaviour> = () => ({ content: '{}' })
  let respond: (response: ServerResponse, body: string) => void = (response) => void response.end('{}')
  // The list of requests gets this one only after it is answered.
  mock.on({}, async (request) => (await behave({ text: textOf(request) })) as Scripted)
  mock.mount('/raw', {
    async handleRequest(request, response) {
      const body = await readText(request)
      respond(response, body)
      return true
    },
  })
  await mock.start()

  function seen(): SeenRequest[] {
    return mock.getRequests().map(({ path, body, headers }) => ({
      path,
      text: textOf(body),
      headers: headers as Record<string, string | undefined>,
    }))
  }

  return {
    setup: ({ provider = 'anthropic', ...changes } = {}) => ({
      provider,
      model: models[provider],
      label: labels[provider],
      apiKey: 'sk-mock-0123456789abcdef',
      baseUrl: `${mock.url}/v1`,
      price: { input: 2, output: 10 },
      inputTokens: 60_000,
      outputTokens: 32_000,
      ...changes,
    }),
    behave: (how) => {
      behave = typeof how === 'function' ? how : () => how
    },
    respond: (how) => {
      respond = how
    },
    rawUrl: `${mock.url}/raw/v1`,
    requests: seen,
    stop: () => mock.stop(),
  }
}

const models: Record<ProviderName, string> = {
  anthropic: 'claude-sonnet-5-5',
  openai: 'gpt-5.4-mini',
  xai: 'grok-4.5',
  mistral: 'mistral-medium-latest',
  'openai-compatible': 'qwen3:8b',
}

const labels: Record<ProviderName, string> = {
  anthropic: 'Claude',
  openai: 'OpenAI',
  xai: 'Grok',
  mistral: 'Mistral',
  'openai-compatible': 'qwen3:8b',
}

function textOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('messages' in body) || !Array.isArray(body.messages)) return ''
  return body.messages
    .map(({ content }: { content: unknown }) => (typeof content === 'string' ? content : partsOf(content)))
    .join('\n')
}

function partsOf(content: unknown): string {
  return Array.isArray(content) ? content.map(({ text }: { text?: string }) => text ?? '').join('\n') : ''
}
