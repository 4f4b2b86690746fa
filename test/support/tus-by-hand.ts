import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createConnection } from 'node:net'

/** tus by hand, against a server that listens, where a client would be too well-behaved. */
export interface TusByHand {
  create(headers: Record<string, string>, body?: Buffer): Promise<Response>
  patch(
    address: string,
    options: { offset: number | string; body: Buffer; headers?: Record<string, string> },
  ): Promise<Response>
  head(address: string): Promise<Response>
  remove(address: string): Promise<Response>
  /** Sends so many bytes of a piece that was to be longer, breaks the connection off when the server has `seen` them, and waits until it noticed. */
  cut(
    address: string,
    options: {
      offset: number
      body: Buffer
      after: number
      headers?: Record<string, string>
      seen: () => Promise<boolean>
    },
  ): Promise<void>
}

const octets = 'application/offset+octet-stream'

export function tusByHand(server: string): TusByHand {
  const ask = (address: string, method: string, headers: Record<string, string>, body?: Buffer) =>
    fetch(new URL(address, server), {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    })
  return {
    create: (headers, body) =>
      ask('/api/v1/uploads', 'POST', { ...(body === undefined ? {} : { 'content-type': octets }), ...headers }, body),
    patch: (address, { offset, body, headers = {} }) =>
      ask(address, 'PATCH', { 'content-type': octets, 'upload-offset': String(offset), ...headers }, body),
    head: (address) => ask(address, 'HEAD', {}),
    remove: (address) => ask(address, 'DELETE', {}),
    async cut(address, { offset, body, after, headers = {}, seen }) {
      const { hostname, port } = new URL(server)
      const socket = createConnection({ host: hostname, port: Number(port) })
      await once(socket, 'connect')
      const lines = [
        `PATCH ${address} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        'Tus-Resumable: 1.0.0',
        `Content-Type: ${octets}`,
        `Content-Length: ${body.length}`,
        `Upload-Offset: ${offset}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
      await new Promise<void>((resolve) => socket.write(body.subarray(0, after), () => resolve()))
      while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 5))
      socket.end()
      socket.resume()
      await once(socket, 'close')
    },
  }
}

/** `Upload-Metadata`. */
export function metadata(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
}

/** `Upload-Checksum`. */
export function checksum(bytes: Buffer, algorithm = 'sha1'): string {
  return `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`
}
