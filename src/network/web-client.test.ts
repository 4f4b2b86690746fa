import type { LookupAddress } from 'node:dns'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, openRudeServer, type RudeServer } from '../../test/support/rude-server.ts'
import { AppError } from '../domain/app-error.ts'
import { createNetworkGuard, isAllowList, type ResolveName } from './network-guard.ts'
import { openWebClient, usualWebLimits, type WebAnswer } from './web-client.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(answer: Answer): Promise<RudeServer> {
  const server = await openRudeServer(answer)
  closing.push(() => server.close())
  return server
}

const names = (entries: Record<string, string[]>): ResolveName => {
  return async (name) => {
    const addresses = entries[name]
    if (addresses === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    return addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
}

interface Asking {
  allowed?: string[]
  resolve?: ResolveName
  headers?: Record<string, string>
}

async function ask(link: string, { allowed = ['127.0.0.1'], resolve, headers = {} }: Asking = {}): Promise<WebAnswer> {
  const guard = createNetworkGuard({ allowed, ...(resolve && { resolve }) })
  const client = openWebClient({ guard, limits: { ...usualWebLimits, mostRedirects: 3 } })
  closing.push(() => client.close())
  return client.get(link, { headers, signal: new AbortController().signal })
}

async function refusalOf(link: string, asking: Asking = {}): Promise<AppError> {
  const thrown = await ask(link, asking).then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(AppError)
  return thrown as AppError
}

async function text({ body }: WebAnswer): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const hello: Answer = (_, response) => response.end('hello')

it('fetches', async () => {
  const { origin } = await serve(hello)
  const answer = await ask(`${origin}/a?b=c`)
  expect(answer).toMatchObject({ status: 200, notes: [] })
  expect(await text(answer)).toBe('hello')
})

describe('addresses that are not of the open internet', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1:8080/',
    'http://１２７.０.０.１/',
    'https://user:secret@192.168.1.1/',
  ])('%s is refused unasked', async (link) => {
    const refusal = await refusalOf(link, { allowed: [] })
    expect(refusal).toMatchObject({ code: 'ADDRESS_FORBIDDEN', retry: 'never' })
    expect(refusal.message).not.toContain('secret')
  })

  it('are refused by name, whatever the name is', async () => {
    const { port } = await serve(hello)
    const resolve = names({ 'localtest.example': ['127.0.0.1'] })
    expect(await refusalOf(`http://localtest.example:${port}/`, { allowed: [], resolve })).toMatchObject({
      code: 'ADDRESS_FORBIDDEN',
      message: expect.stringContaining('127.0.0.1'),
    })
  })

  it('are refused for localhost as the system resolves it', async () => {
    const { port } = await serve(hello)
    expect(await refusalOf(`http://localhost:${port}/`, { allowed: [] })).toMatchObject({ code: 'ADDRESS_FORBIDDEN' })
  })

  it('are refused when a name changes its mind between two look-ups', async () => {
    const server = await serve(hello)
    let asked = 0
    const resolve: ResolveName = async () => [{ address: asked++ === 0 ? '93.184.216.34' : '127.0.0.1', family: 4 }]
    await resolve('rebind.example')
    expect(await refusalOf(`http://rebind.example:${server.port}/`, { allowed: [], resolve })).toMatchObject({
      code: 'ADDRESS_FORBIDDEN',
    })
    expect(server.requests).toEqual([])
  })

  it('are left out where a name has others too', async () => {
    const server = await serve(hello)
    const resolve = names({ 'both.example': ['10.0.0.1', '127.0.0.1'] })
    expect((await ask(`http://both.example:${server.port}/`, { allowed: ['127.0.0.0/8'], resolve })).status).toBe(200)
  })

  it('are refused behind a redirect', async () => {
    const inside = await serve(hello)
    const server = await serve((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/admin` }).end(),
    )
    const resolve = names({ 'media.example': ['127.0.0.1'] })
    const refusal = await refusalOf(`http://media.example:${server.port}/`, { allowed: ['media.example'], resolve })
    expect(refusal).toMatchObject({ code: 'ADDRESS_FORBIDDEN' })
    expect(inside.requests).toEqual([])
  })

  it.each(['http://169.254.169.254/latest/meta-data/', '//[::1]/', 'http://2852039166/'])(
    'are refused behind a redirect to %s',
    async (location) => {
      const server = await serve((_, response) => response.writeHead(301, { location }).end())
      expect(await refusalOf(`${server.origin}/`)).toMatchObject({ code: 'ADDRESS_FORBIDDEN' })
    },
  )

  it.each(['127.0.0.1', '127.0.0.0/8'])('are reached when %s is allowed', async (entry) => {
    const { origin } = await serve(hello)
    expect((await ask(origin, { allowed: [entry] })).status).toBe(200)
  })

  it('are reached by an allowed name, in any case', async () => {
    const { port } = await serve(hello)
    const resolve = names({ 'nas.local': ['127.0.0.1'] })
    expect((await ask(`http://NAS.local:${port}/`, { allowed: ['Nas.Local'], resolve })).status).toBe(200)
  })

  it('knows what an allow-list may hold', () => {
    expect(isAllowList(['nas.local', '10.0.0.0/8', '::1', 'fd00::/8', 'localhost'])).toBe(true)
    expect(isAllowList(['http://nas.local'])).toBe(false)
    expect(isAllowList(['10.0.0.0/99'])).toBe(false)
    expect(isAllowList(['*'])).toBe(false)
  })
})

describe('redirects', () => {
  it('are followed, and the last address is told', async () => {
    const server = await serve(({ url }, response) => {
      if (url === '/end') response.end('hello')
      else response.writeHead(302, { location: url === '/a' ? 'b' : '/end' }).end('moved')
    })
    const answer = await ask(`${server.origin}/a`)
    expect(answer.url.pathname).toBe('/end')
    expect(await text(answer)).toBe('hello')
  })

  it('in a circle come to an end', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/again' }).end())
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'TOO_MANY_REDIRECTS' })
    expect(server.requests).toHaveLength(4)
  })

  it('with an endless body are not read', async () => {
    const server = await serve(({ url }, response) => {
      if (url === '/end') response.end('hello')
      else response.writeHead(302, { location: '/end' }).write('x'.repeat(100_000))
    })
    expect(await text(await ask(`${server.origin}/a`))).toBe('hello')
  })

  it.each(['file:///etc/passwd', 'ftp://example.org/a', 'gopher://example.org/', 'data:text/plain,x'])(
    'to %s are not followed',
    async (location) => {
      const server = await serve((_, response) => response.writeHead(302, { location }).end())
      expect(await refusalOf(server.origin)).toMatchObject({ code: 'LINK_UNUSABLE' })
    },
  )

  it.each([undefined, 'http://[', 'http://'])('to %s make no sense', async (location) => {
    const server = await serve((_, response) =>
      response.writeHead(302, location === undefined ? {} : { location }).end(),
    )
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'SERVER_NONSENSE' })
  })
})

