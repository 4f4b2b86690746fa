import { AppError } from '../../domain/app-error.ts'
import type { CueDocument, ReadOptions, Transcriber, TranscriptSource } from '../../pipeline/transcribe/transcriber.ts'
import { NobodyHeard, reasonsOf } from './services/service-errors.ts'

/**
 * Transcribers that listen, as one: the first that is ready is asked, and when it can't, the next, until nobody is left; the result says why. It is
 * known by the first, since that is who was meant: another rung below it makes no other transcript, and nothing is paid for twice.
 */
export function speechLadder(rungs: readonly Transcriber[]): Transcriber {
  return {
    name: 'speech',
    async find(recording, options) {
      const ready: TranscriptSource[] = []
      for (const rung of rungs) {
        const source = await rung.find(recording, options)
        if (source) ready.push(source)
      }
      const [first] = ready
      if (first === undefined) return null
      return { ...first, read: (read) => readFirst(ready, read) }
    },
    wayOut(recording) {
      const ways = rungs.map((rung) => rung.wayOut(recording)).filter((way) => way !== null)
      return ways.length === 0 ? null : ways.join('\n')
    },
  }
}

async function readFirst(sources: readonly TranscriptSource[], read: ReadOptions): Promise<CueDocument> {
  const failures: AppError[] = []
  // One rung after the other begins at nothing; what a person sees never goes back.
  let reached = 0
  const onProgress: ReadOptions['onProgress'] = ({ fraction, message }) => {
    reached = Math.max(reached, fraction)
    read.onProgress?.({ fraction: reached, message })
  }
  for (const source of sources) {
    read.signal.throwIfAborted()
    try {
      const document = await source.read({ ...read, onProgress })
      if (failures.length === 0) return document
      const sentence = `${failures.flatMap(reasonsOf).join(' ')} ${document.origin.name} listened instead.`
      return { ...document, warnings: [sentence, ...document.warnings] }
    } catch (error) {
      read.signal.throwIfAborted()
      if (!isOfRung(error)) throw error
      failures.push(error)
    }
  }
  const [only, ...others] = failures
  if (only !== undefined && others.length === 0) throw only
  throw new NobodyHeard(failures)
}

/** A failure of who listens; one of the recording, the disk or ffmpeg would meet the next one too. */
function isOfRung(error: unknown): error is AppError {
  return error instanceof AppError && /^(?:SPEECH|SOUND|LOCAL|MODEL)_/.test(error.code)
}
