// Run after a change of what is read or kept in memory; about 15 minutes on two cores (--rounds 3). Linux only.

import { join } from 'node:path'
import { prepareData } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { makeRecording, smallPicture } from './support/make-recording.ts'
import { runClipwright } from './support/run-clipwright.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('memory', options.keep)
const [short, long] = options.tiny ? [120, 1200] : [600, 3 * 3600]

console.log(await describeMachine())
const recordings = new Map<number, string>()
for (const seconds of [short, long]) {
  recordings.set(seconds, await makeRecording({ folder: folder.media, ...smallPicture, seconds }))
}
await waitForQuiet(options.wait)
const [few, many]: [number[], number[]] = [[], []]
for (let round = 1; round <= options.rounds; round++) {
  few.push(await peakOf(short))
  many.push(await peakOf(long))
  console.log(`round ${round}: ${short} s ${few.at(-1)?.toFixed(0)} MB, ${long} s ${many.at(-1)?.toFixed(0)} MB`)
}
const ratio = median(many) / median(few)
console.log(
  `medians: ${short} s ${median(few).toFixed(0)} MB, ${long} s ${median(many).toFixed(0)} MB, ratio ${ratio.toFixed(2)} (target ≤ 1.20)`,
)

/** Greatest memory of our own process for a recording of so many seconds, MB. */
async function peakOf(seconds: number): Promise<number> {
  const data = join(folder.scratch, `data-${crypto.randomUUID()}`)
  await prepareData(data)
  const transcript = await writeTranscript(join(folder.scratch, `transcript-${seconds}.srt`), seconds)
  const { peakMemory, peakOfAll } = await runClipwright(
    [
      'clip',
      recordings.get(seconds) ?? '',
      '--transcript',
      transcript,
      '--count',
      '3',
      '--min',
      '10',
      '--max',
      '15',
    ].concat(['--out', join(folder.scratch, `out-${crypto.randomUUID()}`), '--data', data]),
  )
  if (peakMemory === null) throw new Error('Memory can be measured on Linux only.')
  console.log(`${seconds} s: with ffmpeg, the face model and all else ${(peakOfAll / 2 ** 20).toFixed(0)} MB`)
  return peakMemory / 2 ** 20
}