describe('logins in links', () => {
  it('go to the server they are for, and not on to another', async () => {
    const other = await serve(hello)
    const server = await serve(({ url }, response) =>
      response.writeHead(302, { location: url === '/a' ? '/b' : `${other.origin}/c` }).end(),
    )
    await ask(`http://ann:p%40ss@127.0.0.1:${server.port}/a`)
    const basic = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic])
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('are in no error', async () => {
    const refusal = await refusalOf('http://ann:secret@nowhere.invalid/a?token=secret', { resolve: names({}) })
    expect(refusal).toMatchObject({ code: 'SERVER_UNREACHABLE', retry: 'never' })
    expect(`${refusal.message} ${refusal.hint}`).not.toContain('secret')
  })
})

describe('servers that do not behave', () => {
  it('a head without end', async () => {
    const server = await serve((request) => {
      request.socket.write(`HTTP/1.1 200 OK\r\n${`x-header: ${'x'.repeat(1000)}\r\n`.repeat(100)}`)
    })
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'SERVER_NONSENSE', retry: 'never' })
  })

  it('another language than HTTP', async () => {
    const server = await serve((request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'SERVER_NONSENSE' })
  })

  it('no answer at all', async () => {
    const server = await serve((request) => request.socket.destroy())
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'SERVER_UNREACHABLE', retry: 'later' })
  })

  it('nobody there', async () => {
    const server = await serve(hello)
    await server.close()
    closing.splice(0)
    expect(await refusalOf(server.origin)).toMatchObject({ code: 'SERVER_UNREACHABLE', retry: 'later' })
  })

  it('https where there is none', async () => {
    const server = await serve(hello)
    expect(await refusalOf(`https://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'SERVER_UNREACHABLE' })
  })
})

it.each(['file:///etc/passwd', 'ftp://example.org/a.mp3', 'javascript:alert(1)', 'http://', 'nonsense'])(
  'refuses %s',
  async (link) => {
    expect(await refusalOf(link)).toMatchObject({ code: 'LINK_UNUSABLE' })
  },
)
