import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compose, examineLanguageModels } from '../compose.ts'
import { dataFolder } from '../config/data-folder.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Settings } from '../config/settings.ts'
import { AppError } from '../domain/app-error.ts'
import type { BreakerView } from '../http/app.ts'
import { buildApp } from '../http/build-app.ts'
import { runRequest, settingsOf } from '../http/runs/begin-run.ts'
import { listRuns } from '../library/runs.store.ts'
import { createLogger } from '../observability/logger.ts'
import type { Pipeline } from '../pipeline/open-pipeline.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { listenForInterruption } from './interruption.ts'
import { printError } from './print-error.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// What is under way may end within this; then it goes back to the queue.
const graceMs = 30_000

export class PortTaken extends AppError {
  readonly code = 'PORT_TAKEN'
  constructor(place: string, cause: unknown) {
    super(`${place} is taken by another program.`, {
      hint: 'Stop it, or set PORT to another number. If it is Clipwright itself, it runs already: open it in a browser.',
      cause,
    })
  }
}

/** `clipwright serve`: the web server and a worker in one process, until it is told to end. Returns the exit status. */
export async function serve(options: { data?: string }): Promise<number> {
  try {
    await serveUntilTold(options)
    return exitCodes.ok
  } catch (error) {
    printError(error, { json: false })
    return exitCodeOf(error)
  }
}

async function serveUntilTold({ data }: { data?: string }): Promise<void> {
  const hurry = new AbortController()
  using interruption = listenForInterruption({ second: () => hurry.abort() })
  const { signal } = interruption
  const settings = loadSettings(undefined, { LOG_LEVEL: 'warn' })
  const logger = createLogger(settings.LOG_LEVEL)
  const folder = dataFolder({ flag: data, settings })
  const pipeline = await compose({ settings, dataFolder: folder, logger, signal })
  try {
    const app = await buildApp({ settings, pipeline, logger, version, breakers: () => breakersOf(pipeline, settings) })
    const worker = await pipeline.startWorker()
    await welcome(pipeline)
    try {
      const { HOST: host, PORT: port } = settings
      await app.listen({ host, port }).catch((cause: unknown) => {
        throw isTaken(cause) ? new PortTaken(`${host}:${port}`, cause) : cause
      })
      console.error(`Clipwright runs at http://${host.includes(':') ? `[${host}]` : host}:${port}. Ctrl-C ends it.`)
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve())
      })
      console.error(`Ending: what is under way has ${graceMs / 1000} s. Ctrl-C stops at once.`)
    } finally {
      hurry.signal.addEventListener('abort', () => void worker.stop())
      await worker.stop({ graceMs: signal.aborted && !hurry.signal.aborted ? graceMs : 0 })
      await app.close()
    }
  } finally {
    await pipeline.close()
  }
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
  await pipeline.beginRun(await settingsOf(asked, pipeline.dataFolder))
  console.error('The library was empty: clips of the demo recording are being made.')
}

function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}
