import { createLogUpdate } from 'log-update'
import type { ModelProgress } from '../../models/download-model.ts'
import { sayBytes } from './model-table.ts'

interface ProgressOptions {
  name: string
  stream: NodeJS.WriteStream
  /** Nothing is said at all. */
  isQuiet: boolean
}

/** Shows how far a download is: one line that changes on a terminal, a line for each tenth in a pipe. */
export function createModelProgress({ name, stream, isQuiet }: ProgressOptions) {
  const isTerminal = stream.isTTY === true
  const live = isTerminal && !isQuiet ? createLogUpdate(stream) : null
  let said = ''
  return {
    show(progress: ModelProgress): void {
      if (isQuiet) return
      if (live) return live(describeProgress(name, progress))
      const tenth = `${progress.phase} ${progress.fraction === null ? '' : Math.floor(progress.fraction * 10)}`
      if (tenth === said) return
      said = tenth
      stream.write(`${describeProgress(name, progress)}\n`)
    },
    say(message: string): void {
      if (isQuiet) return
      if (live) live(`${name}: ${message}`)
      else stream.write(`${name}: ${message}\n`)
    },
    end(): void {
      live?.clear()
    },
  }
}

/** `parakeet-v3: downloading 43 %, 209 MB of 487 MB, 12 MB/s, 23 s left`. */
export function describeProgress(
  name: string,
  { phase, fraction, receivedBytes, totalBytes, ...pace }: ModelProgress,
): string {
  const percent = fraction === null ? '' : ` ${Math.floor(fraction * 100)} %`
  if (phase === 'unpacking') return `${name}: unpacking${percent}`
  const of = totalBytes === null ? '' : ` of ${sayBytes(totalBytes)}`
  const speed = pace.bytesPerSecond === null ? '' : `, ${sayBytes(pace.bytesPerSecond)}/s`
  const left = pace.secondsLeft === null ? '' : `, ${sayTime(pace.secondsLeft)} left`
  return `${name}: downloading${percent}, ${sayBytes(receivedBytes)}${of}${speed}${left}`
}

function sayTime(seconds: number): string {
  return seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${Math.ceil(seconds)} s`
}
