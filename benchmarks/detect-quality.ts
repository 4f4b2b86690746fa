// Run after a change of detect: how good the moments are, on recordings with people's labels. Half a minute. CLIPWRIGHT_EVAL_DATA names the
// folder that holds them (dev/*.jsonl and score.mjs); without it only the demo recording is measured. --out FOLDER keeps the predictions.

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import type { RankedMode } from '../src/domain/moment.ts'
import { lengthOf, overlapOf } from '../src/domain/time-range.ts'
import { trainedRanker } from '../src/pipeline/detect/trained-ranker.ts'
import { benchFolder } from './support/bench-folder.ts'
import { demoMoments } from './support/demo-moments.ts'
import { detectLabelled, readLabelled } from './support/detect-labelled.ts'

interface LabelledSet {
  name: string
  mode: RankedMode
  /** Labels whose kind contains this are left out by the scorer. */
  without?: string
}

interface Score {
  mean: number
  /** Of the 95 % interval. */
  lo: number
  hi: number
}

const sets: LabelledSet[] = [
  { name: 'changelog-reactions', mode: 'viral' },
  { name: 'talks-reactions', mode: 'viral' },
  { name: 'changelog-editor-picks', mode: 'highlights' },
  { name: 'changelog-editor-picks', mode: 'highlights', without: 'unpopular' },
  { name: 'qmsum', mode: 'summary' },
]
const shown = ['lift@5', 'P@5', 'R1@.5', 'R1@.7', 'mAP']
// The scorer uses twenty.
const count = 20
const limits = { minSeconds: 12, maxSeconds: 60 }

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const data = process.env['CLIPWRIGHT_EVAL_DATA']
const { rung, name, version } = trainedRanker.detector
console.log(`${rung} ${name} ${version}`)
await measureDemo()
if (data) await measureSets(data)
else console.log('no labelled recordings: CLIPWRIGHT_EVAL_DATA is not set')

/** Picks against the moments that the demo recording was written around. */
async function measureDemo(): Promise<void> {
  const { intended, moments } = await demoMoments({ mode: 'highlights', count: 8, minSeconds: 15, maxSeconds: 60 })
  console.log('\n| # | pick | seconds | of it intended | title |\n|---|---|---|---|---|')
  for (const moment of moments) {
    const told = intended.reduce((sum, span) => sum + overlapOf(moment, span), 0) / lengthOf(moment)
    const span = `${moment.start.toFixed(1)}–${moment.end.toFixed(1)}`
    console.log(`| ${moment.rank} | ${span} | ${lengthOf(moment).toFixed(0)} | ${inPercent(told)} | ${moment.title} |`)
  }
  const covered = intended.map((span) => Math.max(0, ...moments.map((m) => overlapOf(m, span) / lengthOf(span))))
  console.log(
    `\nintended moments covered to 60 %: ${covered.filter((share) => share >= 0.6).length} of ${intended.length}`,
  )
}

async function measureSets(folder: string): Promise<void> {
  await using bench = await benchFolder('detect-quality', null)
  const out = values.out ?? bench.scratch
  await mkdir(out, { recursive: true })
  console.log(`\n| set | mode | method | ${shown.join(' | ')} |\n|---|---|---|${'---|'.repeat(shown.length)}`)
  for (const set of sets) {
    const labelled = join(folder, 'dev', `${set.name}.jsonl`)
    const predictions = join(out, `${set.name}.jsonl`)
    const lines = (await readLabelled(labelled)).map((recording) => {
      const moments = detectLabelled(recording, { mode: set.mode, count, ...limits })
      return JSON.stringify({
        id: recording.id,
        clips: moments.map(({ start, end, score }) => ({ start, end, score })),
      })
    })
    await writeFile(predictions, `${lines.join('\n')}\n`)
    const args = ['--set', labelled, '--pred', predictions, '--vs', 'baseline:exchange', '--json']
    if (set.without !== undefined) args.push('--not-kind', set.without)
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'score.mjs'), ...args])
    printScores(set, stdout)
  }
}

/** The scorer prints a line of JSON for the predictions, one for what they are compared with, and one for the paired difference. */
function printScores({ name: setName, mode, without }: LabelledSet, stdout: string): void {
  const methods = ['ranker', '`exchange`', 'difference, paired']
  const label = without === undefined ? setName : `${setName} without “${without}”`
  for (const [i, line] of stdout.trim().split('\n').entries()) {
    const { scores } = JSON.parse(line) as { scores: Record<string, Score> }
    const cells = shown.map((measure) => inWords(scores[measure]))
    console.log(`| ${label} | ${mode} | ${methods[i]} | ${cells.join(' | ')} |`)
  }
}

function inWords(score: Score | undefined): string {
  if (score === undefined) return '–'
  const digits = Math.max(Math.abs(score.lo), Math.abs(score.hi)) >= 1 ? 1 : 3
  const [mean, lo, hi] = [score.mean, score.lo, score.hi].map((value) =>
    value.toFixed(digits).replace(/^(-?)0\./, '$1.'),
  )
  return `${mean} [${lo}, ${hi}]`
}

function inPercent(share: number): string {
  return `${Math.round(share * 100)} %`
}
