import { findDownloader } from '../adapters/downloaders/find-downloader.ts'
import { findSpeech } from '../adapters/speech-engines/find-speech.ts'
import { findLocalSpeech } from '../adapters/speech-engines/sherpa/find-local-speech.ts'
import { findSynthesiser } from '../adapters/speech-synthesisers/find-synthesiser.ts'
import { downloadedCaptions } from '../adapters/transcribers/downloaded-captions.ts'
import { embeddedSubtitles } from '../adapters/transcribers/embedded-subtitles.ts'
import { givenFile } from '../adapters/transcribers/given-file.ts'
import { sidecar } from '../adapters/transcribers/sidecar.ts'
import { withoutWords } from '../adapters/transcribers/without-words.ts'
import type { Settings } from '../config/settings.ts'
import { type StepKind } from '../domain/run.ts'
import { handleAnalyze } from '../pipeline/analyze/analyze.handler.ts'
import { findExactSceneCuts } from '../pipeline/analyze/find-scenes.ts'
import { measureLoudness } from '../pipeline/analyze/measure-loudness.ts'
import { handleConclude } from '../pipeline/conclude/conclude.handler.ts'
import { handleCut } from '../pipeline/cut/cut.handler.ts'
import { editOfMoment } from '../pipeline/cut/edit/edit-of-moment.ts'
import { handleDetect } from '../pipeline/detect/detect.handler.ts'
import { rankerChooser } from '../pipeline/detect/versions/choose-ranker.ts'
import { rankerOf, standardDetector } from '../pipeline/detect/versions/detectors.ts'
import type { StepContext, StepHandler } from '../pipeline/engine/step-context.ts'
import { handleIngest } from '../pipeline/ingest/ingest.handler.ts'
import type { LanguageModel } from '../pipeline/language-model.ts'
import type { FaceDetector } from '../pipeline/reframe/face-detector.ts'
import { handleReframe } from '../pipeline/reframe/reframe.handler.ts'
import { guessLanguage } from '../pipeline/transcribe/align/guess-language.ts'
import { handleTranscribe } from '../pipeline/transcribe/transcribe.handler.ts'
import type { WayToWords } from '../pipeline/transcribe/transcriber.ts'

const { detector } = rankerOf({ detector: standardDetector })

/** What is found before: what is set up wrongly is told at the start. */
export interface Joining {
  dataFolder: string
  /** For yt-dlp, which joins picture and sound with it. */
  ffmpegPath: string
  faces: FaceDetector
  languageModel: LanguageModel | null
  settings: Settings
  wayToWords: WayToWords
}

/** What each step does, joined to what it asks for. */
export function joinHandlers({
  dataFolder,
  ffmpegPath,
  faces,
  languageModel,
  settings,
  wayToWords,
}: Joining): Record<StepKind, StepHandler> {
  const local = findLocalSpeech({ settings, dataFolder })
  const downloader = findDownloader({ settings, dataFolder, ffmpegPath })
  return {
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
