// Run after a change of how recordings are heard in windows; about 6 minutes on two cores. `--tiny` tries it in one.
import { fork } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { speakTones, type ToneWord, toneWords } from '../test/support/tone-speech.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import type { HearingOrder, HearingResult } from './support/hear-in-windows.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('speech-windows', options.keep)
const [short, long] = options.tiny ? [120, 600] : [1800, 6 * 3600]
const timed = options.tiny ? 120 : 600
/** Seconds of work of all cores for a second of sound: a fast local model. */
const cost = 0.1

console.log(await describeMachine())
for (const seconds of new Set([short, long, timed])) await makeTalk(seconds)

await waitForQuiet(options.wait)
const ratios: number[] = []
for (let round = 1; round <= options.rounds; round++) {
  const heard = await hear({ seconds: timed, cost, atOnce: 1 })
  ratios.push(heard.wallSeconds / heard.bareSeconds)
  console.log(
    `round ${round}: ${timed} s of sound, ${heard.windows} windows: bare engine ${heard.bareSeconds.toFixed(1)} s, with windows ${heard.wallSeconds.toFixed(1)} s, ratio ${ratios.at(-1)?.toFixed(3)}`,
  )
}
console.log(`overhead: median ratio ${median(ratios).toFixed(3)} (target ≤ 1.05)`)

const peaks: number[] = []
for (const seconds of [short, long]) {
  const begun = performance.now()
  const { peakMemory, windows, words } = await hear({ seconds, cost: 0, atOnce: 2 })
  peaks.push(peakMemory)
  console.log(
    `memory: ${seconds} s, ${windows} windows, ${words} words: ${(peakMemory / 1e6).toFixed(0)} MB at most, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  )
}
console.log(
  `memory: ratio ${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(2)} for ${(long / short).toFixed(0)} times the length (target ≤ 1.50)`,
)

/** Speech in tones, 2.5 words a second, a breath after each eighth; 8 kHz, so that six hours are 350 MB. */
async function makeTalk(seconds: number): Promise<void> {
  const path = talkOf(seconds)
  if (await stat(path).catch(() => null)) return
  const words: ToneWord[] = []
  for (let time = 0.2; time < seconds - 1; ) {
    words.push({ text: toneWords[words.length % toneWords.length] ?? 'alpha', start: time, end: time + 0.3 })
    time += words.length % 8 === 0 ? 0.9 : 0.36
  }
  await speakTones(path, { words, duration: seconds, sampleRate: 8000 })
}

function talkOf(seconds: number): string {
  return join(folder.media, `tones-${seconds}.wav`)
}

/** In a process of its own, so that its memory is that of the hearing. */
async function hear({ seconds, ...order }: { seconds: number; cost: number; atOnce: number }): Promise<HearingResult> {
  const program = fileURLToPath(new URL('./support/hear-in-windows.ts', import.meta.url))
  const data = join(folder.scratch, `data-${crypto.randomUUID()}`)
  const full: HearingOrder = { ...order, path: talkOf(seconds), data, threads: availableParallelism() }
  const child = fork(program, [JSON.stringify(full)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as HearingResult))
    child.once('exit', (code) => reject(new Error(`the hearing ended with ${code}`)))
  })
}
