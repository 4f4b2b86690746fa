// Run on a machine with internet after a model or the speech engine changes: how many words a model gets wrong, and how fast it is.
// `node benchmarks/speech-models.ts --recordings FOLDER [--models FOLDER] [--model NAME]…`, where FOLDER holds pairs of the same name,
// e.g. talk.wav and talk.txt, and models come from `clipwright models download`.
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sherpaModelOf } from '../src/adapters/speech-engines/sherpa/find-local-speech.ts'
import { sherpaEngine } from '../src/adapters/speech-engines/sherpa/sherpa-engine.ts'
import { dataFolder } from '../src/config/data-folder.ts'
import { loadSettings } from '../src/config/load-settings.ts'
import type { TimeRange } from '../src/domain/time-range.ts'
import { createMedia } from '../src/media/create-media.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { type InstalledModel, installedModels } from '../src/models/installed-models.ts'
import { measureLoudness } from '../src/pipeline/analyze/measure-loudness.ts'
import type { HeardWindow } from '../src/pipeline/transcribe/speech-engine.ts'
import { listen } from '../src/pipeline/transcribe/windows/listen.ts'
import type { WindowStore } from '../src/pipeline/transcribe/windows/window-store.ts'
import { describeMachine } from './support/describe-machine.ts'
import { wordErrors } from './support/word-errors.ts'

const { values } = parseArgs({
  options: {
    recordings: { type: 'string' },
    models: { type: 'string' },
    model: { type: 'string', multiple: true },
  },
})
if (values.recordings === undefined)
  throw new Error('--recordings FOLDER is missing: pairs of sound and .txt of the same name.')
const settings = loadSettings()
const folder = resolve(values.recordings)
const models = installedModels(values.models ?? join(dataFolder({ settings }), 'models')).filter(
  ({ entry, problem }) => entry.task === 'hear' && problem === null && (values.model?.includes(entry.name) ?? true),
)
if (models.length === 0) throw new Error('No speech model is there: `clipwright models download NAME` gets one.')
const media = createMedia({ tools: await findMediaTools(settings) })
const pairs = await pairsIn(folder)
if (pairs.length === 0) throw new Error(`There is no sound with a .txt of the same name in ${folder}.`)

console.log(await describeMachine())
for (const model of models) await measure(model)

async function measure(model: InstalledModel): Promise<void> {
  let [errors, words, sound, time] = [0, 0, 0, 0]
  const engine = sherpaEngine({ model: sherpaModelOf(model) })
  try {
    for (const { path, text } of pairs) {
      const info = await media.probe(path)
      const { silences } = await measureLoudness({ media, path, info })
      const { signal } = new AbortController()
      const begun = performance.now()
      const heard = await listen({ engine, media, path, info, silences, store: memoryStore(), signal })
      const seconds = (performance.now() - begun) / 1000
      const said = heard.cues.map((cue) => cue.text).join(' ')
      const wrong = wordErrors(text, said)
      errors += wrong.errors
      words += wrong.words
      sound += info.duration
      time += seconds
      console.log(
        `${model.entry.name} ${basename(path)}: WER ${((100 * wrong.errors) / Math.max(1, wrong.words)).toFixed(1)} %, RTF ${(seconds / info.duration).toFixed(3)}`,
      )
    }
  } finally {
    await engine.close?.()
  }
  console.log(
    `${model.entry.name}: ${pairs.length} recordings, ${(sound / 60).toFixed(1)} min, WER ${((100 * errors) / Math.max(1, words)).toFixed(1)} %, RTF ${(time / sound).toFixed(3)} (loading included)`,
  )
}

async function pairsIn(place: string): Promise<{ path: string; text: string }[]> {
  const names = await readdir(place)
  const pairs = names.flatMap((name) => {
    const text = `${basename(name, extname(name))}.txt`
    return extname(name) !== '.txt' && names.includes(text)
      ? [{ path: join(place, name), text: join(place, text) }]
      : []
  })
  return Promise.all(pairs.map(async ({ path, text }) => ({ path, text: await readFile(text, 'utf8') })))
}

function memoryStore(): WindowStore {
  const heard = new Map<string, HeardWindow>()
  const keyOf = ({ start, end }: TimeRange) => `${start}-${end}`
  return {
    find: async (window) => heard.get(keyOf(window)) ?? null,
    spans: async () => [],
    save: async (window, what) => void heard.set(keyOf(window), what),
    saveBroken: async () => undefined,
    countBroken: async () => 0,
  }
}
