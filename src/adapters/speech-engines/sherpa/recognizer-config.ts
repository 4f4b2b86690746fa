import type { ModelFiles, RecognizerKind } from './sherpa-messages.ts'

interface RecognizerModel {
  kind: RecognizerKind
  files: ModelFiles
  threads: number
  /** Two letters; for models that take it. */
  language?: string | null
}

/** The files a kind of model needs, by their part in it. */
export const neededFiles: Record<RecognizerKind, readonly string[]> = {
  'nemo-transducer': ['encoder', 'decoder', 'joiner', 'tokens'],
  whisper: ['encoder', 'decoder', 'tokens'],
  moonshine: ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder', 'tokens'],
  'moonshine-v2': ['encoder', 'mergedDecoder', 'tokens'],
}

/** The library's configuration of a model that hears (`OfflineRecognizerConfig` in its types.js). */
export function recognizerConfig({ kind, files, threads, language }: RecognizerModel): object {
  const { tokens, ...parts } = files
  const common = { tokens, numThreads: threads, provider: 'cpu', debug: 0 }
  const modelConfig = {
    'nemo-transducer': { transducer: parts, modelType: 'nemo_transducer' },
    whisper: { whisper: { ...parts, language: language ?? '', task: 'transcribe', tailPaddings: -1 } },
    moonshine: { moonshine: parts },
    'moonshine-v2': { moonshine: parts },
  }[kind]
  return {
    featConfig: { sampleRate: 16_000, featureDim: 80 },
    modelConfig: { ...modelConfig, ...common },
    decodingMethod: 'greedy_search',
  }
}
