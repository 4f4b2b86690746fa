// Run by detect-speed.ts, once for each transcript, in a process of its own so that memory is counted from nothing.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Analysis } from '../../src/domain/observation.ts'
import type { Segment } from '../../src/domain/transcript.ts'
import { detectMoments } from '../../src/pipeline/detect/detect-moments.ts'
import { trainedRanker } from '../../src/pipeline/detect/trained-ranker.ts'
import { parseTranscript } from '../../src/pipeline/transcribe/formats/parse-transcript.ts'
import { toTranscript } from '../../src/pipeline/transcribe/obtain-transcript.ts'
import { median } from './statistics.ts'
import { twoWordSegments } from './two-word-segments.ts'

export interface MeasuredDetection {
  /** Of the transcript. */
  hours: number
  words: number
  candidates: number
  moments: number
  /** Median of the warm detections. */
  seconds: number
  /** Greatest memory in RAM up to the end of the first detection, less what there was before the transcript was read. Bytes. */
  memory: number
}

globalThis.gc?.()
const before = process.memoryUsage.rss()
const [path = '', rounds = '5'] = process.argv.slice(2)
const { segments, duration } = /\.(?:srt|vtt)$/.test(path)
  ? await readSubtitles(path)
  : { segments: twoWordSegments(200_000), duration: 40_000 }
const input = {
  segments,
  duration,
  analysis: plausibleAnalysis(duration),
  settings: { mode: 'highlights' as const, count: 8, minSeconds: 15, maxSeconds: 60 },
  ranker: trainedRanker,
}

const detection = detectMoments(input)
const memory = process.resourceUsage().maxRSS * 1024 - before
const seconds: number[] = []
for (let round = 0; round < Number(rounds); round++) {
  const startedAt = performance.now()
  detectMoments(input)
  seconds.push((performance.now() - startedAt) / 1000)
}
const measured: MeasuredDetection = {
  hours: duration / 3600,
  words: segments.reduce((sum, { words, text }) => sum + (words.length || text.split(' ').length), 0),
  candidates: detection.candidateCount,
  moments: detection.moments.length,
  seconds: median(seconds),
  memory,
}
console.log(JSON.stringify(measured))

async function readSubtitles(file: string): Promise<{ segments: Segment[]; duration: number }> {
  const cues = parseTranscript(await readFile(file), { name: basename(file), language: 'en' })
  const length = (cues.cues.at(-1)?.end ?? 0) + 1
  const origin = { kind: 'given' as const, name: file, format: cues.format }
  return { segments: toTranscript({ ...cues, origin }, { duration: length }).segments, duration: length }
}

/** A scene every twenty seconds, a voice that rises and falls. */
function plausibleAnalysis(length: number): Analysis {
  const step = 1
  const values = Array.from(
    { length: Math.floor(length / step) },
    (_, i) => -22 + 5 * Math.sin(i / 7) + 2 * Math.sin(i),
  )
  const scenes = Array.from({ length: Math.ceil(length / 20) }, (_, i) => ({
    start: 20 * i,
    end: Math.min(length, 20 * (i + 1)),
  }))
  return { scenes, loudness: { step, values, integrated: -20 }, silences: [], warnings: [] }
}
