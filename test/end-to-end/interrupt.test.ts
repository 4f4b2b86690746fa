import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { Command, type CommandResult, runCommand } from '../support/command.ts'
import { namesIn } from '../support/files-of.ts'
import { makeTalk, type Talk } from '../support/make-talk.ts'
import { processesWith } from '../support/processes.ts'
import { listening, rendering, wrapFfmpeg } from '../support/wrap-ffmpeg.ts'

// The real command in a process group of its own, interrupted as a terminal does it: the signal goes to everyone in the
// group, so ffmpeg hears it as well.

let folder: string
let talk: Talk
/** An ffmpeg that takes as long as the recording does where it listens and renders: however slow this process is, it comes in time to interrupt it. */
let unhurried: Record<string, string>
let home: string
let commands: Command[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-interrupt-'))
  talk = await makeTalk(folder)
  const { ffmpeg } = await findMediaTools({})
  unhurried = await wrapFfmpeg({
    folder,
    when: `${listening}|${rendering}`,
    instead: `exec '${ffmpeg.path}' -re "$@"`,
  })
})
beforeEach(async () => {
  home = await mkdtemp(join(folder, 'home-'))
})
afterEach(async () => {
  await Promise.all(commands.map((command) => command.destroy()))
  commands = []
  for (const { pid } of processesWith(folder)) process.kill(pid, 'SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function clipArguments(): string[] {
  const places = ['--out', join(home, 'out'), '--data', join(home, 'data')]
  const options = ['--count', '2', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1']
  return ['clip', talk.media, '--transcript', talk.transcript, ...options, ...places]
}

function start(): Command {
  const command = new Command(clipArguments(), { env: unhurried })
  commands.push(command)
  return command
}

/** Tools at work on a recording of this test. */
const toolsAtWork = (pattern: RegExp) => processesWith(folder).filter(({ command }) => pattern.test(command))

async function toolIsAtWork(pattern: RegExp): Promise<void> {
  await vi.waitFor(() => expect(toolsAtWork(pattern)).not.toEqual([]), { timeout: 120_000, interval: 20 })
}

/** The interrupted command has left nothing behind but what is finished. */
async function expectNothingLeft(ended: CommandResult): Promise<void> {
  expect(ended, ended.stderr).toMatchObject({ status: 130, signal: null, stdout: '' })
  expect(ended.stderr).toContain(
    'Stopped. What was finished is kept; the same command goes on from there. [INTERRUPTED]',
  )
  expect(ended.stderr).not.toContain('UNEXPECTED')
  expect(processesWith(folder)).toEqual([])
  expect(existsSync(join(home, 'data/postgresql/cluster/postmaster.pid'))).toBe(false)
  expect(await readdir(join(home, 'data')).catch(() => [])).not.toContainEqual(expect.stringContaining('.new-'))
  expect(await namesIn(join(home, 'data/work'))).toEqual([])
  expect(await namesIn(join(home, 'out'))).toEqual([])
}

async function runAgain(): Promise<CommandResult> {
  const again = await runCommand(clipArguments())
  expect(again, again.stderr).toMatchObject({ status: 0 })
  // A cancelled run is over: this is a new one, which finds what the first one finished.
  expect(again.stderr).not.toContain('Going on where')
  await expectClips()
  return again
}

async function expectClips(): Promise<void> {
  const names = await readdir(join(home, 'out'))
  expect(names.filter((name) => name.endsWith('.mp4'))).toHaveLength(2)
  expect(names.filter((name) => name.startsWith('.'))).toEqual([])
  expect(await namesIn(join(home, 'data/work'))).toEqual([])
}

const ctrlC = (command: Command): void => command.interruptGroup('SIGINT')
const sigterm = (command: Command): void => void command.process.kill('SIGTERM')
/** npm hears it as well and passes it on to us. */
const ctrlCThroughNpm = (command: Command): void => {
  command.interruptGroup('SIGINT')
  // Not by a timer, which may come as late as a person's second Ctrl-C.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  command.interruptGroup('SIGINT')
}

it.each([
  ['Ctrl-C', ctrlC],
  ['SIGTERM', sigterm],
])('%s while the recording is analyzed', async (_, interrupt) => {
  const command = start()
  await toolIsAtWork(/ffmpeg.*(ebur128|showinfo|select)/)
  interrupt(command)
  await expectNothingLeft(await command.ended)
  const again = await runAgain()
  expect(again.stderr).toContain('ingest: already there')
  expect(again.stderr).toMatch(/analyze: done in/)
})

it.each([
  ['Ctrl-C', ctrlC],
  ['Ctrl-C through npm', ctrlCThroughNpm],
  ['SIGTERM', sigterm],
])('%s while clips are cut', async (_, interrupt) => {
  const command = start()
  await toolIsAtWork(/libx264/)
  interrupt(command)
  await expectNothingLeft(await command.ended)
  const again = await runAgain()
  for (const kind of ['ingest', 'transcribe', 'analyze', 'detect']) {
    expect(again.stderr).toContain(`${kind}: already there`)
  }
})

describe('Ctrl-C while the database is made for the first time', () => {
  const data = () => join(home, 'data')
  const draft = () => readdirSync(data()).find((name) => name.startsWith('postgresql.new-')) ?? 'none'

  it.each([
    ['as soon as the data folder is there', () => existsSync(data())],
    ['with initdb at work', () => existsSync(data()) && existsSync(join(data(), draft(), 'cluster/global'))],
    ['with the server starting', () => existsSync(join(data(), 'postgresql/cluster/postmaster.pid'))],
  ])('%s', async (_, isTime) => {
    const command = start()
    await vi.waitFor(() => expect(isTime()).toBe(true), { timeout: 120_000, interval: 1 })
    ctrlC(command)
    await expectNothingLeft(await command.ended)
    await runAgain()
  })
})

it('a second Ctrl-C ends it at once, and the next start puts away what is left', async () => {
  const command = start()
  await toolIsAtWork(/libx264/)
  // A database that does not answer any more keeps the first one from coming to its end.
  const server = processesWith(home).filter(
    ({ command: line }) => line.startsWith('postgres') || /bin\/postgres/.test(line),
  )
  for (const { pid } of server) process.kill(pid, 'SIGSTOP')
  // As slowly as a person does it, as often as it takes: two that come close together are one, and a busy machine may deliver them so.
  command.process.kill('SIGINT')
  const again = setInterval(() => command.process.kill('SIGINT'), 500)
  const ended = await command.ended
  clearInterval(again)
  for (const { pid } of server) process.kill(pid, 'SIGCONT')
  expect(ended).toMatchObject({ status: 130, stdout: '' })
  expect(ended.stderr).not.toContain('INTERRUPTED')

  const next = await runCommand(clipArguments())
  expect(next, next.stderr).toMatchObject({ status: 0 })
  expect(next.stderr).toContain('Going on where the last run of this command stopped.')
  await expectClips()
  expect(processesWith(folder)).toEqual([])
})
