import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compose, examineLanguageModels, findWordTimeVoice } from '../compose.ts'
import { dataFolder } from '../config/data-folder.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Settings } from '../config/settings.ts'
import { AppError } from '../domain/app-error.ts'
import { whenAborted } from '../domain/when-aborted.ts'
import type { BreakerView } from '../http/app.ts'
import { buildApp } from '../http/build-app.ts'
import { runRequest, settingsOf } from '../http/runs/begin-run.ts'
import { nameFiles } from '../http/runs/named-files.ts'
import { listRuns } from '../library/runs.store.ts'
import type { Pipeline } from '../pipeline/open-pipeline.ts'
import { demandOnlyServer } from './only-server.ts'
import { exitCodeOf, exitCodes } from './terminal/exit-codes.ts'
import { listenForInterruption } from './terminal/interruption.ts'
import { printError } from './terminal/print-error.ts'
import { terminalLogger } from './terminal/terminal-logger.ts'
import { type SupervisedWorker, superviseWorker } from './work/supervise-worker.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

export class PortTaken extends AppError {
  readonly code = 'PORT_TAKEN'
  constructor(place: string, cause: unknown) {
    super(`${place} is taken by another program.`, {
      hint: 'Stop it, or set PORT to another number. If it is Clipwright itself, it runs already: open it in a browser.',
      cause,
    })
  }
}

interface ServeCommand {
  data?: string
  /** False where others do the work. */
  worker: boolean
}

/** `clipwright serve`: the web server, and a worker beside it, until it is told to end. Returns the exit status. */
export async function serve(options: ServeCommand): Promise<number> {
  try {
    await serveUntilTold(options)
    return exitCodes.ok
  } catch (error) {
    printError(error, { json: false })
    return exitCodeOf(error)
  }
}

async function serveUntilTold({ data, worker: works }: ServeCommand): Promise<void> {
  const hurry = new AbortController()
  using interruption = listenForInterruption({ second: () => hurry.abort() })
  const { signal } = interruption
  const settings = loadSettings(undefined, { LOG_LEVEL: 'warn' })
  const logger = terminalLogger(settings)
  const folder = dataFolder({ flag: data, settings })
  const pipeline = await compose({ settings, dataFolder: folder, logger, signal, works: false })
  try {
    await using _only = await demandOnlyServer(pipeline.database, folder)
    const app = await buildApp({
      ...{ settings, pipeline, logger, version, breakers: () => breakersOf(pipeline, settings) },
      findVoice: () => findWordTimeVoice(settings.ESPEAK_PATH),
    })
    let worker: SupervisedWorker | null = null
    try {
      const { HOST: host, PORT: port } = settings
      await app.listen({ host, port }).catch((cause: unknown) => {
        throw isTaken(cause) ? new PortTaken(`${host}:${port}`, cause) : cause
      })
      // After the port is ours: a second server would only begin what we begin, and work beside us.
      await welcome(pipeline)
      // In a process of its own: whatever it does, requests are answered at once.
      if (works && !signal.aborted) worker = workBeside(folder)
      console.error(`Clipwright runs at ${addressOf(host, port)}. Ctrl-C ends it.`)
      await whenAborted(signal)
      console.error('Ending: what is under way has 30 s. Ctrl-C stops at once.')
    } finally {
      hurry.signal.addEventListener('abort', () => worker?.stop())
      if (signal.aborted && !hurry.signal.aborted) worker?.drain()
      else worker?.stop()
      await worker?.ended
      await app.close()
    }
  } finally {
    await pipeline.close()
  }
}

/** What to type into a browser of this machine. */
function addressOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}, and at every address of this machine`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function workBeside(folder: string): SupervisedWorker {
  return superviseWorker({
    task: { dataFolder: folder, untilIdle: false, talks: false, logLevel: 'warn' },
    say: (line) => console.error(line),
    giveUpAtFirst: false,
  })
}

async function breakersOf({ database }: Pipeline, settings: Settings): Promise<BreakerView[]> {
  const { models } = await examineLanguageModels({ settings, db: database.kysely })
  return models.map(({ provider, model, breaker }) => ({ provider, model, state: breaker.state }))
}

const demo = fileURLToPath(new URL('../../examples/night-bakery.mp4', import.meta.url))

/** An empty library gets the demo recording, so that there is something to see. */
async function welcome(pipeline: Pipeline): Promise<void> {
  const isNew = (await listRuns(pipeline.database.kysely, { limit: 1 })).length === 0
  if (!isNew || !existsSync(demo)) return
  const asked = runRequest.parse({ path: demo, count: 3, maxSeconds: 45 })
  const files = nameFiles({ db: pipeline.database.kysely, owner: null, folders: null })
  await pipeline.beginRun(await settingsOf(asked, { pipeline, files }), { by: 'system' })
  console.error('The library was empty: clips of the demo recording are being made.')
}

function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}
