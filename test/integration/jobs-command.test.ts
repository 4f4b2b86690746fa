import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { composeForTest, idleHandlers, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'
import { databaseUrlOf } from '../support/database-url.ts'

let clipwright: TestClipwright
let fails = true
beforeAll(async () => {
  clipwright = await composeForTest({
    cut: (context) => {
      if (fails) throw new Error('not today')
      return idleHandlers.cut(context)
    },
  })
})
beforeEach(() => {
  fails = true
  vi.stubEnv('DATABASE_URL', databaseUrlOf(clipwright.database))
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})
afterAll(() => clipwright.close())

/** Gives the command in this process; what it prints, and its status. */
async function jobs(...args: string[]) {
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))))
  const status = await runCommandLine(['node', 'clipwright', 'jobs', ...args, '--data', clipwright.dataFolder])
  vi.restoreAllMocks()
  return { status, out, err }
}

const begin = async () => (await clipwright.beginRun(someRunSettings())).runId

it('shows, cancels, brings back, lets overtake', async () => {
  const id = await begin()
  expect((await jobs()).out).toContain(`○ ${id.slice(0, 8)}  talk  waiting: nobody works on ingest now`)
  expect((await jobs('front', id.slice(0, 8))).out).toContain('comes first from now on')
  expect((await jobs('cancel', id)).out).toContain('is cancelled')
  expect(await jobs('cancel', id)).toMatchObject({ status: 2, err: expect.stringContaining('RUN_HAS_ENDED') })
  expect((await jobs('retry', id)).out).toMatch(/ingest will be tried again\.\nNobody works now/)
  const shown = JSON.parse((await jobs('show', id, '--json')).out)
  expect(shown).toMatchObject({ id, status: 'working', priority: 1, steps: [{ kind: 'ingest', status: 'queued' }] })
  await jobs('cancel', id)
})

it('finds a run by the folder it wrote', async () => {
  const id = await begin()
  const folder = join(clipwright.dataFolder, 'talk-clips')
  await mkdir(folder)
  await writeFile(join(folder, 'moments.json'), JSON.stringify({ run: { id } }))
  expect((await jobs('show', folder)).out).toContain(`run ${id}`)
  await jobs('cancel', id)
})

it('pauses a kind and goes on with it', async () => {
  expect((await jobs('pause', 'cut')).out).toContain('cut is paused')
  expect((await jobs('list')).out).toContain('Paused: cut')
  expect((await jobs('resume', 'cut')).out).toContain('cut goes on')
  expect((await jobs('resume', 'cut')).out).toContain('cut was not paused')
})

it('tries everything again that failed', async () => {
  const id = await begin()
  const worker = await clipwright.startWorker()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await clipwright.ended(id)
  await worker.stop()
  const failed = JSON.parse((await jobs('--failed', '--json')).out)
  expect(failed.items.map(({ runId }: { runId: string }) => runId)).not.toContain(id)
  expect((await jobs('retry', '--kind', 'ingest')).out).toContain('Nothing has failed.')
  expect((await jobs('retry', id, '--clip', '2')).out).toContain(`cut of clip 2 will be tried again`)
  const [dead] = JSON.parse((await jobs('dead', '--kind', 'cut', '--json')).out)
  expect(dead).toMatchObject({
    runId: id,
    kind: 'cut',
    attempts: [{}, {}, {}],
    says: 'failed: not today (tried 3 times)',
  })
  expect((await jobs('dead', '--kind', 'ingest')).out).toContain('Nothing has failed for good.')
  expect((await jobs('dead')).out).toMatch(/✗ talk: cut of clip \d failed: not today[^]*step [0-9a-f-]{36} of run/)
  expect((await jobs('retry', '--step', dead.stepId)).out).toContain(`cut of clip ${dead.subject} will be tried again`)
  expect((await jobs('retry')).out).toContain('will be tried again')
  expect((await jobs('retry')).out).toContain('Nothing has failed.')
  await jobs('cancel', id)
  expect((await jobs('dead')).out).toContain('Nothing has failed for good.')
})

it('gives a run a priority', async () => {
  const id = await begin()
  expect((await jobs('priority', id, '7')).out).toContain('has priority 7')
  expect(JSON.parse((await jobs('show', id, '--json')).out)).toMatchObject({ priority: 7, state: 'waiting' })
  await jobs('cancel', id)
  expect(await jobs('priority', id, '7')).toMatchObject({ status: 2, err: expect.stringContaining('RUN_HAS_ENDED') })
})

it.each([
  [['show', 'nowhere'], 'RUN_NOT_FOUND'],
  [['show', '00000000-0000-4000-8000-000000000000'], 'RUN_NOT_FOUND'],
  [['pause', 'sleep'], 'WRONG_USAGE'],
  [['retry', '--clip', '1'], 'WRONG_USAGE'],
  [['retry', '--step', 'first'], 'WRONG_USAGE'],
  [['retry', '00000000', '--step', '00000000-0000-4000-8000-000000000000'], 'WRONG_USAGE'],
  [['retry', '--step', '00000000-0000-4000-8000-000000000000'], 'STEP_NOT_FOUND'],
  [['priority', 'nowhere', 'high'], 'WRONG_USAGE'],
  [['priority', 'nowhere', '1001'], 'WRONG_USAGE'],
  [['retry', 'nowhere', '--clip', 'first'], 'WRONG_USAGE'],
])('refuses %j', async (args, code) => {
  const { status, err } = await jobs(...args)
  expect({ status, err }).toMatchObject({ status: 2, err: expect.stringContaining(code) })
})
