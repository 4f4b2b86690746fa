// Run after a change of reframe, cut, the worker or the way tools are run; about 20 minutes on two cores (--rounds 3).

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cutOutput } from '../src/pipeline/cut/cut.job.ts'
import { renderingFiles } from '../src/pipeline/rendering-files.ts'
import { forgetClips, type LastRun, lastRun } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { clipCommands } from './support/clip-commands.ts'
import { describeMachine } from './support/describe-machine.ts'
import { explainGaps } from './support/explain-gaps.ts'
import { framedByHand } from './support/framed-by-hand.ts'
import { largePicture, makeRecording, smallPicture } from './support/make-recording.ts'
import { recordTools } from './support/record-tools.ts'
import { replayByHand } from './support/replay-by-hand.ts'
import { runClipwright } from './support/run-clipwright.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('cut-speed', options.keep)
const seconds = options.tiny ? 240 : 3600
const count = options.tiny ? 2 : 8
const [data, out] = [join(folder.scratch, 'data'), join(folder.scratch, 'out')]

console.log(await describeMachine())
const recording = await makeRecording({
  folder: folder.media,
  ...(options.tiny ? smallPicture : largePicture),
  seconds,
})
const transcript = await writeTranscript(join(folder.scratch, 'transcript.srt'), seconds)
const lengths = options.tiny ? ['--min', '10', '--max', '15'] : ['--min', '28', '--max', '32']
const command = [
  'clip',
  recording,
  ...(await framedByHand(folder.scratch, seconds)),
  '--transcript',
  transcript,
  '--count',
  `${count}`,
  ...lengths,
  '--out',
  out,
  '--data',
  data,
]

console.log(`${count} clips of ${lengths[1]} to ${lengths[3]} s from ${seconds} s of video`)
const tools = await recordTools(join(folder.scratch, 'tools'))
await runClipwright(command, tools.env)
const recorded = await lastRun(data)
const clips = clipCommands(await tools.commands(), recorded)
console.log(`${clips.flatMap(({ reframe, cut }) => [...reframe, ...cut]).length} commands recorded`)

for (const line of explainGaps(clips)) console.log(line)

await waitForQuiet(options.wait)
const rounds: { ours: number; byHand: number }[] = []
for (let round = 1; round <= options.rounds; round++) {
  // One order may be luckier than the other: they take turns.
  const oursFirst = round % 2 === 1
  const first = oursFirst ? await runOurs() : await runByHand()
  const second = oursFirst ? await runByHand() : await runOurs()
  const [ours, byHand] = oursFirst ? [first, second] : [second, first]
  rounds.push({ ours, byHand })
  console.log(
    `round ${round}: ours ${ours.toFixed(2)} s, by hand ${byHand.toFixed(2)} s, ratio ${(ours / byHand).toFixed(3)}`,
  )
}
const ours = median(rounds.map((round) => round.ours))
const byHand = median(rounds.map((round) => round.byHand))
const ratio = median(rounds.map((round) => round.ours / round.byHand))
console.log(
  `medians: ours ${ours.toFixed(2)} s, by hand ${byHand.toFixed(2)} s, ratio ${ratio.toFixed(3)} (target ≤ 1.05)`,
)

async function runOurs(): Promise<number> {
  await forgetClips(data)
  await runClipwright(command)
  const { steps } = await lastRun(data)
  const work = steps.filter(({ kind }) => kind === 'reframe' || kind === 'cut')
  if (work.some(({ reused }) => reused)) throw new Error('A clip was not made again.')
  return (Math.max(...work.map(endOf)) - Math.min(...work.map(startOf))) / 1000
}

async function runByHand(): Promise<number> {
  const place = join(folder.scratch, 'by-hand')
  const cutsAtOnce = mostAtOnce(recorded, 'cut')
  const reframesAtOnce = mostAtOnce(recorded, 'reframe')
  const took = await replayByHand(clips, { folder: place, reframesAtOnce, cutsAtOnce })
  await compareFiles(place)
  await rm(place, { recursive: true, force: true })
  return took
}

/** The rival has done the same work if it has made the same files; how many are the same to the byte is worth knowing, too. */
async function compareFiles(place: string): Promise<void> {
  let same = 0
  for (const { rank } of clips) {
    const cut = recorded.steps.find(({ kind, subject }) => kind === 'cut' && subject === rank)
    const { renderingKey } = cutOutput.parse(cut?.output)
    const ours = await readFile(renderingFiles(data, renderingKey).mp4)
    const theirs = await readFile(join(place, String(rank), 'clip.mp4'))
    if (Math.abs(ours.length / theirs.length - 1) > 0.01)
      throw new Error(`Clip ${rank} made by hand differs from ours.`)
    if (ours.equals(theirs)) same++
  }
  console.log(`  ${same} of ${clips.length} clips are the same to the byte`)
}

/** How many steps of a kind ran side by side. */
function mostAtOnce({ steps }: LastRun, kind: string): number {
  const all = steps.filter((step) => step.kind === kind)
  return Math.max(
    ...all.map((step) => all.filter((other) => startOf(other) <= startOf(step) && endOf(other) > startOf(step)).length),
  )
}

function startOf({ startedAt }: { startedAt: Date | null }): number {
  return startedAt?.getTime() ?? Number.NaN
}

function endOf({ finishedAt }: { finishedAt: Date | null }): number {
  return finishedAt?.getTime() ?? Number.NaN
}
