// A worker whose steps only wait, on the embedded server of a data folder:
//   node waiting-worker.ts '{"dataFolder": …, "takesMs": 200, "moments": 2}'
// One line on standard output when it is ready, and one with the delay of its event loop when it has ended (at SIGTERM).
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { loadSettings } from '../../src/config/load-settings.ts'
import { openDatabase } from '../../src/database/pool.ts'
import { type StepKind, stepKinds } from '../../src/domain/run.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { openPipeline } from '../../src/pipeline/open-pipeline.ts'

const { dataFolder, takesMs, moments } = z
  .object({ dataFolder: z.string(), takesMs: z.number(), moments: z.number() })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
const resolution = 10
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
// Eight processes share the server's connections.
const settings = { ...loadSettings({}), DATABASE_POOL_SIZE: 4 }
const logger = createLogger('error')
const handle: StepHandler = async (context) => {
  await sleep(takesMs)
  await context.finish(async () => (context.step.kind === 'detect' ? { momentCount: moments } : {}))
}
const pipeline = await openPipeline({
  settings,
  dataFolder,
  logger,
  tools: await findMediaTools(settings),
  database: await openDatabase({ settings, dataFolder, logger }),
  handlers: Object.fromEntries(stepKinds.map((kind) => [kind, handle])) as Record<StepKind, StepHandler>,
})
const worker = await pipeline.startWorker({ atOnce: 1 })
const delay = monitorEventLoopDelay({ resolution })
delay.enable()
say({ ready: true })
await once(process, 'SIGTERM')
say({ delayMs: Math.max(0, delay.percentile(99) / 1e6 - resolution) })
await worker.stop()
await pipeline.close()
