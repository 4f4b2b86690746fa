// Run after a change of detect or its threads; a minute. Twenty recordings at once through the threads, as a server would: what the rest of the
// process feels of it (delay of its event loop), and how much memory it takes.

import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Segment } from '../src/domain/transcript.ts'
import { findOffThread } from '../src/pipeline/detect/off-thread/find-off-thread.ts'
import { trainedRanker } from '../src/pipeline/detect/trained-ranker.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { twoWordSegments } from './support/two-word-segments.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { sentencesOf } from './support/write-transcript.ts'

const options = benchOptions({ rounds: 1 })
console.log(await describeMachine())
console.log('target: 20 recordings at once without a failure; event loop delay p99 ≤ 50 ms; ≤ 100 MB')
await waitForQuiet(options.wait)
await measure('20 × 1 h', times(20, 1))
await measure('1 × 12 h', times(1, 12))
await measure('4 × 12 h', times(4, 12))
await measure('200,000 segments of two words', [twoWordSegments(200_000)])

function times(count: number, hours: number): Segment[][] {
  return Array.from({ length: count }, () => segmentsOf(hours * 3600))
}

async function measure(name: string, transcripts: Segment[][]): Promise<void> {
  await sleep(200)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const startedAt = performance.now()
  const answers = await Promise.allSettled(
    transcripts.map((segments) => {
      const duration = (segments.at(-1)?.end ?? 0) + 1
      const settings = { mode: 'highlights' as const, count: 8, minSeconds: 15, maxSeconds: 60 }
      const input = { segments, duration, analysis: null, settings, ranker: trainedRanker }
      return findOffThread(input, { signal: AbortSignal.timeout(600_000) })
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  delay.disable()
  clearInterval(watch)
  const done = answers.filter((answer) => answer.status === 'fulfilled')
  const lighter = done.filter(({ value }) => value.lighter !== null).length
  const worked = done.reduce((sum, { value }) => sum + value.seconds, 0)
  const ms = (percentile: number) => `${(delay.percentile(percentile) / 1e6).toFixed(1)} ms`
  console.log(
    `${name}: ${done.length} of ${answers.length} done (${lighter} in the lighter way) in ${seconds.toFixed(1)} s, ${worked.toFixed(1)} s of work; ` +
      `delay p50 ${ms(50)}, p99 ${ms(99)}, most ${(delay.max / 1e6).toFixed(1)} ms; ${((most - before) / 2 ** 20).toFixed(0)} MB more`,
  )
}

/** One sentence a segment, words without times of their own. */
function segmentsOf(seconds: number): Segment[] {
  return sentencesOf(seconds).map((sentence, ordinal) => {
    const texts = sentence.text.split(' ')
    const each = (sentence.end - sentence.start) / texts.length
    const words = texts.map((text, i) => ({
      text,
      start: sentence.start + i * each,
      end: sentence.start + (i + 1) * each,
      confidence: null,
      timing: 'estimated' as const,
    }))
    return { ...sentence, ordinal, speaker: null, words }
  })
}
