import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { speakTones } from '../../../../test/support/tone-speech.ts'
import { createMedia } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import type { InstalledModel } from '../../../models/installed-models.ts'
import { knownModel } from '../../../models/model-manifest.ts'
import type { Cue } from '../../../pipeline/transcribe/transcriber.ts'
import type { RefineAbout } from '../../transcribers/listening.ts'
import { refineCues } from './refine-cues.ts'

const program = new URL('../../../../test/fixtures/speech/odd-sherpa-process.mjs', import.meta.url)
let folder: string
let about: RefineAbout
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-refine-test-'))
  const media = createMedia({ tools: await findMediaTools({}) })
  const path = join(folder, 'talk.wav')
  await speakTones(path, { words: [{ text: 'alpha', start: 1, end: 2 }], duration: 7 })
  about = { path, info: await media.probe(path), media, signal: new AbortController().signal }
})
afterAll(() => rm(folder, { recursive: true }))

/** Files that say how the played process is to behave; sherpa itself finds no model in them. */
async function modelOf(name: string, manner = 'plain'): Promise<InstalledModel> {
  const entry = knownModel(name)
  const files = Object.fromEntries(Object.keys(entry.files).map((part) => [part, join(folder, `${name}-${part}`)]))
  for (const path of Object.values(files)) await writeFile(path, 'x')
  return { entry, files: { ...files, tokens: manner }, record: null, bytes: 1, problem: null }
}

const cue = (text: string, start: number): Cue => {
  const words = text.split(' ').map((one, index) => ({
    text: one,
    start: start + index * 0.25,
    end: start + index * 0.25 + 0.2,
    confidence: null,
    timing: 'exact' as const,
  }))
  return { start, end: words.at(-1)?.end ?? start, text, speaker: null, words }
}
const heard = {
  language: 'en',
  cues: [
    cue('so we all went down to the sea that day', 0.3),
    cue('it was cold and grey and nobody at all could swim', 3.3),
  ],
}

test('punctuation and speakers, by the models that are there', async () => {
  const refinement = refineCues({
    speakers: await modelOf('speakers'),
    punctuation: await modelOf('punctuation-en'),
    program,
  })
  const refined = await refinement?.apply(heard, about)
  expect(refined?.warnings).toEqual([])
  expect(refined?.cues.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
    'Speaker 1: So we all went down to the sea that day.',
    'Speaker 2: It was cold and grey and nobody at all could swim.',
  ])
})

test('another language is left as it was heard', async () => {
  const refinement = refineCues({ speakers: null, punctuation: await modelOf('punctuation-en'), program })
  expect((await refinement?.apply({ ...heard, language: 'de' }, about))?.cues).toEqual(heard.cues)
})

test('a model that breaks is a warning, and the words stay', async () => {
  const speakers = await modelOf('speakers', 'refuses')
  const refined = await refineCues({ speakers, punctuation: null, program })?.apply(heard, about)
  expect(refined?.cues).toEqual(heard.cues)
  expect(refined?.warnings).toEqual([expect.stringMatching(/^Speakers were not told apart: .*Protobuf parsing failed/)])
})

test('damaged models of the real library: the same', async () => {
  const models = { speakers: await modelOf('speakers'), punctuation: await modelOf('punctuation-en') }
  const refined = await refineCues(models)?.apply(heard, about)
  expect(refined?.cues).toEqual(heard.cues)
  expect(refined?.warnings).toHaveLength(2)
})

test('a cancel is a cancel', async () => {
  const refinement = refineCues({ speakers: await modelOf('speakers'), punctuation: null, program })
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(refinement?.apply(heard, { ...about, signal })).rejects.toThrow('enough')
})

test('without models there is nothing to do', () => {
  expect(refineCues({ speakers: null, punctuation: null })).toBeNull()
})
