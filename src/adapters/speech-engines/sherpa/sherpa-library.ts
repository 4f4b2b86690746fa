import { createRequire } from 'node:module'

/** What is used of sherpa-onnx-node, which brings no types (its `types.js` documents them). */
export interface SherpaLibrary {
  version: string
  OfflineRecognizer: {
    createAsync(config: object): Promise<Recognizer>
  }
  OfflineSpeakerDiarization: new (config: object) => { process(samples: Float32Array): unknown }
  SpeakerEmbeddingExtractor: new (config: object) => EmbeddingExtractor
  OnlinePunctuation: new (config: object) => { addPunct(text: string): string }
}

export interface Recognizer {
  createStream(): { acceptWaveform(sound: Samples): void }
  setConfig(config: object): void
  decodeAsync(stream: object): Promise<unknown>
}

interface EmbeddingExtractor {
  createStream(): { acceptWaveform(sound: Samples): void; inputFinished(): void }
  isReady(stream: object): boolean
  compute(stream: object, enableExternalBuffer: boolean): Float32Array
}

interface Samples {
  samples: Float32Array
  sampleRate: number
}

const packageName = 'sherpa-onnx-node'

/** Loads the library into this process: only for a process that may die. */
export function loadSherpa(): SherpaLibrary {
  return createRequire(import.meta.url)(packageName) as SherpaLibrary
}

/** The version that is installed, without loading it; null when it is not, or not for this platform. */
export function installedSherpa(): string | null {
  const require = createRequire(import.meta.url)
  try {
    const { version } = require(`${packageName}/package.json`) as { version: string }
    const platform = process.platform === 'win32' ? 'win' : process.platform
    createRequire(require.resolve(`${packageName}/package.json`)).resolve(`sherpa-onnx-${platform}-${process.arch}`)
    return version
  } catch {
    return null
  }
}
