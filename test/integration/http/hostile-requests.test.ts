import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { eachOperation, type Operation } from '../../support/each-operation.ts'

let test: TestApp
let operations: Operation[]
beforeAll(async () => {
  test = await appForTest({}, { environment: { RATE_LIMIT_PER_MINUTE: '1000000', RATE_LIMIT_PER_ADDRESS: '1000000' } })
  // Those that never end are asked elsewhere.
  operations = eachOperation(test.app).filter(({ name }) => !name.endsWith('/stream'))
})
afterAll(() => test.close())

const json = { 'content-type': 'application/json' }
const takers = () => operations.filter(({ takesJson }) => takesJson)

/** Asks and says which operations answered otherwise than with a problem of one of these statuses. */
async function wrongOf(
  asked: readonly Operation[],
  request: (operation: Operation) => InjectOptions,
  statuses: readonly number[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const operation of asked) {
    const answer = await test.app.inject({ method: operation.method, ...request(operation) })
    if (!isProblem(answer) || !statuses.includes(answer.statusCode))
      wrong.push(`${operation.name}: ${answer.statusCode} ${answer.body.slice(0, 200)}`)
  }
  expect(asked.length).toBeGreaterThan(0)
  return wrong
}

function isProblem({ headers, body }: LightMyRequestResponse): boolean {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return false
  const { code, title, status } = JSON.parse(body) as Record<string, unknown>
  return (
    /^[A-Z][A-Z_]+$/.test(String(code)) &&
    code !== 'UNEXPECTED' &&
    String(title).length > 5 &&
    typeof status === 'number'
  )
}

describe('a body', () => {
  it('is taken by several routes', () => {
    expect(takers().length).toBeGreaterThan(8)
  })

  it.each<[string, string | Buffer]>([
    ['of text', '"text"'],
    ['of a number', '7'],
    ['of null', 'null'],
    ['of a list', '[]'],
    ['that is no JSON', '{"a":'],
    ['with a field nobody knows', '{"nobodyKnowsThis":1}'],
    ['with a prototype', '{"__proto__":{"isAdmin":true}}'],
    ['with a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['with a name twice', '{"version":1,"version":2}'],
    ['ten thousand lists deep', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['ten thousand objects deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['of broken UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['of half a letter', Buffer.from([...Buffer.from('{"text":"'), 0xe2, 0x82, ...Buffer.from('"}')])],
    ['of UTF-16', Buffer.from('{"text":"a"}', 'utf16le')],
    ['of numbers nothing holds', '{"version":1e999,"count":-1e999}'],
  ])('%s is refused everywhere', async (_, payload) => {
    const request = (operation: Operation) => ({ url: operation.url(), payload, headers: json })
    // A body that may be left out may be null: then it is about a run that does not exist.
    expect(await wrongOf(takers(), request, payload === 'null' ? [400, 404] : [400])).toEqual([])
  })

  it('that is missing is refused everywhere', async () => {
    const request = (operation: Operation) => ({ url: operation.url(), payload: '', headers: json })
    expect(await wrongOf(takers(), request, [400])).toEqual([])
  })

  it('names the field that nobody knows', async () => {
    const unnamed: string[] = []
    for (const { name, method, url } of takers()) {
      const { body } = await test.app.inject({ method, url: url(), payload: { nobodyKnowsThis: 1 } })
      // Where the kind is not said, no field can be unknown.
      if (!body.includes('nobodyKnowsThis') && !body.includes('/verdict')) unnamed.push(`${name}: ${body}`)
    }
    expect(unnamed).toEqual([])
  })

  it('of ten megabytes is refused everywhere', async () => {
    const payload = `{"a":"${'x'.repeat(10_000_000)}"}`
    const request = (operation: Operation) => ({ url: operation.url(), payload, headers: json })
    // A transcript may be as long as that: its fields are looked at.
    const isTranscript = ({ name }: Operation) => name === 'POST /api/v1/recordings/{id}/transcript'
    const others = takers().filter((operation) => !isTranscript(operation))
    expect(await wrongOf(others, request, [413])).toEqual([])
    expect(await wrongOf(takers().filter(isTranscript), request, [400])).toEqual([])
  })

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense'])(
    'of type %s is refused everywhere',
    async (type) => {
      const request = (operation: Operation) => ({
        url: operation.url(),
        payload: '{}',
        headers: { 'content-type': type },
      })
      // Where files are taken, too, there is nothing in it.
      expect(await wrongOf(takers(), request, [400, 415])).toEqual([])
    },
  )
})

describe('a place in the address', () => {
  const placed = () => operations.filter(({ places }) => places.length > 0)
  // Some routes refuse the lack of a body before they look for what it is about.
  const request = (value: string) => (operation: Operation) => ({
    url: operation.url(() => value),
    ...(operation.takesJson && { payload: {}, headers: json }),
  })

  it.each([
    ['nothing that exists', '00000000-0000-4000-8000-000000000000'],
    ['no id', 'one'],
    ['a number', '1'],
    ['an id and more', '00000000-0000-4000-8000-000000000000x'],
    ['SQL', encodeURIComponent("' or 1=1 --")],
    ['NUL', '%00'],
    ['letters that are none', '%ff%fe'],
    ['half an escape', '%2'],
    ['a way out', '..%2f..%2f..%2fetc%2fpasswd'],
    ['a way out, twice escaped', '%252e%252e%252fetc%252fpasswd'],
    ['a way out with backslashes', '..%5c..%5cetc%5cpasswd'],
    ['an absolute path', '%2fetc%2fpasswd'],
    ['a scheme', 'file%3a%2f%2f%2fetc%2fpasswd'],
    ['a path with NUL', '..%2fetc%2fpasswd%00.mp4'],
    ['a long one', 'a'.repeat(5000)],
    ['a megabyte', 'a'.repeat(1_000_000)],
  ])('that is %s is refused everywhere', async (_, value) => {
    expect(placed().length).toBeGreaterThan(20)
    // tus speaks before it looks.
    expect(await wrongOf(placed(), request(value), [400, 404, 405, 412])).toEqual([])
  })
})

describe('a list', () => {
  const lists = (name: string) => operations.filter(({ method, queries }) => method === 'GET' && queries.includes(name))
  const ask = (query: string) => (operation: Operation) => ({ url: `${operation.url()}?${query}` })

  it.each(['0', '-1', '1e9', '1000000000', '1.5', 'NaN', '', '%00', '99999999999999999999'])(
    'has no limit of %s',
    async (limit) => {
      expect(lists('limit').length).toBeGreaterThan(5)
      expect(await wrongOf(lists('limit'), ask(`limit=${limit}&text=x`), [400])).toEqual([])
    },
  )

  it('does not take a limit twice', async () => {
    expect(await wrongOf(lists('limit'), ask('limit=1&limit=2&text=x'), [400])).toEqual([])
  })

  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    'x',
    '%00',
    '-1',
    'a'.repeat(501),
    forged(null),
    forged([]),
    forged({ at: '2026-01-01 00:00:00+00', id: "'; drop table runs" }),
    forged({ at: "2026-01-01 00:00:00+00' or '1'='1", id: '00000000-0000-4000-8000-000000000000' }),
    forged({ at: '2026-13-45 99:99:99+99', id: '00000000-0000-4000-8000-000000000000' }),
    forged({ version: -1, ordinal: 1e99 }),
  ])('knows a forged cursor: %s', async (cursor) => {
    expect(lists('cursor').length).toBeGreaterThan(3)
    // Of something that is not there, that may be said first.
    expect(await wrongOf(lists('cursor'), ask(`cursor=${cursor}&text=x`), [400, 404])).toEqual([])
  })
})

