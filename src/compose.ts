import type { Kysely } from 'kysely'
import { findDownloader } from './adapters/downloaders/find-downloader.ts'
import { findFaceDetector } from './adapters/face-detectors/find-face-detector.ts'
import { findLanguageModel } from './adapters/language-models/find-language-model.ts'
import { type ModelStates, modelStates } from './adapters/language-models/model-states.ts'
import { findSpeech } from './adapters/speech-engines/find-speech.ts'
import { type SpeechStates, speechStates } from './adapters/speech-engines/services/service-states.ts'
import { findLocalSpeech } from './adapters/speech-engines/sherpa/find-local-speech.ts'
import { findSynthesiser } from './adapters/speech-synthesisers/find-synthesiser.ts'
import { downloadedCaptions } from './adapters/transcribers/downloaded-captions.ts'
import { embeddedSubtitles } from './adapters/transcribers/embedded-subtitles.ts'
import { givenFile } from './adapters/transcribers/given-file.ts'
import { sidecar } from './adapters/transcribers/sidecar.ts'
import { wayToWords } from './adapters/transcribers/way-to-words.ts'
import { withoutWords } from './adapters/transcribers/without-words.ts'
import type { Settings } from './config/settings.ts'
import { openDatabase } from './database/pool.ts'
import type { Tables } from './database/tables.ts'
import { takeIntoUse } from './database/take-into-use.ts'
import { type StepKind, stepKinds } from './domain/run.ts'
import { findMediaTools } from './media/find-media-tools.ts'
import type { Logger } from './observability/logger.ts'
import { handleAnalyze } from './pipeline/analyze/analyze.handler.ts'
import { findExactSceneCuts } from './pipeline/analyze/find-scenes.ts'
import { measureLoudness } from './pipeline/analyze/measure-loudness.ts'
import { handleConclude } from './pipeline/conclude/conclude.handler.ts'
import { handleCut } from './pipeline/cut/cut.handler.ts'
import { editOfMoment } from './pipeline/cut/edit/edit-of-moment.ts'
import { handleDetect } from './pipeline/detect/detect.handler.ts'
import { rankerChooser } from './pipeline/detect/versions/choose-ranker.ts'
import { rankerOf, standardDetector } from './pipeline/detect/versions/detectors.ts'
import type { StepContext, StepHandler } from './pipeline/engine/step-context.ts'
import type { Downloader } from './pipeline/ingest/downloader.ts'
import { handleIngest } from './pipeline/ingest/ingest.handler.ts'
import type { LanguageModel } from './pipeline/language-model.ts'
import { openPipeline, type Pipeline } from './pipeline/open-pipeline.ts'
import type { FaceDetector } from './pipeline/reframe/face-detector.ts'
import { handleReframe } from './pipeline/reframe/reframe.handler.ts'
import { guessLanguage } from './pipeline/transcribe/align/guess-language.ts'
import { handleTranscribe } from './pipeline/transcribe/transcribe.handler.ts'
import type { WayToWords } from './pipeline/transcribe/transcriber.ts'

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
    const faces = findFaceDetector({ model: settings.FACE_MODEL, dataFolder })
    const languageModel = findLanguageModel({ settings, db: database.kysely })
    const downloader = findDownloader({ settings, dataFolder, ffmpegPath: tools.ffmpeg.path })
    const way = wayToWords({ settings, dataFolder })
    const handlers = joinHandlers({ dataFolder, downloader, faces, languageModel, settings, wayToWords: way })
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

const { detector } = rankerOf({ detector: standardDetector })

/** Put around what a step does; for tests that kill a process in the middle of one. */
export const around: Partial<Record<StepKind, (handler: StepHandler) => StepHandler>> = {}

interface Joining {
  dataFolder: string
  downloader: Downloader
  faces: FaceDetector
  languageModel: LanguageModel | null
  settings: Settings
  wayToWords: WayToWords
}

/** What each step does, joined to what it asks for. */
function joinHandlers({
  dataFolder,
  downloader,
  faces,
  languageModel,
  settings,
  wayToWords,
}: Joining): Record<StepKind, StepHandler> {
  const local = findLocalSpeech({ settings, dataFolder })
  const handlers: Record<StepKind, StepHandler> = {
    ingest: (context) => handleIngest(context, { downloader }),
    transcribe: (context) =>
      handleTranscribe(context, {
        transcribers: (media) =>
          context.settings.withoutWords
            ? [withoutWords({ asked: true })]
            : [
                givenFile,
                sidecar,
                downloadedCaptions,
                embeddedSubtitles({ media }),
                findSpeech({ ...speechOf(context), settings, media, findSilences, local }),
                withoutWords({ asked: false }),
              ],
        findSilences,
        findSynthesiser: () => findSynthesiser(settings.ESPEAK_PATH),
        wayToWords,
      }),
    analyze: handleAnalyze,
    detect: detectWith(languageModel, settings.DETECTOR),
    reframe: reframeWith(faces),
    cut: cutWith(faces),
    conclude: (context) => handleConclude(context, { detector }),
  }
  for (const kind of stepKinds) handlers[kind] = around[kind]?.(handlers[kind]) ?? handlers[kind]
  return handlers
}

const findSilences = async (request: Parameters<typeof measureLoudness>[0]) => (await measureLoudness(request)).silences

/** Whose budget it is when somebody listens, and what the person allowed. */
function speechOf({ db, run, settings }: StepContext) {
  return { db, mode: settings.transcribe, recordingId: run.recordingId, runId: run.id }
}

function detectWith(languageModel: LanguageModel | null, override?: string): StepHandler {
  const chooseRanker = rankerChooser({ override })
  return (context) => handleDetect(context, { chooseRanker, languageModel })
}

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

/** The gate looks at gray pictures, which it has anyway; a detector wants three colours. */
function cutWith(detector: FaceDetector): StepHandler {
  return (context) =>
    handleCut(context, {
      guessLanguage,
      findFaces: (signal) => async (gray) => {
        const pixels = new Uint8Array(3 * gray.pixels.length)
        for (const [i, value] of gray.pixels.entries()) pixels.fill(value, 3 * i, 3 * i + 3)
        const faces = await detector.findFaces({ width: gray.width, height: gray.height, pixels }, { signal })
        return faces.map(({ box }) => box)
      },
    })
}

const editOf: Parameters<typeof handleReframe>[1]['editOf'] = (context, about) =>
  editOfMoment(context, { ...about, guessLanguage })

function reframeWith(detector: FaceDetector): StepHandler {
  return (context) => handleReframe(context, { editOf, detector, findCuts: findExactSceneCuts })
}
