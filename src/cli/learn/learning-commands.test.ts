import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { databaseUrlOf } from '../../../test/support/database-url.ts'
import { storedSamples } from '../../../test/support/stored-samples.ts'
import { temporaryDatabase } from '../../../test/support/temporary-database.ts'
import type { Database } from '../../database/connect.ts'
import { beginRollout } from '../../library/rollouts.store.ts'
import { getRun, pinToRun } from '../../library/runs.store.ts'
import { standardDetector } from '../../pipeline/detect/versions/detectors.ts'
import { runCommandLine } from '../command-line.ts'

let database: Database
let data: string
/** `RUN#RANK` of the one moment there is, from 10 to 20 s. */
let clip: string
let [stdout, stderr] = ['', '']

beforeAll(async () => {
  database = await temporaryDatabase()
  data = await mkdtemp(join(tmpdir(), 'clipwright-data-'))
  const samples = storedSamples(database)
  const { id: detectionId, recordingId } = await samples.newDetection()
  const runId = await samples.newRun()
  await pinToRun(database.kysely, await getRun(database.kysely, runId), { recordingId, detectionId })
  clip = `${runId}#1`
})
afterAll(async () => {
  await database.close()
  await rm(data, { recursive: true, force: true })
})
beforeEach(() => {
  ;[stdout, stderr] = ['', '']
  vi.stubEnv('DATABASE_URL', databaseUrlOf(database))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const run = (...args: string[]) => runCommandLine(['node', 'clipwright', ...args])
const inData = (...args: string[]) => run(...args, '--data', data)
/** What a command prints with `--json`. */
async function said(...args: string[]): Promise<unknown> {
  stdout = ''
  await inData(...args, '--json')
  return JSON.parse(stdout)
}
const verdictsThere = async () =>
  ((await said('feedback', 'list')) as { verdicts: { verdict: unknown }[] }).verdicts.map(({ verdict }) => verdict)

test('a verdict is given, counted, taken back, forgotten and brought back', async () => {
  expect(await inData('feedback', 'list')).toBe(0)
  expect(stdout).toContain('Nobody has judged a clip yet')

  expect(await inData('feedback', clip, 'keep')).toBe(0)
  expect(stdout).toContain('Kept: talk at 0:10')
  expect(stdout).toContain('Nothing is learned for highlights yet')
  expect(await said('feedback', clip, 'trim', '0:02', '9.5')).toMatchObject({
    clip: { rank: 1, start: 10, end: 20 },
    verdict: { verdict: 'trim', range: { start: 12, end: 19.5 } },
    rolledBack: null,
  })
  await inData('feedback', clip, 'stars', '4')
  expect(await verdictsThere()).toEqual([
    { verdict: 'stars', stars: 4 },
    { verdict: 'trim', range: { start: 12, end: 19.5 } },
    { verdict: 'keep' },
  ])
  expect(await said('feedback', 'undo')).toMatchObject({ takenBack: { verdict: { verdict: 'stars' } } })
  expect(await said('feedback', 'undo', clip)).toMatchObject({ takenBack: { verdict: { verdict: 'trim' } } })
  expect(await said('feedback', 'reset')).toEqual({ forgotten: 1 })
  expect(await said('feedback', 'reset')).toEqual({ forgotten: 0 })
  expect(await said('feedback', 'undo')).toEqual({ broughtBack: 1 })
  expect(await verdictsThere()).toEqual([{ verdict: 'keep' }])
})

test.each([
  [['x', 'keep'], 2, 'CLIP_NOT_FOUND'],
  [['CLIP', 'stars', '0'], 2, 'WRONG_USAGE'],
  [['CLIP', 'stars', '6'], 2, 'WRONG_USAGE'],
  [['CLIP', 'love'], 2, 'WRONG_USAGE'],
  [['CLIP', 'trim', '0:05', '0:15'], 2, 'WRONG_USAGE'],
  [['CLIP', 'trim', '10.2', '10.6'], 2, 'WRONG_USAGE'],
  [['undo', 'x'], 2, 'CLIP_NOT_FOUND'],
])('feedback %j is refused', async (args, status, code) => {
  const named = args.map((arg) => (arg === 'CLIP' ? clip : arg))
  expect(await inData('feedback', ...named, '--json')).toBe(status)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code } })
})

test('what is missing is named', async () => {
  expect(await run('feedback')).toBe(2)
  expect(stderr).toContain('The name of the clip is missing.')
  expect(await run('feedback', 'x')).toBe(2)
  expect(stderr).toContain('The verdict (keep, discard, stars, trim or comment) is missing.')
  expect(await run('detectors', 'rollout')).toBe(2)
  expect(stderr).toContain('The name of the detector is missing.')
})

test('no verdict, nothing to take back', async () => {
  await said('feedback', 'reset')
  await inData('feedback', clip, 'keep')
  await inData('feedback', 'undo')
  expect(await inData('feedback', 'undo', clip)).toBe(2)
  expect(stderr).toContain('NO_FEEDBACK')
})

test('versions are listed, tried and taken back', async () => {
  expect(await said('detectors')).toMatchObject({
    detectors: expect.arrayContaining([
      expect.objectContaining({
        detector: standardDetector,
        role: 'standard',
        share: 1,
        runs: 0,
        secondsPerHour: null,
      }),
    ]),
    trial: null,
  })
  expect(await inData('detectors', 'rollback')).toBe(2)
  expect(stderr).toContain('NOTHING_TO_ROLL_BACK')
  expect(await inData('detectors', 'rollout', 'nobody')).toBe(2)
  expect(stderr).toContain('DETECTOR_UNKNOWN')
  expect(await inData('detectors', 'rollout', standardDetector, '--share', '0')).toBe(2)
  expect(await inData('detectors', 'rollout', standardDetector)).toBe(2)
  expect(stderr).toContain('DETECTOR_IN_USE')

  await beginRollout(database.kysely, { detector: 'other@1', role: 'current', share: 1, by: 'cli' })
  expect(await said('detectors', 'rollout', standardDetector, '--share', '25')).toEqual({
    detector: standardDetector,
    share: 0.25,
  })
  expect(await inData('detectors')).toBe(0)
  expect(stdout).toContain(`${standardDetector} (trial)`)
  expect(stdout).toContain('25 %')
  expect(stdout).toContain(`Nothing speaks against ${standardDetector} so far.`)
  expect(await said('detectors', 'rollback')).toEqual({ detector: standardDetector, backTo: 'other@1' })
  expect(await said('detectors', 'rollback')).toEqual({ detector: 'other@1', backTo: standardDetector })
})
