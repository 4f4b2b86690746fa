import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ProxyAgent, request } from 'undici'
import { afterEach, expect, it } from 'vitest'
import { openRudeServer } from '../../test/support/rude-server.ts'
import { openGuardedProxy } from './guarded-proxy.ts'
import { createNetworkGuard } from './network-guard.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function through(allowed: string[], resolve?: () => Promise<{ address: string; family: number }[]>) {
  const proxy = await openGuardedProxy(createNetworkGuard({ allowed, ...(resolve && { resolve }) }))
  closing.push(async () => proxy[Symbol.asyncDispose]())
  return proxy
}

async function hello() {
  const server = await openRudeServer((_, response) => response.end('hello'))
  closing.push(() => server.close())
  return server
}

async function ask(url: string, proxy: string, { tunnel }: { tunnel: boolean }) {
  const dispatcher = new ProxyAgent({ uri: proxy, proxyTunnel: tunnel })
  closing.push(() => dispatcher.destroy())
  return request(url, { dispatcher })
}

it.each([true, false])('leads to what is allowed (by tunnel: %s)', async (tunnel) => {
  const [{ origin }, { url }] = [await hello(), await through(['127.0.0.1'])]
  const { body } = await ask(origin, url, { tunnel })
  expect(await body.text()).toBe('hello')
})

it('does not lead to what is not, by tunnel', async () => {
  const [server, { url }] = [await hello(), await through([])]
  await expect(ask(server.origin, url, { tunnel: true })).rejects.toThrow(/403/)
  expect(server.requests).toEqual([])
})

it.each(['http://127.0.0.1', 'http://169.254.169.254', 'http://[::1]', 'http://2130706433'])(
  'does not lead to %s, by request',
  async (origin) => {
    const [server, { url }] = [await hello(), await through([])]
    expect((await ask(`${origin}:${server.port}/`, url, { tunnel: false })).statusCode).toBe(403)
    expect(server.requests).toEqual([])
  },
)

it.each([true, false])('does not lead to a name that turns out to be ours (by tunnel: %s)', async (tunnel) => {
  const server = await hello()
  const { url } = await through([], async () => [{ address: '127.0.0.1', family: 4 }])
  const target = `http://rebind.example:${server.port}/`
  if (tunnel) await expect(ask(target, url, { tunnel })).rejects.toThrow(/502/)
  else expect((await ask(target, url, { tunnel })).statusCode).toBe(502)
  expect(server.requests).toEqual([])
})

it('leads nobody without the password', async () => {
  const [server, { url }] = [await hello(), await through(['127.0.0.1'])]
  const stranger = new URL(url)
  stranger.password = 'guessed'
  await expect(ask(server.origin, stranger.href, { tunnel: false })).rejects.toThrow(/407/)
  await expect(ask(server.origin, stranger.href, { tunnel: true })).rejects.toThrow(/407|Authentication/)
  expect(server.requests).toEqual([])
})

it('survives nonsense', async () => {
  const [server, { url }] = [await hello(), await through(['127.0.0.1'])]
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('CONNECT ::: HTTP/1.1\r\n\r\n'))
  expect(await text(socket)).toContain('407')
  const { body } = await ask(server.origin, url, { tunnel: true })
  expect(await body.text()).toBe('hello')
})
