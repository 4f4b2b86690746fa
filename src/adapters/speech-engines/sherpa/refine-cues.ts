import { toErrorRecord } from '../../../domain/app-error.ts'
import type { InstalledModel } from '../../../models/installed-models.ts'
import { assignSpeakers } from '../../../pipeline/transcribe/cues/assign-speakers.ts'
import type { CueDocument } from '../../../pipeline/transcribe/transcriber.ts'
import type { RefineAbout, Refinement } from '../../transcribers/listening.ts'
import { findVoices } from './find-voices.ts'
import { setPunctuation } from './set-punctuation.ts'
import { installedSherpa } from './sherpa-library.ts'

interface RefineModels {
  /** Null where none is there. */
  speakers: InstalledModel | null
  punctuation: InstalledModel | null
  /** The program to start; another one in tests. */
  program?: URL
}

/** Raise when the same models would make something else of the same cues. */
const version = 1

/** Speakers and punctuation by the models that are there; null when there are none. */
export function refineCues({ speakers, punctuation, program }: RefineModels): Refinement | null {
  const models = [speakers, punctuation].filter((model) => model !== null)
  if (models.length === 0 || installedSherpa() === null) return null
  const own = program ? { program } : {}
  return {
    fingerprint: [
      version,
      installedSherpa(),
      ...models.map(({ entry, record }) => `${entry.name}:${JSON.stringify(record?.sha256)}`),
    ].join('|'),
    async apply(heard, about) {
      const warnings: string[] = []
      let { cues } = heard
      if (punctuation && isKnownTo(punctuation, heard.language)) {
        cues = await attempt(about, { warnings, what: 'Punctuation was not set', cues }, () =>
          setPunctuation(cues, { model: punctuation, signal: about.signal, ...own }),
        )
      }
      if (speakers) {
        cues = await attempt(about, { warnings, what: 'Speakers were not told apart', cues }, async () =>
          assignSpeakers(cues, await findVoices({ ...about, ...own, model: speakers }), heard.language),
        )
      }
      return { cues, warnings }
    },
  }
}

function isKnownTo({ entry }: InstalledModel, language: string | null): boolean {
  return entry.languages.includes('*') || entry.languages.includes(language?.split('-')[0] ?? '')
}

interface Trying {
  warnings: string[]
  what: string
  /** What stays when it fails. */
  cues: CueDocument['cues']
}

async function attempt(
  { signal }: RefineAbout,
  { warnings, what, cues }: Trying,
  work: () => Promise<CueDocument['cues']>,
) {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    warnings.push(`${what}: ${toErrorRecord(error).message}`)
    return cues
  }
}
