import { randomInt } from 'node:crypto'
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

/**
 * A port nobody listens on now, and that no system gives out by itself (from 32768 on Linux, from 49152 elsewhere): between this look and the server that
 * listens there, or its next start, no connection of another test takes it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}
