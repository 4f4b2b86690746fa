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
  /** `x264` looks ahead in a thread of its own, or not. */
  lookahead: 'own thread' | 'in step'
}

const choices: Choice[] = [
  { clips: 1, threads: 2, lookahead: 'own thread' },
  { clips: 1, threads: 2, lookahead: 'in step' },
  { clips: 2, threads: 1, lookahead: 'in step' },
  { clips: 2, threads: 2, lookahead: 'own thread' },
  { clips: 2, threads: 2, lookahead: 'in step' },
]

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
const results = choices.map((choice) => ({ choice, seconds: [] as number[], hashes: new Set<string>() }))
for (let round = 1; round <= options.rounds; round++) {
  for (const { choice, seconds: all, hashes } of results) {
    const place = join(folder.scratch, 'by-hand')
    const change = (args: string[]) => withThreads(args, choice)
    all.push(await replayByHand(clips, { folder: place, reframesAtOnce: 1, cutsAtOnce: choice.clips, change }))
    hashes.add(await hashOfAll(place))
    await rm(place, { recursive: true })
  }
}
for (const { choice, seconds: all, hashes } of results) {
  const name = `${choice.clips} at once × ${choice.threads} threads, looking ahead ${choice.lookahead}`
  const bytes = hashes.size === 1 ? 'same bytes' : `${hashes.size} different results`
  console.log(
    `${name}: ${clips.length} clips in ${median(all).toFixed(1)} s (${all.map((each) => each.toFixed(1)).join(', ')}), ${bytes}`,
  )
}

/** The command with another number of encoder threads; commands that encode nothing stay as they are. */
function withThreads(args: string[], { threads, lookahead }: Choice): string[] {
  const at = args.indexOf('libx264')
  if (at === -1) return args
  const others = args.filter((arg, i) => arg !== '-x264-params' && args[i - 1] !== '-x264-params')
  const threaded = others.map((arg, i) => (others[i - 1] === '-threads' ? String(threads) : arg))
  if (lookahead === 'own thread') return threaded
  return [...threaded.slice(0, -1), '-x264-params', 'sync-lookahead=0', ...threaded.slice(-1)]
}

async function hashOfAll(place: string): Promise<string> {
  const hash = createHash('sha256')
  for (const { rank } of clips) hash.update(await readFile(join(place, String(rank), 'clip.mp4')))
  return hash.digest('hex')
}
