import type { HeardWindow, SpeechEngine } from '../../../pipeline/transcribe/speech-engine.ts'
import { NobodyHeard, ServiceFailure, ServiceRefused } from './service-errors.ts'

export interface NamedEngine {
  engine: SpeechEngine
  /** For people, e.g. `OpenAI`. */
  label: string
}

interface Rung extends NamedEngine {
  /** Why it is not asked any more. */
  failure: ServiceFailure | null
}

/**
 * Engines that take the same form of sound, as one: when one fails for good, the next hears what is left, and what was heard is kept. It is known by
 * the first, since that is who is asked; each window says who heard it, when that was another.
 */
export function standInEngine(engines: readonly [NamedEngine, ...NamedEngine[]]): SpeechEngine {
  const [{ engine: first }] = engines
  if (engines.length === 1) return first
  const rungs: Rung[] = engines.map((one) => ({ ...one, failure: null }))
  return {
    name: first.name,
    model: first.model,
    fingerprint: first.fingerprint,
    form: first.form,
    atOnce: Math.min(...engines.map(({ engine }) => engine.atOnce)),
    async listen(window, options): Promise<HeardWindow> {
      for (const rung of rungs) {
        if (rung.failure !== null) continue
        try {
          const heard = await rung.engine.listen(window, options)
          return rung.engine === first ? heard : saidBy(rung, heard, rungs)
        } catch (error) {
          if (!(error instanceof ServiceFailure)) throw error
          giveUp(rungs, rung, error)
        }
      }
      throw new NobodyHeard(rungs.flatMap(({ failure }) => failure ?? []))
    },
    async close() {
      await Promise.all(engines.map(async ({ engine }) => engine.close?.()))
    },
  }
}

function giveUp(rungs: readonly Rung[], rung: Rung, error: ServiceFailure): void {
  rung.failure ??= error
  if (!(error instanceof ServiceRefused) || !error.isAboutAccount) return
  for (const other of rungs) if (other.engine.name === rung.engine.name) other.failure ??= error
}

function saidBy(rung: Rung, heard: HeardWindow, rungs: readonly Rung[]): HeardWindow {
  const { name, model } = rung.engine
  // Those of one account fail with one reason.
  const reasons = new Set(rungs.slice(0, rungs.indexOf(rung)).flatMap(({ failure }) => failure?.message ?? []))
  const sentence = `${[...reasons].join(' ')} ${rung.label} (${model}) listened instead.`
  return { ...heard, by: { name, model }, warnings: [sentence, ...(heard.warnings ?? [])] }
}
