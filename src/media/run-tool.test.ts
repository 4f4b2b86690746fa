import { getPriority } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { NoSpace } from '../domain/no-space.ts'
import type { ChildProcess, ChildProcessLedger } from './child-process-ledger.ts'
import { FfmpegBroken, FfmpegFailed, FfmpegKilled, FfmpegStalled, FfmpegTimedOut } from './media-errors.ts'
import { runTool, type ToolRun } from './run-tool.ts'

const tools = resolve(import.meta.dirname, '../../test/fixtures/tools')
const hanging = join(tools, 'hanging-ffmpeg.mjs')

/** A program of one line, on Node. */
const script = (code: string): Pick<ToolRun, 'command' | 'args'> => ({ command: process.execPath, args: ['-e', code] })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function createLedger() {
  const events: string[] = []
  let child: ChildProcess | undefined
  const ledger: ChildProcessLedger = {
    started: (it) => {
      child = it
      events.push('started')
    },
    ended: () => void events.push('ended'),
  }
  const pid = () => {
    if (!child) throw new Error('nothing was started')
    return child.pid
  }
  return { ledger, events, pid, child: () => child }
}

async function failureOf(run: ToolRun): Promise<unknown> {
  return runTool(run).then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  )
}

describe('runTool', () => {
  it('hands over standard output and keeps standard error', async () => {
    const output: string[] = []
    const lines: string[] = []
    const result = await runTool({
      ...script('console.log("out"); console.error("one\\ntwo")'),
      onStdout: (chunk) => output.push(chunk.toString()),
      onStderrLine: (line) => lines.push(line),
    })
    expect(output.join('')).toBe('out\n')
    expect(lines).toEqual(['one', 'two'])
    expect(result.stderr).toBe('one\ntwo')
  })

  it('gives the program no standard input to wait for', async () => {
    await runTool(script('process.stdin.on("end", () => process.exit(0)).resume()'))
  })

  it('fails with the evidence of what failed', async () => {
    const failure = await failureOf(script('console.error("Invalid data found"); process.exit(3)'))
    expect(failure).toBeInstanceOf(FfmpegFailed)
    expect(failure).toMatchObject({
      code: 'FFMPEG_FAILED',
      retry: 'never',
      message: expect.stringContaining('Invalid data found'),
      evidence: { exitCode: 3, signal: null, output: 'Invalid data found' },
    })
    expect((failure as FfmpegFailed).evidence?.command).toContain(process.execPath)
  })

  it('stops within its grace when cancelled, even a program that does not listen', async () => {
    const { ledger, events, pid } = createLedger()
    const cancel = new AbortController()
    const reason = new Error('changed my mind')
    const onStdout = () => cancel.abort(reason)
    const failure = await failureOf({ command: hanging, args: ['--ready'], signal: cancel.signal, onStdout, ledger })
    expect(failure).toBe(reason)
    expect(isAlive(pid())).toBe(false)
    expect(events).toEqual(['started', 'ended'])
  })

  it('starts nothing when cancelled before', async () => {
    const { ledger, events } = createLedger()
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(runTool({ ...script(''), signal, ledger })).rejects.toThrow('too late')
    expect(events).toEqual([])
  })

  it('says so when somebody else killed it, and that trying again can help', async () => {
    const { ledger, pid } = createLedger()
    const onStdout = () => void process.kill(pid(), 'SIGKILL')
    const failure = await failureOf({ command: hanging, args: ['--ready'], onStdout, ledger })
    expect(failure).toBeInstanceOf(FfmpegKilled)
    expect(failure).toMatchObject({ retry: 'later', evidence: { signal: 'SIGKILL' } })
  })

  it('knows an ffmpeg that ended itself at a signal', async () => {
    const run = script('console.error("Exiting normally, received signal 2."); process.exit(255)')
    expect(await failureOf(run)).toBeInstanceOf(FfmpegKilled)
  })

  it('calls a crash a failure, not a kill', async () => {
    expect(await failureOf(script('process.abort()'))).toBeInstanceOf(FfmpegFailed)
  })

  it('ends a program that makes no progress', async () => {
    const { ledger, pid } = createLedger()
    const failure = await failureOf({ command: hanging, args: [], stallSeconds: 0.2, ledger })
    expect(failure).toBeInstanceOf(FfmpegStalled)
    expect(failure).toMatchObject({ code: 'FFMPEG_STALLED', retry: 'later' })
    expect(isAlive(pid())).toBe(false)
  })

  it('ends a program that talks but is never done', async () => {
    const chatty = script('setInterval(() => console.error("still busy"), 5)')
    const failure = await failureOf({ ...chatty, timeoutSeconds: 0.5, stallSeconds: 30 })
    expect(failure).toBeInstanceOf(FfmpegTimedOut)
    expect((failure as FfmpegTimedOut).retry).toBe('later')
  })

  it('keeps little of a flood', async () => {
    let longest = 0
    const onStderrLine = (line: string) => void (longest = Math.max(longest, line.length))
    const failure = await failureOf({ command: join(tools, 'flooding-ffmpeg.mjs'), args: [], onStderrLine })
    expect(failure).toMatchObject({ code: 'FFMPEG_FAILED', message: expect.stringContaining('the last words') })
    expect((failure as FfmpegFailed).evidence?.output?.length).toBeLessThanOrEqual(8192)
    expect(longest).toBeLessThanOrEqual(16_384)
  })

  it('sees a full disk even where the program says that all went well', async () => {
    const run = script('console.error("Error writing trailer of x.mp4: No space left on device")')
    const failure = await failureOf(run)
    expect(failure).toBeInstanceOf(NoSpace)
    expect((failure as NoSpace).retry).toBe('later')
  })

  it('says which program does not run', async () => {
    const failure = await failureOf({ command: '/nowhere/ffmpeg', args: [] })
    expect(failure).toBeInstanceOf(FfmpegBroken)
    expect((failure as FfmpegBroken).message).toContain('/nowhere/ffmpeg')
  })

  it('tells the ledger what it could type itself', async () => {
    const { ledger, child } = createLedger()
    await runTool({ command: process.execPath, args: ['-e', "'it'"], ledger })
    expect(child()?.command).toBe(`${process.execPath} -e ''\\''it'\\'''`)
  })

  it('ends the program when it can not be noted', async () => {
    let pid = 0
    const ledger: ChildProcessLedger = {
      started: (child) => {
        pid = child.pid
        return Promise.reject(new Error('database away'))
      },
      ended: () => {},
    }
    expect(await failureOf({ command: hanging, args: [], ledger })).toMatchObject({ message: 'database away' })
    expect(isAlive(pid)).toBe(false)
  })

  it('ends the program when what it says can not be used', async () => {
    const { ledger, pid } = createLedger()
    const onStdout = () => {
      throw new Error('nonsense')
    }
    expect(await failureOf({ command: hanging, args: ['--ready'], onStdout, ledger })).toMatchObject({
      message: 'nonsense',
    })
    expect(isAlive(pid())).toBe(false)
  })

  it.skipIf(process.platform === 'win32')('runs below our own priority', async () => {
    const { ledger, pid } = createLedger()
    const cancel = new AbortController()
    let priority = 0
    const onStdout = () => {
      priority = getPriority(pid())
      cancel.abort(new Error('seen'))
    }
    await failureOf({ command: hanging, args: ['--ready'], signal: cancel.signal, onStdout, ledger })
    expect(priority).toBeGreaterThanOrEqual(10)
  })

  it('takes the program along when this process ends', async () => {
    let pid = 0
    const parent = `
      import { runTool } from ${JSON.stringify(join(import.meta.dirname, 'run-tool.ts'))}
      const started = ({ pid }) => { console.log(pid); setImmediate(() => process.exit(0)) }
      await runTool({ command: process.execPath, args: ['-e', 'setInterval(() => {}, 1e6)'], ledger: { started, ended() {} } })`
    await runTool({
      command: process.execPath,
      args: ['--input-type=module', '-e', parent],
      onStdout: (chunk) => {
        pid = Number(chunk.toString())
      },
    })
    expect(pid).toBeGreaterThan(1)
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 120_000 })
  })
})
