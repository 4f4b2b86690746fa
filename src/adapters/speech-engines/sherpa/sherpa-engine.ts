import { existsSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import { z } from 'zod'
import type { HeardWindow, SoundWindow, SpeechEngine } from '../../../pipeline/transcribe/speech-engine.ts'
import { WindowLost } from '../../../pipeline/transcribe/speech-errors.ts'
import { withoutInventions } from '../services/without-inventions.ts'
import { SpeechEngineMissing, SpeechModelUnusable } from './sherpa-errors.ts'
import { installedSherpa } from './sherpa-library.ts'
import type { ModelFiles, RecognizerKind } from './sherpa-messages.ts'
import { SherpaProcess, SherpaProcessBroken } from './sherpa-process-client.ts'
import { heardFrom } from './words-of-tokens.ts'

export interface SherpaModel {
  /** As `clipwright models list` names it. */
  name: string
  kind: RecognizerKind
  files: ModelFiles
  /** Of all its files. */
  bytes: number
  /** Names its content. */
  fingerprint: string
  /** BCP 47 tag of a model that knows one language only. */
  language: string | null
  /** Seconds of sound it hears best at once. */
  longest: number
}

interface SherpaEngineOptions {
  model: SherpaModel
  /** Processor cores to use; all unless told. */
  cores?: number
  /** Bytes; what is free now unless told. */
  freeMemory?: number
  /** The program to start; another one in tests. */
  program?: URL
}

const result = z.object({
  text: z.string().default(''),
  lang: z.string().default(''),
  tokens: z.array(z.string()).default([]),
  timestamps: z.array(z.number()).default([]),
  durations: z.array(z.number()).default([]),
})

/** More threads than this make one window no faster; more windows at once use the other cores. */
const threadsAWindow = 4
/** What a loaded model takes of its size on the disk, and a process beside it. */
const memoryShare = 1.5
const memoryBeside = 500e6
/** Of the memory that is free, for models together. */
const usableMemory = 0.6
/** Seconds for an answer: a slow machine hears at a tenth of the speed of speech. */
const patience = (seconds: number) => 60 + 20 * seconds

/**
 * A model of this machine: Parakeet, Whisper or Moonshine in sherpa-onnx, each in a process that may die without taking us along.
 * As many windows at once as cores and memory allow. Nothing leaves the machine.
 * @throws SpeechEngineMissing | SpeechModelUnusable for what can be told without loading it
 */
export function sherpaEngine({ model, cores, freeMemory, program }: SherpaEngineOptions): SpeechEngine {
  const version = installedSherpa()
  if (version === null) throw new SpeechEngineMissing(`${process.platform} ${process.arch}`)
  refuseMissing(model)
  const need = model.bytes * memoryShare + memoryBeside
  const places = placesFor({ cores: cores ?? availableParallelism(), free: freeMemory ?? freemem(), need })
  const unusable: ConstructorParameters<typeof SherpaProcess>[0]['unusable'] = (reason, evidence) =>
    new SpeechModelUnusable({ model: model.name, reason, ...(evidence && { evidence }) })
  const task = { task: 'hear', kind: model.kind, files: model.files, threads: places.threads } as const
  const idle = Array.from(
    { length: places.atOnce },
    () => new SherpaProcess({ task, unusable, mostMemory: need * 1.5, ...(program && { program }) }),
  )
  const all = [...idle]
  return {
    name: 'sherpa-onnx',
    model: model.name,
    fingerprint: `sherpa-onnx|${version}|${model.kind}|${model.name}|${model.fingerprint}`,
    form: { format: 'wav', longest: model.longest },
    atOnce: places.atOnce,
    async listen(window, { signal, language }) {
      signal.throwIfAborted()
      // More at once than there are places wait for the first of them.
      const process = idle.pop() ?? all[0]
      if (!process) throw new RangeError('There is no place to hear in.')
      try {
        return await hear({ process, window, signal, language, model })
      } finally {
        if (!idle.includes(process)) idle.push(process)
      }
    },
    async close() {
      for (const process of all) process.end()
    },
  }
}

interface Hearing {
  process: SherpaProcess
  window: SoundWindow
  signal: AbortSignal
  language: string | null
  model: SherpaModel
}

async function hear({ process, window, signal, language, model }: Hearing): Promise<HeardWindow> {
  try {
    const options = { signal, seconds: patience(window.duration) }
    const value = await process.ask({ ask: 'hear', path: window.path, language }, options)
    const heard = heardFrom(result.parse(value), window.duration)
    const { cues, warnings } = believed(heard.cues, { kind: model.kind, window })
    const spoken = cues.length > 0 ? (model.language ?? heard.language) : null
    return { language: spoken, cues, usd: 0, ...(warnings.length > 0 && { warnings }) }
  } catch (error) {
    if (error instanceof SherpaProcessBroken)
      throw new WindowLost('sherpa-onnx', error.message, {
        cause: error,
        ...(error.evidence && { evidence: error.evidence }),
      })
    if (error instanceof z.ZodError) throw new WindowLost('sherpa-onnx', 'its answer makes no sense', { cause: error })
    throw error
  }
}

/** Models that learned from subtitles write some where nobody speaks; transducers don't. */
function believed(cues: HeardWindow['cues'], { kind, window }: { kind: RecognizerKind; window: SoundWindow }) {
  if (kind === 'nemo-transducer') return { cues, warnings: [] }
  return withoutInventions({ cues, segments: [], duration: window.duration, start: window.start, silences: [] })
}

function refuseMissing({ name, files }: SherpaModel): void {
  for (const path of Object.values(files)) {
    if (!existsSync(path)) throw new SpeechModelUnusable({ model: name, reason: `${path} is missing` })
  }
}

/** How many windows at once, and with how many threads each. */
export function placesFor({ cores, free, need }: { cores: number; free: number; need: number }): {
  atOnce: number
  threads: number
} {
  const byCores = Math.max(1, Math.floor(cores / threadsAWindow))
  const byMemory = Math.max(1, Math.floor((free * usableMemory) / need))
  const atOnce = Math.min(byCores, byMemory)
  return { atOnce, threads: Math.max(1, Math.min(threadsAWindow, Math.floor(cores / atOnce))) }
}
