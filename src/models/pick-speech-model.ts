import { type InstalledModel, installedModel, installedModels } from './installed-models.ts'
import { ModelNotInstalled } from './model-errors.ts'
import { knownModel, knownModels, type ModelEntry } from './model-manifest.ts'

interface PickRequest {
  /** `models` in the data folder. */
  folder: string
  /** LOCAL_MODEL: the one to use whatever else is there. */
  named: string | undefined
  /** BCP 47 tag of what is spoken, where the recording says so: then a model that knows it comes first. */
  language: string | null
  models?: readonly ModelEntry[]
}

/**
 * The model that hears: the one that is named, else the best one that is there; null when none is.
 * @throws ModelUnknown | ModelNotInstalled when the named one can't be used
 */
export function pickSpeechModel({
  folder,
  named,
  language,
  models = knownModels(),
}: PickRequest): InstalledModel | null {
  if (named !== undefined) {
    const model = installedModel(folder, knownModel(named, models))
    if (!model || model.entry.task !== 'hear') throw new ModelNotInstalled(named)
    return model
  }
  const usable = installedModels(folder, models).filter(
    ({ entry, problem }) => entry.task === 'hear' && problem === null,
  )
  const spoken = language?.split('-')[0]
  return usable.find(({ entry }) => spoken !== undefined && entry.languages.includes(spoken)) ?? usable[0] ?? null
}
