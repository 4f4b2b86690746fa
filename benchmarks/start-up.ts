// Run after a change of start-up, the database's life or recovery; about 5 minutes on two cores (--rounds 5).

import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedServer } from '../src/database/embedded-server.ts'
import type { Step } from '../src/library/steps.store.ts'
import { createLogger } from '../src/observability/logger.ts'
import { forgetClips, lastRun, prepareData } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { makeRecording, smallPicture } from './support/make-recording.ts'
import { runClipwright, startClipwright } from './support/run-clipwright.ts'
import { serveLibrary } from './support/served-library.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

const options = benchOptions({ rounds: 5 })
await using folder = await benchFolder('start-up', options.keep)
const seconds = options.tiny ? 240 : 600
const count = options.tiny ? 2 : 8
const data = join(folder.scratch, 'data')
const logger = createLogger('warn')

console.log(await describeMachine())
const recording = await makeRecording({ folder: folder.media, ...smallPicture, seconds })
const transcript = await writeTranscript(join(folder.scratch, 'transcript.srt'), seconds)
const command = commandFor(count)
// One clip is enough to be killed at.
const killedCommand = commandFor(1)
await prepareData(data)
await runClipwright(command)

await waitForQuiet(options.wait)
await measure('the same command again, whole (target ≤ 3 s)', async () => (await runClipwright(command)).seconds)
await measure(
  'start to the first line of progress (target ≤ 2 s)',
  async () => (await runClipwright(command)).firstLine,
)
await measure('after SIGKILL during cut: start to that cut being worked on (target: at once)', recover)
await measure('serve: start to ready (target ≤ 2 s)', async () => {
  await using served = await serveLibrary(data)
  return served.secondsToReady
})
await measure('embedded server, made and started', async () => {
  const fresh = join(folder.scratch, `fresh-${crypto.randomUUID()}`)
  await mkdir(fresh)
  return startAndStop(fresh)
})
await measure('embedded server, started', () => startAndStop(data))

function commandFor(clips: number): string[] {
  const where = ['--out', join(folder.scratch, `out-${clips}`), '--data', data]
  return ['clip', recording, '--transcript', transcript, '--count', `${clips}`, '--min', '10', '--max', '15', ...where]
}

async function measure(what: string, once: () => Promise<number | null>): Promise<void> {
  const values: number[] = []
  for (let round = 1; round <= options.rounds; round++) values.push((await once()) ?? Number.NaN)
  console.log(`${what}: ${median(values).toFixed(2)} s (${values.map((value) => value.toFixed(2)).join(', ')})`)
}

/** Kills a command in the middle of a cut, gives it again, and looks when that cut was begun anew. */
async function recover(): Promise<number> {
  await forgetClips(data)
  const { child, done } = startClipwright(killedCommand)
  while (!(await isCutting()) && child.exitCode === null) await sleep(20)
  child.kill('SIGKILL')
  await done
  const interrupted = cutsOf(await lastRun(data)).find(({ status }) => status === 'working')
  if (!interrupted) throw new Error('The command was killed too late.')
  const again = await runClipwright(killedCommand)
  const redone = cutsOf(await lastRun(data)).find(({ id }) => id === interrupted.id)
  if (!redone || redone.attempts !== interrupted.attempts + 1) throw new Error('The cut was not taken up again once.')
  return Number(redone.startedAt) / 1000 - again.start
}

/** A cut writes its picture into a folder of its own from its first second on. */
async function isCutting(): Promise<boolean> {
  const work = join(data, 'work')
  const files = await readdir(work, { recursive: true }).catch((): string[] => [])
  return files.some((name) => name.endsWith('clip.mp4'))
}

function cutsOf({ steps }: { steps: Step[] }): Step[] {
  return steps.filter(({ kind }) => kind === 'cut')
}

/** Seconds until the server can be used. */
async function startAndStop(dataFolder: string): Promise<number> {
  const startedAt = performance.now()
  const server = await startEmbeddedServer({ dataFolder, logger })
  const took = (performance.now() - startedAt) / 1000
  await server.release()
  return took
}
