import { join } from 'node:path'
import type { Settings } from '../../../config/settings.ts'
import { bestModel, type InstalledModel } from '../../../models/installed-models.ts'
import { pickSpeechModel } from '../../../models/pick-speech-model.ts'
import { normalizeLanguage } from '../../../pipeline/transcribe/normalize-language.ts'
import type { ListeningOptions } from '../../transcribers/listening.ts'
import { refineCues } from './refine-cues.ts'
import { type SherpaModel, sherpaEngine } from './sherpa-engine.ts'
import { SpeechModelUnusable } from './sherpa-errors.ts'

interface LocalSpeechOptions {
  settings: Pick<Settings, 'LOCAL_MODEL'>
  dataFolder: string
}

/** The model on this machine: the one LOCAL_MODEL names, else the best that was downloaded; without any there is nobody to ask. */
export function findLocalSpeech({
  settings,
  dataFolder,
}: LocalSpeechOptions): Pick<ListeningOptions, 'name' | 'engine' | 'refine' | 'wayOut'> {
  const folder = join(dataFolder, 'models')
  return {
    name: 'local model',
    async engine({ info }) {
      const language = normalizeLanguage(info.audio[0]?.language)
      const model = pickSpeechModel({ folder, named: settings.LOCAL_MODEL, language })
      return model && sherpaEngine({ model: sherpaModelOf(model) })
    },
    refine: () => refineCues({ speakers: bestModel(folder, 'speakers'), punctuation: bestModel(folder, 'punctuate') }),
    wayOut: () =>
      'let this machine listen: `clipwright models download parakeet-v3` gets a model that hears (`clipwright models list` has others, for more languages)',
  }
}

/** @throws SpeechModelUnusable */
export function sherpaModelOf({ entry, record, files, bytes, problem }: InstalledModel): SherpaModel {
  if (problem !== null) throw new SpeechModelUnusable({ model: entry.name, reason: problem })
  if (!entry.engine) throw new SpeechModelUnusable({ model: entry.name, reason: 'it is not one that hears' })
  const [only, ...others] = entry.languages
  return {
    name: entry.name,
    kind: entry.engine.kind,
    longest: entry.engine.longest,
    files,
    bytes,
    fingerprint: Object.values(record?.sha256 ?? {}).join('+'),
    language: only !== undefined && others.length === 0 && only !== '*' ? only : null,
  }
}
