import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordFile } from './installed-models.ts'
import { knownModel } from './model-manifest.ts'
import { pickSpeechModel } from './pick-speech-model.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-pick-'))
  for (const name of ['parakeet-v3', 'whisper-base', 'speakers']) {
    const files = Object.values(knownModel(name).files)
    await mkdir(join(folder, name))
    for (const file of files) await writeFile(join(folder, name, file), 'x')
    const sizes = Object.fromEntries(files.map((file) => [file, 1]))
    const record = { version: 1, name, sha256: {}, verified: true, sizes, from: 'a test', at: '' }
    await writeFile(join(folder, name, recordFile), JSON.stringify(record))
  }
})
afterAll(() => rm(folder, { recursive: true }))

const pick = (language: string | null, named?: string) => pickSpeechModel({ folder, named, language })?.entry.name

test('the best one, and of another language one that knows it', () => {
  expect(pick(null)).toBe('parakeet-v3')
  expect(pick('de-AT')).toBe('parakeet-v3')
  expect(pick('ja')).toBe('whisper-base')
  expect(pick('tlh')).toBe('parakeet-v3')
})

test('the one that is named, whatever else is there', () => {
  expect(pick('de', 'whisper-base')).toBe('whisper-base')
  expect(() => pick(null, 'whisper-tiny')).toThrow('whisper-tiny is not here')
  expect(() => pick(null, 'speakers')).toThrow('speakers is not here')
  expect(() => pick(null, 'whisper')).toThrow('no model named whisper')
})

test('nothing where none is', () => {
  expect(pickSpeechModel({ folder: join(folder, 'none'), named: undefined, language: null })).toBeNull()
})
