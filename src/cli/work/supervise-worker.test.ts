import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { superviseWorker } from './supervise-worker.ts'

const program = new URL('../../../test/fixtures/scripted-worker.ts', import.meta.url)
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function supervise(
  plan: string[],
  { giveUpAtFirst = true, patienceMs = { drain: 120_000, stop: 120_000 } } = {},
) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-supervise-'))
  folders.push(dataFolder)
  await writeFile(join(dataFolder, 'plan.json'), JSON.stringify(plan))
  const said: string[] = []
  const worker = superviseWorker({
    task: { dataFolder, untilIdle: false, talks: false, logLevel: 'error' },
    say: (line) => said.push(line),
    giveUpAtFirst,
    program,
    pauseMs: (failures) => failures,
    patienceMs,
  })
  const lives = async () => (await readFile(join(dataFolder, 'lives.txt'), 'utf8').catch(() => '')).trim().split('\n')
  const began = () => vi.waitFor(async () => expect(await lives()).not.toEqual(['']), { timeout: 120_000 })
  return { worker, said, lives, began }
}

describe('a worker', () => {
  it('that is worn is replaced at once, and one that is done is not', async () => {
    const { worker, said, lives } = await supervise(['worn', 'worn', 'idle'])
    await worker.ended
    expect(await lives()).toEqual(['0 worn', '1 worn', '2 idle'])
    expect(said).toEqual(Array(2).fill('The worker is replaced by a fresh process.'))
  })

  it('that crashes is started again, each time after a longer pause, until it lives', async () => {
    const { worker, said, lives } = await supervise(['crash', 'die', 'ready-fail', 'worn', 'crash', 'idle'])
    await worker.ended
    expect(await lives()).toHaveLength(6)
    expect(said).toEqual([
      'The worker ended unexpectedly (exit status 3). It is started again in 0 s.',
      'The worker ended unexpectedly (SIGKILL). It is started again in 0 s, after 2 failures in a row.',
      'The worker could not go on: No database. [DATABASE_UNREACHABLE] It is started again in 0 s, after 3 failures in a row.',
      'The worker is replaced by a fresh process.',
      'The worker ended unexpectedly (exit status 3). It is started again in 0 s.',
    ])
  })

  it('that can not even start is reported where somebody waits for it', async () => {
    const { worker } = await supervise(['fail'])
    await expect(worker.ended).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', hint: 'Start it.' })
  })

  it('and tried again where a server stands beside it', async () => {
    const { worker, lives } = await supervise(['fail', 'fail', 'idle'], { giveUpAtFirst: false })
    await worker.ended
    expect(await lives()).toHaveLength(3)
  })
})

describe('told to go', () => {
  it('it goes and is not replaced', async () => {
    const { worker, lives, began } = await supervise(['obey'])
    await began()
    worker.drain()
    await worker.ended
    expect(await lives()).toEqual(['0 obey', 'drain'])
  })

  it('twice, it hurries', async () => {
    const { worker, lives, began } = await supervise(['slow'])
    await began()
    worker.drain()
    worker.stop()
    await worker.ended
    expect((await lives()).at(-1)).toBe('drain stop')
  })

  it('it is ended when it does not hear', async () => {
    const { worker, lives, began } = await supervise(['deaf'], { patienceMs: { drain: 200, stop: 200 } })
    await began()
    worker.drain()
    await worker.ended
    // Whether there was time to hear the order or not.
    expect((await lives()).filter((life) => /^\d/.test(life))).toEqual(['0 deaf'])
  })

  it('while it pauses after a crash, it is not started again', async () => {
    const { worker, lives, said } = await supervise(Array(1000).fill('crash'))
    await vi.waitFor(() => expect(said.length).toBeGreaterThan(1), { timeout: 120_000 })
    worker.stop()
    await worker.ended
    const count = (await lives()).length
    expect(count).toBeLessThan(1000)
  })

  it('before it is up, it does not come up', async () => {
    const { worker, lives } = await supervise(['obey', 'obey'])
    worker.stop()
    await worker.ended
    expect((await lives()).filter((life) => life.startsWith('1'))).toEqual([])
  })
})
