import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { installedModels } from '../../models/installed-models.ts'
import { contentHash } from '../../pipeline/content-hash.ts'
import type { WayToWords } from '../../pipeline/transcribe/transcriber.ts'
import { findSidecars } from './find-sidecars.ts'

// Longer than a copy pauses: a file that is still being written is looked at when it is whole.
const settledMs = 3000

/** What there is on this machine that could give words: models that hear, services that were set up, and files beside the recording. */
export function wayToWords({ settings, dataFolder }: { settings: Settings; dataFolder: string }): WayToWords {
  const services = setUp(settings)
  return async ({ path }) => {
    const models = installedModels(join(dataFolder, 'models'))
      .filter(({ entry, problem }) => entry.task === 'hear' && problem === null)
      .map(({ entry, record }) => [entry.name, record?.sha256 ?? null])
    const found = await findSidecars(path, null)
    const files = await Promise.all(found.map((sidecar) => describeFile(sidecar.path)))
    return contentHash({ services, models, files: files.filter((file) => file !== null).toSorted() })
  }
}

/** That there is a key says enough; what it is concerns nobody. */
function setUp(settings: Settings) {
  const { TRANSCRIBERS, LOCAL_MODEL, OPENAI_COMPATIBLE_TRANSCRIPTION_URL, OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL } =
    settings
  const keys = [settings.OPENAI_API_KEY, settings.MISTRAL_API_KEY, settings.XAI_API_KEY].map((key) => key !== undefined)
  return {
    ...{ TRANSCRIBERS, LOCAL_MODEL, keys },
    server: [OPENAI_COMPATIBLE_TRANSCRIPTION_URL, OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL],
  }
}

async function describeFile(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  if (found === null || Math.abs(Date.now() - found.mtimeMs) < settledMs) return null
  return JSON.stringify([path, found.size, found.mtimeMs])
}
