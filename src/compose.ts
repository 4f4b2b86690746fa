import { embeddedSubtitles } from './adapters/transcribers/embedded-subtitles.ts'
import { givenFile } from './adapters/transcribers/given-file.ts'
import { sidecar } from './adapters/transcribers/sidecar.ts'
import type { Settings } from './config/settings.ts'
import { openDatabase } from './database/pool.ts'
import type { StepKind } from './domain/run.ts'
import { findMediaTools } from './media/find-media-tools.ts'
import type { Logger } from './observability/logger.ts'
import { handleAnalyze } from './pipeline/analyze/analyze.handler.ts'
import { findExactSceneCuts } from './pipeline/analyze/find-scenes.ts'
import { measureLoudness } from './pipeline/analyze/measure-loudness.ts'
import { handleConclude } from './pipeline/conclude/conclude.handler.ts'
import { handleCut } from './pipeline/cut/cut.handler.ts'
import { handleDetect } from './pipeline/detect/detect.handler.ts'
import { handSetRanker } from './pipeline/detect/hand-set-ranker.ts'
import { handleIngest } from './pipeline/ingest/ingest.handler.ts'
import { openPipeline, type Pipeline } from './pipeline/open-pipeline.ts'
import { centreFramer } from './pipeline/reframe/centre-framer.ts'
import { handleReframe } from './pipeline/reframe/reframe.handler.ts'
import type { StepHandler } from './pipeline/step-context.ts'
import { handleTranscribe } from './pipeline/transcribe/transcribe.handler.ts'

interface Surroundings {
  settings: Settings
  /** An existing folder. */
  dataFolder: string
  logger: Logger
  signal?: AbortSignal
}

/** Clipwright put together: the tools found, the database open, every stage with what it asks for. */
export async function compose({ settings, dataFolder, logger, signal }: Surroundings): Promise<Pipeline> {
  const stop = signal ? { signal } : {}
  const tools = await findMediaTools(settings, stop)
  const database = await openDatabase({ settings, dataFolder, logger, ...stop })
  try {
    return await openPipeline({ settings, dataFolder, logger, tools, database, handlers })
  } catch (error) {
    await database.close()
    throw error
  }
}

const { detector } = handSetRanker

/** What each step does, joined to what it asks for. */
export const handlers: Record<StepKind, StepHandler> = {
  ingest: handleIngest,
  transcribe: (context) =>
    handleTranscribe(context, {
      transcribers: (media) => [givenFile, sidecar, embeddedSubtitles({ media })],
      findSilences: async (request) => (await measureLoudness(request)).silences,
    }),
  analyze: handleAnalyze,
  detect: (context) => handleDetect(context, { ranker: handSetRanker }),
  reframe: (context) => handleReframe(context, { framer: centreFramer, findCuts: findExactSceneCuts }),
  cut: handleCut,
  conclude: (context) => handleConclude(context, { detector }),
}