describe('a query', () => {
  const ours = () => operations.filter(({ name }) => name.includes(' /api/v1/'))

  it('with something nobody knows is refused everywhere, by name', async () => {
    expect(ours().length).toBeGreaterThan(40)
    const wrong: string[] = []
    for (const { name, method, url } of ours()) {
      const { statusCode, body } = await test.app.inject({ method, url: `${url()}?nobodyKnowsThis=1` })
      // tus speaks before it looks; where a body is missing, too, that is said first.
      const says = body.includes('nobodyKnowsThis') || /"code":"TUS_VERSION_NOT_TAKEN"|must be multipart/.test(body)
      const isRefused = (statusCode === 400 && (says || body.includes('"issues"'))) || statusCode === 412
      if (!isRefused) wrong.push(`${name}: ${statusCode} ${body}`)
    }
    expect(wrong).toEqual([])
  })

  it('with as many things as an address holds is refused', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `a${i}=1`).join('&')
    const { statusCode, body } = await test.app.inject({ url: `/api/v1/runs?${many}` })
    expect([statusCode, body.length < 50_000]).toEqual([400, true])
  })
})

it('answers what comes at it at random with no mistake of its own', async () => {
  const values = [
    'null',
    '-0',
    '%F0%9F%98%80',
    '{}',
    '[]',
    'true',
    '%0d%0aX-Evil:%201',
    '${7*7}',
    '<script>',
    'a'.repeat(300),
  ]
  const wrong: string[] = []
  for (const operation of operations) {
    for (const value of values) {
      const query = [...operation.queries, 'unknown'].map((name) => `${name}=${encodeURIComponent(value)}`).join('&')
      const { statusCode, headers, body } = await test.app.inject({
        method: operation.method,
        url: `${operation.url()}?${query}`,
      })
      if (statusCode >= 500 && statusCode !== 503) wrong.push(`${operation.name}?${query}: ${body}`)
      if (headers['x-evil'] !== undefined) wrong.push(`${operation.name} lets headers be set`)
    }
  }
  expect(wrong).toEqual([])
})
