// Serves one file on this machine in a process of its own: `node serve-file.ts PATH`. Prints its port.
// `/fast` is as fast as it goes, `/line` is 50 MB/s: a good line to the internet.

import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const bytesPerSecond = 50_000_000
const [, , path = ''] = process.argv
const { size } = statSync(path)

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(size), etag: '"1"' })
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  const sending = request.url === '/line' ? pipeline(file, throttle, response) : pipeline(file, response)
  sending.catch(() => response.destroy())
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))

async function* throttle(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const startedAt = performance.now()
  let sent = 0
  for await (const chunk of chunks) {
    yield chunk
    sent += chunk.byteLength
    const early = (sent / bytesPerSecond) * 1000 - (performance.now() - startedAt)
    if (early > 5) await sleep(early)
  }
}
