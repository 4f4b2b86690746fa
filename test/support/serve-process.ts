import { once } from 'node:events'
import { createServer } from 'node:net'
import { Command } from './command.ts'

export interface ServeProcess {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** SIGKILL: nothing of it can tidy up. */
  kill(): Promise<void>
  /** For the end of a test, whatever went wrong. */
  destroy(): Promise<void>
}

/** `clipwright serve` as a process of its own, listening. */
export async function startServing({
  port,
  env,
}: {
  port: number
  env: Record<string, string>
}): Promise<ServeProcess> {
  const command = new Command(['serve'], { env: { PORT: String(port), LOG_LEVEL: 'warn', ...env } })
  await command.says('Clipwright runs at')
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      command.interruptGroup('SIGKILL')
      await command.ended
    },
    destroy: () => command.destroy(),
  }
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
