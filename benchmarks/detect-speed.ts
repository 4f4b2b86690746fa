// Run after a change of detect; a minute or two. With CLIPWRIGHT_EVAL_DATA also on the transcripts there.

import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import type { MeasuredDetection } from './support/measure-detection.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

const options = benchOptions({ rounds: 7 })
await using folder = await benchFolder('detect-speed', options.keep)
const program = join(import.meta.dirname, 'support', 'measure-detection.ts')

console.log(await describeMachine())
console.log('target: ≤ 1 s and ≤ 100 MB for an hour of transcript, warm; cost linear up to 12 hours')
await waitForQuiet(options.wait)
const secondsPerHour: number[] = []
for (const hours of [1, 3, 6, 12]) {
  const path = await writeTranscript(join(folder.scratch, `synthetic-${hours}h.srt`), hours * 3600)
  secondsPerHour.push(await measure(path, Math.min(options.rounds, 3)))
}
const [one = 1, twelve = Number.NaN] = [secondsPerHour[0], secondsPerHour.at(-1)]
console.log(`12 h ÷ 1 h, each an hour: ${(twelve / one).toFixed(2)}`)
await measure('200,000 segments of two words', 1)
for (const path of await realTranscripts()) await measure(path, options.rounds)

/** Prints what one transcript costs; returns seconds an hour of it. */
async function measure(path: string, rounds: number): Promise<number> {
  const args = ['--expose-gc', program, path, String(rounds)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { hours, words, candidates, moments, seconds, memory } = JSON.parse(stdout) as MeasuredDetection
  const size = `${hours.toFixed(2)} h, ${words} words, ${candidates} candidates, ${moments} moments`
  const cost = `${seconds.toFixed(3)} s (${(seconds / hours).toFixed(3)} s an hour), ${(memory / 2 ** 20).toFixed(0)} MB`
  console.log(`${basename(path)}: ${size}: ${cost}`)
  return seconds / hours
}

async function realTranscripts(): Promise<string[]> {
  const data = process.env['CLIPWRIGHT_EVAL_DATA']
  if (!data) {
    console.log('no real transcripts: CLIPWRIGHT_EVAL_DATA is not set')
    return []
  }
  const transcripts = join(data, 'transcripts')
  return (await readdir(transcripts)).sort().map((name) => join(transcripts, name))
}
