import { join, resolve } from 'node:path'
import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { downloadModel } from '../../models/download-model.ts'
import { importModel } from '../../models/import-model.ts'
import { type InstalledModel, installedModels } from '../../models/installed-models.ts'
import { ModelUnverified } from '../../models/model-errors.ts'
import { knownModel, knownModels, type ModelEntry } from '../../models/model-manifest.ts'
import { removeModel } from '../../models/remove-model.ts'
import { createNetworkGuard } from '../../network/network-guard.ts'
import { openWebClient } from '../../network/web-client.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { createModelProgress } from './model-progress.ts'
import { modelRows, modelTable, sayBytes } from './model-table.ts'

const schema = z.object({
  data: z.string().optional(),
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  as: z.string().optional(),
})
type ModelOptions = z.infer<typeof schema>

interface Surroundings {
  options: ModelOptions
  settings: Settings
  /** `models` in the data folder. */
  folder: string
  signal: AbortSignal
}

/** `clipwright models list`. Returns the exit status. */
export function listModels(options: object): Promise<number> {
  return withModels(options, async ({ folder, settings }) => {
    const rows = modelRows(knownModels(), { there: installedModels(folder), named: settings.LOCAL_MODEL })
    return { json: { folder, models: rows }, lines: [modelTable(rows), `Models are kept in ${folder}.`] }
  })
}

/** `clipwright models download NAME`. */
export function getModel(name: string, options: object): Promise<number> {
  return withModels(options, async (about) => {
    const entry = knownModel(name)
    const client = openWebClient({ guard: createNetworkGuard({ allowed: allowedHosts(about.settings) }) })
    const progress = createModelProgress({ name, stream: process.stderr, isQuiet: about.options.json })
    try {
      const model = await askedFirst(about, entry, (acceptUnverified) =>
        downloadModel({
          entry,
          folder: about.folder,
          client,
          baseUrl: about.settings.MODEL_BASE_URL,
          acceptUnverified,
          signal: about.signal,
          onProgress: (one) => progress.show(one),
          onWait: (message) => progress.say(message),
        }),
      )
      progress.end()
      return {
        json: describe(model),
        lines: [`${name} is here: ${sayBytes(model.bytes)}, ${sayChecked(model)}.`, ...sayUse(entry)],
      }
    } finally {
      progress.end()
      await client.close()
    }
  })
}

/** `clipwright models import PATH`. */
export function takeModel(path: string, options: object): Promise<number> {
  return withModels(options, async (about) => {
    const model = await askedFirst(about, null, (acceptUnverified) =>
      importModel({
        path: resolve(path),
        name: about.options.as,
        folder: about.folder,
        acceptUnverified,
        signal: about.signal,
      }),
    )
    return {
      json: describe(model),
      lines: [`${model.entry.name} is here: ${sayBytes(model.bytes)}, ${sayChecked(model)}.`, ...sayUse(model.entry)],
    }
  })
}

/** `clipwright models remove NAME`. */
export function dropModel(name: string, options: object): Promise<number> {
  return withModels(options, async ({ folder }) => {
    const freed = await removeModel({ folder, entry: knownModel(name) })
    return { json: { name, freedBytes: freed }, lines: [`${name} was removed: ${sayBytes(freed)} freed.`] }
  })
}

async function withModels(
  given: object,
  work: (about: Surroundings) => Promise<{ json: unknown; lines: string[] }>,
): Promise<number> {
  const options = schema.parse(given)
  using interruption = listenForInterruption()
  try {
    const settings = loadSettings()
    const folder = join(dataFolder({ flag: options.data, settings }), 'models')
    const said = await work({ options, settings, folder, signal: interruption.signal })
    process.stdout.write(options.json ? `${JSON.stringify(said.json, null, 2)}\n` : `${said.lines.join('\n')}\n`)
    return exitCodes.ok
  } catch (thrown) {
    const error = asNoSpace(thrown)
    printError(error, options)
    return exitCodeOf(error)
  }
}

/** What nobody published a checksum for is taken with --yes, or when a person at a terminal says so. */
async function askedFirst(
  { options, signal }: Surroundings,
  entry: ModelEntry | null,
  work: (acceptUnverified: boolean) => Promise<InstalledModel>,
): Promise<InstalledModel> {
  try {
    return await work(options.yes)
  } catch (error) {
    if (!(error instanceof ModelUnverified) || options.json || !stdin.isTTY || !stdout.isTTY) throw error
    const lines = createInterface({ input: stdin, output: stdout })
    try {
      const where = entry ? ` from ${new URL(entry.downloads[0]?.url ?? '').host}` : ''
      const answer = await lines.question(`${error.message}\nTake it all the same${where}? [y/N] `, { signal })
      if (!/^y(es)?$/i.test(answer.trim())) throw error
    } finally {
      lines.close()
    }
    return work(true)
  }
}

/** A mirror is a server the person named, wherever it is. */
function allowedHosts({ MODEL_BASE_URL, ALLOWED_PRIVATE_HOSTS }: Settings): string[] {
  const own = MODEL_BASE_URL !== undefined && /^https?:/.test(MODEL_BASE_URL) ? [new URL(MODEL_BASE_URL).hostname] : []
  return [...own, ...(ALLOWED_PRIVATE_HOSTS ?? '').split(/[\s,]+/).filter((host) => host !== '')]
}

function describe({ entry, record, bytes, files }: InstalledModel) {
  return { name: entry.name, bytes, verified: record?.verified ?? false, files, record }
}

function sayChecked({ record }: InstalledModel): string {
  return record?.verified
    ? 'with the published checksum'
    : 'unverified: its checksum was kept, and nothing else will be taken in its name'
}

function sayUse({ task, licence, licenceUrl }: ModelEntry): string[] {
  const use = {
    hear: 'Recordings without a transcript are heard by it from now on: `clipwright clip talk.mp4`. Runs that wait for one go on within seconds where `clipwright serve` or `clipwright worker` runs.',
    speakers: 'Recordings this machine listens to get their speakers told apart from now on.',
    punctuate: 'English this machine hears without full stops gets them from now on.',
    faces: 'Faces are found by it from now on.',
  }
  return [use[task], `Licence: ${licence} (${licenceUrl}).`]
}
