import type { Kysely } from 'kysely'
import { findFaceDetector } from './adapters/face-detectors/find-face-detector.ts'
import { findLanguageModel } from './adapters/language-models/find-language-model.ts'
import { type ModelStates, modelStates } from './adapters/language-models/model-states.ts'
import { type SpeechStates, speechStates } from './adapters/speech-engines/services/service-states.ts'
import { findSynthesiser } from './adapters/speech-synthesisers/find-synthesiser.ts'
import { wayToWords } from './adapters/transcribers/way-to-words.ts'
import type { Joining } from './compose/join-handlers.ts'
import type { Settings } from './config/settings.ts'
import { openDatabase } from './database/pool.ts'
import type { Tables } from './database/tables.ts'
import { takeIntoUse } from './database/take-into-use.ts'
import { type StepKind, stepKinds } from './domain/run.ts'
import { findMediaTools } from './media/find-media-tools.ts'
import type { Logger } from './observability/logger.ts'
import type { StepHandler } from './pipeline/engine/step-context.ts'
import type { LanguageModel } from './pipeline/language-model.ts'
import { openPipeline, type Pipeline } from './pipeline/open-pipeline.ts'
import type { FaceDetector } from './pipeline/reframe/face-detector.ts'

interface Surroundings {
  settings: Settings
  /** An existing folder. */
  dataFolder: string
  logger: Logger
  signal?: AbortSignal
}

/**
 * Clipwright put together: the tools found, the database open, every stage with what it asks for. A process that never `works` on a step need not load
 * the stages: half of what there is.
 */
export async function compose({
  settings,
  dataFolder,
  logger,
  signal,
  works = true,
}: Surroundings & { works?: boolean }): Promise<Pipeline> {
  const stop = signal ? { signal } : {}
  const tools = await findMediaTools(settings, stop)
  const database = await openDatabase({ settings, dataFolder, logger, ...stop })
  try {
    const faces = findFaceDetector({ model: settings.FACE_MODEL, dataFolder })
    const languageModel = findLanguageModel({ settings, db: database.kysely })
    const way = wayToWords({ settings, dataFolder })
    const ffmpegPath = tools.ffmpeg.path
    const handlers = works
      ? await loadHandlers({ settings, dataFolder, ffmpegPath, faces, languageModel, wayToWords: way })
      : noHandlers
    return await openPipeline({ settings, dataFolder, logger, tools, database, handlers, wayToWords: way })
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A language model alone, for what needs no recording; null when none is set up. */
export async function openLanguageModel({ settings, dataFolder, logger, signal }: Surroundings): Promise<OpenModel> {
  const database = await openDatabase({ settings, dataFolder, logger, ...(signal ? { signal } : {}) })
  const db = database.kysely
  try {
    // Before anything is taken that had to be let go of.
    const model = findLanguageModel({ settings, db })
    const use = await takeIntoUse(database)
    const close = async () => {
      await use[Symbol.asyncDispose]()
      await database.close()
    }
    return { db, model, close }
  } catch (error) {
    await database.close()
    throw error
  }
}

interface OpenModel {
  db: Kysely<Tables>
  model: LanguageModel | null
  readonly close: () => Promise<void>
}

export {
  findSynthesiser as findWordTimeVoice,
  type ModelStates,
  modelStates as examineLanguageModels,
  type SpeechStates,
  speechStates as examineSpeech,
}

/** Put around what a step does; for tests that kill a process in the middle of one. */
export const around: Partial<Record<StepKind, (handler: StepHandler) => StepHandler>> = {}

async function loadHandlers(joining: Joining): Promise<Record<StepKind, StepHandler>> {
  const { joinHandlers } = await import('./compose/join-handlers.ts')
  const handlers = joinHandlers(joining)
  for (const kind of stepKinds) handlers[kind] = around[kind]?.(handlers[kind]) ?? handlers[kind]
  return handlers
}

const noHandler: StepHandler = () => Promise.reject(new Error('a step was begun in a process that works on none'))
const noHandlers = Object.fromEntries(stepKinds.map((kind) => [kind, noHandler])) as Record<StepKind, StepHandler>

/** Whether faces can be looked for: loads the model and shows it an empty picture. @throws FaceModelUnusable | FaceDetectorFailed */
export async function tryFaceDetector({
  settings,
  dataFolder,
}: Pick<Surroundings, 'settings' | 'dataFolder'>): Promise<Pick<FaceDetector, 'name' | 'version'>> {
  const detector = findFaceDetector({ model: settings.FACE_MODEL, dataFolder })
  const empty = { width: 64, height: 64, pixels: new Uint8Array(3 * 64 * 64) }
  await detector.findFaces(empty, { signal: AbortSignal.timeout(60_000) })
  return detector
}
