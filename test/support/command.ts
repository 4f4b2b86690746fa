import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

const commandLine = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url))

export interface CommandResult {
  /** Exit status; null when a signal ended it. */
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

interface CommandOptions {
  /** What is run by Node; the real command line unless told. */
  program?: string
  /** Added to an environment that has only what every program needs. */
  env?: Record<string, string>
  cwd?: string
}

/** A command in a process group of its own, as a terminal starts it, its output in pipes. */
export class Command {
  readonly process: ChildProcess
  readonly ended: Promise<CommandResult>
  #stdout = ''
  #stderr = ''
  #changed: (() => void)[] = []

  constructor(args: readonly string[], { program = commandLine, env = {}, cwd }: CommandOptions = {}) {
    this.process = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...plainEnvironment(), ...env },
      ...(cwd === undefined ? {} : { cwd }),
    })
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#note(() => (this.#stdout += text)))
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => this.#note(() => (this.#stderr += text)))
    this.ended = this.#end()
  }

  /** Resolves as soon as this is in what it has put out. */
  async says(wanted: string): Promise<void> {
    while (!this.#stderr.includes(wanted) && !this.#stdout.includes(wanted)) {
      if (this.hasEnded()) throw new Error(`the command ended without saying ${wanted}:\n${this.#stderr}`)
      await new Promise<void>((resolve) => this.#changed.push(resolve))
    }
  }

  hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  /** Sends a signal to the command and everything in its process group, as a terminal's Ctrl-C does. */
  interruptGroup(signal: NodeJS.Signals = 'SIGINT'): void {
    if (this.process.pid !== undefined) process.kill(-this.process.pid, signal)
  }

  /** For the end of a test: nothing of it is left, whatever went wrong. */
  async destroy(): Promise<void> {
    if (!this.hasEnded()) this.interruptGroup('SIGKILL')
    await this.ended
  }

  #note(take: () => void): void {
    take()
    for (const resolve of this.#changed.splice(0)) resolve()
  }

  async #end(): Promise<CommandResult> {
    await once(this.process, 'close')
    this.#note(() => undefined)
    const { exitCode, signalCode } = this.process
    return { status: exitCode, signal: signalCode, stdout: this.#stdout, stderr: this.#stderr }
  }
}

/** Runs a command to its end. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Command(args, options).ended
}

/** How long something took, in seconds, for the numbers we write down. */
export function stopwatch(): () => number {
  const begun = performance.now()
  return () => Math.round(performance.now() - begun) / 1000
}

function plainEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'FFMPEG_PATH', 'FFPROBE_PATH', 'NODE_V8_COVERAGE']
  const named = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  // Tests say the same whether espeak-ng is installed or not; those about it name it.
  return { ...Object.fromEntries(named), ESPEAK_PATH: 'off' }
}
