// Run after a change of sentences, candidates or borders; half a minute. CLIPWRIGHT_EVAL_DATA names the folder with labelled recordings
// (dev/*.jsonl) and long transcripts (transcripts/). Prints where clips open and close, and how many labels the candidates contain.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RankedMode } from '../src/domain/moment.ts'
import type { TimeRange } from '../src/domain/time-range.ts'
import type { Segment } from '../src/domain/transcript.ts'
import { readLabelledSet, segmentsOf } from '../src/evaluation/labelled-recording.ts'
import { candidateRecall } from '../src/pipeline/detect/candidate-recall.ts'
import { generateCandidates } from '../src/pipeline/detect/candidates.ts'
import { detectMoments } from '../src/pipeline/detect/detect-moments.ts'
import { inspectBorders } from '../src/pipeline/detect/inspect-borders.ts'
import { splitIntoSentences } from '../src/pipeline/detect/split-into-sentences.ts'
import { spokenWords } from '../src/pipeline/detect/spoken-words.ts'
import { trainedRanker } from '../src/pipeline/detect/trained-ranker.ts'
import { parseTranscript } from '../src/pipeline/transcribe/formats/parse-transcript.ts'
import { toTranscript } from '../src/pipeline/transcribe/obtain-transcript.ts'

interface Recording {
  id: string
  duration: number
  segments: Segment[]
  labels: TimeRange[]
}

const limits = { minSeconds: 12, maxSeconds: 60 }
const count = 10
const sets: { name: string; mode: RankedMode }[] = [
  { name: 'changelog-reactions', mode: 'viral' },
  { name: 'talks-reactions', mode: 'viral' },
  { name: 'changelog-editor-picks', mode: 'highlights' },
  { name: 'qmsum', mode: 'summary' },
]

const data = process.env['CLIPWRIGHT_EVAL_DATA']
if (!data) throw new Error('CLIPWRIGHT_EVAL_DATA is not set')
const shown = process.argv.includes('--show')
const read = await Promise.all(sets.map(async (set) => ({ ...set, recordings: await readSet(set.name) })))
const all = [...read, { name: 'transcripts', mode: 'highlights' as const, recordings: await readTranscripts() }]

console.log('| set | clips | opens inside | closes inside | dead air > 0.3 s | answer alone | leans |')
console.log('|---|---|---|---|---|---|---|')
for (const { name, mode, recordings } of all) {
  const sums = { clips: 0, opensInside: 0, closesInside: 0, deadAir: 0, answersAlone: 0, leans: 0 }
  for (const { duration, segments } of recordings) {
    const settings = { mode, count, ...limits }
    const { moments } = detectMoments({ segments, duration, analysis: null, settings, ranker: trainedRanker })
    const report = inspectBorders(moments, { segments, duration })
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += report[key]
    if (!shown) continue
    for (const [i, fault] of report.faults.entries()) {
      const { opensInside, closesInside, answersAlone, leans } = fault
      const text = moments[i]?.text ?? ''
      const faults = Object.entries({ opensInside, closesInside, answersAlone, leans }).filter(([, is]) => is)
      if (faults.length > 0)
        console.log(`  ${faults.map(([what]) => what).join(' ')}: ${text.slice(0, 90)} … ${text.slice(-70)}`)
    }
  }
  const cells = [sums.opensInside, sums.closesInside, sums.deadAir, sums.answersAlone, sums.leans]
  const shares = cells.map((cell) => `${((100 * cell) / Math.max(1, sums.clips)).toFixed(1)} %`)
  console.log(`| ${name} | ${sums.clips} | ${shares.join(' | ')} |`)
}

console.log('\n| set | labels | candidates an hour | IoU ≥ .5 | half of the shorter one |\n|---|---|---|---|---|')
for (const { name, recordings } of read) {
  let [labels, union, shorter, candidates, hours, most] = [0, 0, 0, 0, 0, 0]
  for (const recording of recordings) {
    const found = candidatesOf(recording)
    const recall = candidateRecall(found, recording.labels)
    labels += recall.labels
    union += recall.atHalfUnion
    shorter += recall.atHalfShorter
    candidates += found.length
    hours += recording.duration / 3600
    most = Math.max(most, found.length / (recording.duration / 3600))
  }
  const each = `${(candidates / hours).toFixed(0)} (at most ${most.toFixed(0)})`
  console.log(`| ${name} | ${labels} | ${each} | ${(union / labels).toFixed(3)} | ${(shorter / labels).toFixed(3)} |`)
}

function candidatesOf({ segments, duration }: Recording): TimeRange[] {
  const { sentences } = splitIntoSentences({
    words: spokenWords({ segments, duration }),
    segments,
    maxSeconds: limits.maxSeconds,
    pieceSeconds: limits.maxSeconds - limits.minSeconds - 0.5,
  })
  return generateCandidates({ sentences, duration, ...limits })
}

async function readSet(name: string): Promise<Recording[]> {
  const recordings = await readLabelledSet(join(data ?? '', 'dev', `${name}.jsonl`))
  return recordings.map((recording) => ({ ...recording, segments: segmentsOf(recording) }))
}

async function readTranscripts(): Promise<Recording[]> {
  const folder = join(data ?? '', 'transcripts')
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const cues = parseTranscript(await readFile(join(folder, name)), { name, language: 'en' })
      const duration = (cues.cues.at(-1)?.end ?? 0) + 1
      const origin = { kind: 'given' as const, name, format: cues.format }
      return { id: name, duration, segments: toTranscript({ ...cues, origin }, { duration }).segments, labels: [] }
    }),
  )
}
