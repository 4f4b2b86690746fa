import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { listening } from '../../src/adapters/transcribers/listening.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import { createMedia } from '../../src/media/create-media.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { measureLoudness } from '../../src/pipeline/analyze/measure-loudness.ts'
import type { HeardWindow, SpeechEngine } from '../../src/pipeline/transcribe/speech-engine.ts'
import { prepareData, withDatabase } from './bench-database.ts'

export interface HearingOrder {
  path: string
  data: string
  /** Seconds of work on every core for a second of sound. */
  cost: number
  atOnce: number
  threads: number
}

export interface HearingResult {
  windows: number
  words: number
  wallSeconds: number
  /** The same engine on the same windows, and nothing else. */
  bareSeconds: number
  /** Bytes. */
  peakMemory: number
}

/** The process that hears one recording with an engine of a known cost, beside nothing else. */
const order = JSON.parse(process.argv[2] ?? '') as HearingOrder
await prepareData(order.data)
const result = await withDatabase(order.data, async ({ kysely }) => {
  const media = createMedia({ tools: await findMediaTools(loadSettings()) })
  const burners = Array.from({ length: order.cost > 0 ? order.threads : 0 }, startBurner)
  const perSecond = order.cost > 0 ? await calibrate(burners) : 0
  const asked: number[] = []
  const work = async (seconds: number) => {
    await Promise.all(burners.map((burner) => burner.burn(Math.round(perSecond * seconds * order.cost))))
  }
  const engine: SpeechEngine = {
    name: 'fixed-cost',
    model: String(order.cost),
    fingerprint: `fixed-cost|${order.cost}`,
    form: { format: 'wav', longest: 28 },
    atOnce: order.atOnce,
    async listen({ duration }) {
      asked.push(duration)
      await work(duration)
      return speech(duration)
    },
  }
  const recording = { path: order.path, hash: order.path, info: await media.probe(order.path), givenTranscript: null }
  const transcriber = listening({
    name: 'fixed-cost',
    kind: 'local',
    engine: async () => engine,
    media,
    db: kysely,
    findSilences: async (request) => (await measureLoudness(request)).silences,
    wayOut: () => null,
  })
  const { signal } = new AbortController()
  const source = await transcriber.find(recording, { signal })
  const begun = performance.now()
  const document = await source?.read({ signal })
  const wallSeconds = (performance.now() - begun) / 1000
  const bareBegun = performance.now()
  for (const duration of [...asked]) await work(duration)
  const bareSeconds = (performance.now() - bareBegun) / 1000
  for (const burner of burners) await burner.end()
  const words = document?.cues.reduce((sum, cue) => sum + (cue.words?.length ?? 0), 0) ?? 0
  return { windows: asked.length, words, wallSeconds, bareSeconds, peakMemory: process.resourceUsage().maxRSS * 1024 }
})
process.send?.(result satisfies HearingResult)
process.disconnect?.()

/** 2.5 words a second, as people speak. */
function speech(duration: number): HeardWindow {
  const words = Array.from({ length: Math.floor(duration * 2.5) }, (_, index) => ({
    text: `word${index % 97}`,
    start: index * 0.4,
    end: index * 0.4 + 0.3,
    confidence: null,
    timing: 'exact' as const,
  }))
  const text = words.map((word) => word.text).join(' ')
  return { language: 'en', usd: 0, cues: [{ start: 0, end: duration, text, speaker: null, words }] }
}

function startBurner() {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads')
     parentPort.on('message', (rounds) => {
       let x = 1
       for (let i = 0; i < rounds; i++) x = (x * 1103515245 + 12345) % 2147483648
       parentPort.postMessage(x)
     })`,
    { eval: true },
  )
  return {
    burn: (rounds: number) =>
      new Promise<void>((resolve) => {
        worker.once('message', () => resolve())
        worker.postMessage(rounds)
      }),
    end: () => worker.terminate(),
  }
}

/** Rounds that every core does in a second, all at once. */
async function calibrate(burners: readonly ReturnType<typeof startBurner>[]): Promise<number> {
  const rounds = 30_000_000
  await Promise.all(burners.map((burner) => burner.burn(rounds)))
  const begun = performance.now()
  await Promise.all(burners.map((burner) => burner.burn(rounds)))
  return (rounds * 1000) / (performance.now() - begun)
}
