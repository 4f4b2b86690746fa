// Run after a change of the flow, the worker, a handler or start-up; about 15 minutes on two cores (--rounds 3).

import { join } from 'node:path'
import { type LastRun, lastRun, prepareData } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { framedByHand } from './support/framed-by-hand.ts'
import { largePicture, makeRecording, smallPicture } from './support/make-recording.ts'
import { type RecordedCommand, recordTools } from './support/record-tools.ts'
import { type ClipwrightRun, runClipwright } from './support/run-clipwright.ts'
import { median, mergeIntervals, unionLength } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

interface Span {
  start: number
  end: number
}

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('whole-pipeline', options.keep)
const seconds = options.tiny ? 240 : 3600
const picture = options.tiny ? smallPicture : largePicture

console.log(await describeMachine())
const recording = await makeRecording({ folder: folder.media, ...picture, seconds })
const transcript = await writeTranscript(join(folder.scratch, 'transcript.srt'), seconds)
const lengths = options.tiny ? ['--min', '10', '--max', '15', '--count', '2'] : ['--min', '28', '--max', '32']
const framing = await framedByHand(folder.scratch, seconds)
console.log(`the whole command on ${seconds} s of ${picture.size.height}p, ${lengths.join(' ')}`)

await waitForQuiet(options.wait)
const ratios: number[] = []
for (let round = 1; round <= options.rounds; round++) {
  const data = join(folder.scratch, `data-${round}`)
  await prepareData(data)
  const tools = await recordTools(join(folder.scratch, `tools-${round}`))
  const out = join(folder.scratch, `out-${round}`)
  const run = await runClipwright(
    ['clip', recording, '--transcript', transcript, ...lengths, ...framing, '--out', out, '--data', data],
    tools.env,
  )
  const commands = await tools.commands()
  const busy = unionLength(commands)
  ratios.push(run.seconds / busy)
  const numbers = `whole ${run.seconds.toFixed(2)} s, ffmpeg and ffprobe ${busy.toFixed(2)} s`
  console.log(`round ${round}: ${numbers}, ratio ${(run.seconds / busy).toFixed(3)}`)
  explainTheRest(run, commands, await lastRun(data))
}
console.log(`median ratio ${median(ratios).toFixed(3)} (target ≤ 1.10)`)

/** The time in which no tool ran, by the step that was under way. */
function explainTheRest(run: ClipwrightRun, commands: readonly RecordedCommand[], { steps }: LastRun): void {
  const spans = steps.map(({ kind, startedAt, finishedAt }) => ({
    name: kind as string,
    start: Number(startedAt) / 1000,
    end: Number(finishedAt) / 1000,
  }))
  const first = Math.min(...spans.map(({ start }) => start))
  const last = Math.max(...spans.map(({ end }) => end))
  const phases = [
    { name: 'before the first step', start: run.start, end: first },
    ...spans,
    { name: 'after the last step', start: last, end: run.end },
  ]
  const totals = new Map<string, number>()
  let accounted = 0
  const gaps = gapsBetween(commands, run)
  for (const gap of gaps) {
    let rest = [gap]
    // The later of two steps that overlap is the one that was waited for.
    for (const phase of [...phases].sort((a, b) => b.start - a.start)) {
      const share = rest.map((piece) => overlap(piece, phase)).reduce((sum, each) => sum + each, 0)
      rest = rest.flatMap((piece) => without(piece, phase))
      totals.set(phase.name, (totals.get(phase.name) ?? 0) + share)
      accounted += share
    }
  }
  const all = gaps.reduce((sum, { start, end }) => sum + end - start, 0)
  totals.set('between steps', all - accounted)
  const lines = [...totals].filter(([, each]) => each >= 0.005).sort((a, b) => b[1] - a[1])
  console.log(
    `  without a tool ${all.toFixed(2)} s: ${lines.map(([name, each]) => `${name} ${each.toFixed(2)}`).join(', ')}`,
  )
}

function gapsBetween(commands: readonly RecordedCommand[], run: Span): Span[] {
  const busy = mergeIntervals(commands)
  const starts = [run.start, ...busy.map(({ end }) => end)]
  const ends = [...busy.map(({ start }) => start), run.end]
  return starts.map((start, i) => ({ start, end: ends[i] ?? start })).filter(({ start, end }) => end > start)
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

function without(piece: Span, taken: Span): Span[] {
  return [
    { start: piece.start, end: Math.min(piece.end, taken.start) },
    { start: Math.max(piece.start, taken.end), end: piece.end },
  ].filter(({ start, end }) => end > start)
}
