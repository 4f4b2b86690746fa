// Run to choose how many clips are cut at once and with how many threads, and whether repeating gives the same bytes; about 10 minutes.

import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lastRun } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { clipCommands } from './support/clip-commands.ts'
import { describeMachine } from './support/describe-machine.ts'
import { largePicture, makeRecording, smallPicture } from './support/make-recording.ts'
import { recordTools } from './support/record-tools.ts'
import { replayByHand } from './support/replay-by-hand.ts'
import { runClipwright } from './support/run-clipwright.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { writeTranscript } from './support/write-transcript.ts'

interface Choice {
  clips: number
  threads: number
  /** Handed to x264 as they are. */
  x264: string
}

// By default x264 looks ahead in a thread of its own; on a busy machine its results then depend on who is quicker.
const choices: Choice[] = ['', 'sliced-threads=1', 'sync-lookahead=0'].flatMap((x264) => [
  { clips: 1, threads: 2, x264 },
  { clips: 2, threads: 2, x264 },
])
choices.push({ clips: 2, threads: 1, x264: '' })

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('clips-at-once', options.keep)
const seconds = options.tiny ? 240 : 600
const [data, out] = [join(folder.scratch, 'data'), join(folder.scratch, 'out')]

console.log(await describeMachine())
const picture = options.tiny ? smallPicture : largePicture
const recording = await makeRecording({ folder: folder.media, ...picture, seconds })
const transcript = await writeTranscript(join(folder.scratch, 'transcript.srt'), seconds)
const lengths = options.tiny
  ? ['--min', '5', '--max', '8', '--count', '2']
  : ['--min', '28', '--max', '32', '--count', '4']
const tools = await recordTools(join(folder.scratch, 'tools'))
await runClipwright(
  ['clip', recording, '--transcript', transcript, ...lengths, '--out', out, '--data', data],
  tools.env,
)
const clips = clipCommands(await tools.commands(), await lastRun(data)).map((clip) => ({ ...clip, reframe: [] }))

await waitForQuiet(options.wait)
const results = choices.map((choice) => ({ choice, seconds: [] as number[], hashes: new Set<string>(), bytes: 0 }))
for (let round = 1; round <= options.rounds; round++) {
  for (const result of results) {
    const { choice } = result
    const place = join(folder.scratch, 'by-hand')
    const change = (args: string[]) => withThreads(args, choice)
    const at = { folder: place, reframesAtOnce: 1, cutsAtOnce: choice.clips, change }
    result.seconds.push(await replayByHand(clips, at))
    const files = await Promise.all(clips.map(({ rank }) => readFile(join(place, String(rank), 'clip.mp4'))))
    result.hashes.add(files.reduce((hash, file) => hash.update(file), createHash('sha256')).digest('hex'))
    result.bytes = files.reduce((sum, file) => sum + file.length, 0)
    await rm(place, { recursive: true })
  }
}
for (const { choice, seconds: all, hashes, bytes } of results) {
  const name = `${choice.clips} at once × ${choice.threads} threads${choice.x264 && `, ${choice.x264}`}`
  const repeats = hashes.size === 1 ? 'same bytes each time' : `${hashes.size} different results`
  const took = `${median(all).toFixed(1)} s (${all.map((each) => each.toFixed(1)).join(', ')})`
  console.log(`${name}: ${clips.length} clips in ${took}, ${(bytes / 2 ** 20).toFixed(1)} MB, ${repeats}`)
}

/** The command with another number of encoder threads; commands that encode nothing stay as they are. */
function withThreads(args: string[], { threads, x264 }: Choice): string[] {
  if (!args.includes('libx264')) return args
  const plain = args.filter((arg, i) => arg !== '-x264-params' && args[i - 1] !== '-x264-params')
  const threaded = plain.map((arg, i) => (plain[i - 1] === '-threads' ? String(threads) : arg))
  if (x264 === '') return threaded
  return [...threaded.slice(0, -1), '-x264-params', x264, ...threaded.slice(-1)]
}
