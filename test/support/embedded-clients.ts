import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { EmbeddedServer, EmbeddedServerOptions } from '../../src/database/embedded-server.ts'
import type { ErrorRecord } from '../../src/domain/app-error.ts'

const program = fileURLToPath(new URL('../fixtures/embedded-client.ts', import.meta.url))

type ClientOptions = Omit<EmbeddedServerOptions, 'logger' | 'signal'> & { uid?: number; env?: Record<string, string> }

/** Another process that uses the embedded server, in a process group of its own like a command in a terminal. */
export class EmbeddedClient {
  readonly process: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor({ uid, env, ...options }: ClientOptions) {
    this.process = spawn(process.execPath, [program, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
      ...(uid !== undefined && { uid, gid: uid }),
      ...(env && { env: { ...process.env, ...env } }),
    })
    const lines: Interface = createInterface({ input: this.process.stdout as NodeJS.ReadableStream })
    this.#lines = lines[Symbol.asyncIterator]()
  }

  async comesIn(): Promise<Pick<EmbeddedServer, 'origin' | 'connection'>> {
    const said = await this.#next<{ origin: EmbeddedServer['origin']; connection: EmbeddedServer['connection'] }>()
    if ('error' in said) throw new Error(`the client did not come in: ${JSON.stringify(said.error)}`)
    return said
  }

  async fails(): Promise<ErrorRecord> {
    const said = await this.#next<object>()
    if ('error' in said) return said.error
    throw new Error('the client came in')
  }

  async releases(): Promise<void> {
    const ended = this.ended()
    this.process.stdin?.write('release\n')
    await ended
  }

  /** Sends a signal to the client's whole process group, as a terminal does. */
  async isSent(signal: NodeJS.Signals): Promise<void> {
    const ended = this.ended()
    if (this.process.pid !== undefined) process.kill(-this.process.pid, signal)
    await ended
  }

  async ended(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit')
  }

  async #next<Said extends object>(): Promise<Said | { error: ErrorRecord }> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error('the client ended without a word')
    return JSON.parse(value) as Said
  }
}
