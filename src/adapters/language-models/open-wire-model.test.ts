import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type MockProvider, startMockProvider } from '../../../test/support/mock-provider.ts'
import { callFailureOf } from './call-failure.ts'
import type { ModelSetup, ProviderName } from './model-setup.ts'
import { openWireModel } from './open-wire-model.ts'

let mock: MockProvider
beforeAll(async () => {
  mock = await startMockProvider()
})
afterAll(() => mock.stop())

const schema = z.object({ moments: z.array(z.number()) })
const never = new AbortController().signal

async function ask(setup: ModelSetup, timeout: AbortSignal = never) {
  const wire = await openWireModel(setup)
  const messages = [{ role: 'user' as const, content: 'Which passages are best?' }]
  return wire.generate({ system: 'You are an editor.', messages, schema, maxOutputTokens: 100, signal: timeout })
}

async function failure(setup: ModelSetup, timeout: AbortSignal = never) {
  const thrown: unknown = await ask(setup, timeout).then(
    (answer) => expect.fail(`it answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  )
  return callFailureOf(thrown, { signal: never, timeout, timeoutSeconds: 60, now: new Date() })
}

// What aimock makes of xAI's newest endpoint lacks a field that its SDK insists on: that one has a test of its own below.
const spoken: ProviderName[] = ['anthropic', 'openai', 'mistral', 'openai-compatible']
const all: ProviderName[] = [...spoken, 'xai']

describe.each(spoken)('%s on the wire', (provider) => {
  it('answers what it is asked', async () => {
    mock.behave({ content: '{"moments":[2,1]}' })
    expect(await ask(mock.setup({ provider }))).toMatchObject({ text: '{"moments":[2,1]}', finish: 'stop' })
    const request = mock.requests().at(-1)
    expect(request?.text).toContain('You are an editor.')
    expect(request?.text).toContain('Which passages are best?')
  })

  it.each(['I would take the second one.', '{"moments":"all"}', ''])(
    'hands on %j for whoever asked to judge',
    async (content) => {
      mock.behave({ content })
      expect(await ask(mock.setup({ provider }))).toMatchObject({ text: content })
    },
  )

  it('reads no further than a megabyte of ten', async () => {
    mock.behave({ content: 'x'.repeat(10_000_000) })
    expect(await failure(mock.setup({ provider }))).toMatchObject({ outcome: 'unusable', retry: false })
  })
})

describe.each(all)('%s in trouble', (provider) => {
  it.each([
    [429, 'limited'],
    [529, 'failed'],
    [500, 'failed'],
    [401, 'rejected'],
  ])('fails with %i as %s', async (status, outcome) => {
    mock.behave({ error: { message: 'no' }, status, retryAfter: 17 })
    expect(await failure(mock.setup({ provider }))).toMatchObject({
      outcome,
      httpStatus: status,
      retryAfterSeconds: status === 429 ? 17 : null,
    })
  })

  it('fails when it breaks off in the middle of its answer', async () => {
    mock.respond((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"id":"x","content":[{"type":"text","te', () => response.destroy())
    })
    const broken = await failure(mock.setup({ provider, baseUrl: mock.rawUrl }))
    expect(broken).toMatchObject({ outcome: 'failed', retry: true })
  })

  it('fails when it never answers', async () => {
    const timeout = new AbortController()
    mock.respond(() => timeout.abort(new Error('too slow')))
    const slow = await failure(mock.setup({ provider, baseUrl: mock.rawUrl }), timeout.signal)
    expect(slow).toMatchObject({ outcome: 'timed-out', retry: true })
  })

  it('fails when it is not there', async () => {
    const gone = await failure(mock.setup({ provider, baseUrl: 'http://127.0.0.1:1/v1' }))
    expect(gone).toMatchObject({ outcome: 'failed', retry: true, message: expect.stringContaining('out of reach') })
  })

  it('is not followed to another address, where the key would go along', async () => {
    let asked = 0
    mock.respond((response) => {
      asked++
      response.writeHead(307, { location: `${mock.rawUrl}/elsewhere` }).end()
    })
    expect(await failure(mock.setup({ provider, baseUrl: mock.rawUrl }))).toMatchObject({ outcome: 'failed' })
    expect(asked).toBe(1)
  })
})

describe('refusals', () => {
  it.each([
    ['anthropic', 'refusal'],
    ['openai-compatible', 'content_filter'],
    ['mistral', 'content_filter'],
  ] as const)('are told apart from answers: %s', async (provider, finishReason) => {
    mock.behave({ content: '', finishReason })
    expect(await ask(mock.setup({ provider }))).toMatchObject({ finish: 'refused' })
  })
})

describe('a server that can not hold a model to a schema', () => {
  it('is asked without one the next time', async () => {
    mock.behave({ error: { message: "'response_format.type' must be 'text'" }, status: 400 })
    const wire = await openWireModel(mock.setup({ provider: 'openai-compatible' }))
    const request = {
      system: 's',
      messages: [{ role: 'user' as const, content: 'q' }],
      schema,
      maxOutputTokens: 9,
      signal: never,
    }
    const refused: unknown = await wire.generate(request).catch((error: unknown) => error)
    const context = { signal: never, timeout: never, timeoutSeconds: 60, now: new Date() }
    expect(callFailureOf(refused, context)).toMatchObject({ outcome: 'rejected', retry: true })
    mock.behave({ content: '{"moments":[1]}' })
    expect(await wire.generate(request)).toMatchObject({ text: '{"moments":[1]}' })
  })
})

describe('what is sent', () => {
  it.each(['openai', 'xai'] as const)('is not to be kept by %s', async (provider) => {
    let sent: unknown
    mock.respond((response, body) => {
      sent = JSON.parse(body)
      response.writeHead(500).end('{}')
    })
    await failure(mock.setup({ provider, baseUrl: mock.rawUrl }))
    expect(sent).toMatchObject({ store: false })
    expect(JSON.stringify(sent)).not.toMatch(/"summary"/)
  })
})

describe('xai', () => {
  it('answers what it is asked', async () => {
    const message = {
      type: 'message',
      id: 'msg_1',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: '{"moments":[3]}', annotations: [], logprobs: [] }],
    }
    mock.respond((response) => {
      const usage = { input_tokens: 12, output_tokens: 5, total_tokens: 17 }
      const body = {
        id: 'resp_1',
        object: 'response',
        created_at: 1,
        model: 'grok-4.5',
        status: 'completed',
        output: [message],
        usage,
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    expect(await ask(mock.setup({ provider: 'xai', baseUrl: mock.rawUrl }))).toEqual({
      text: '{"moments":[3]}',
      finish: 'stop',
      inputTokens: 12,
      outputTokens: 5,
    })
  })
})
