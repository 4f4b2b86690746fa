import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installedModels, recordFile } from '../../models/installed-models.ts'
import { knownModel, knownModels } from '../../models/model-manifest.ts'
import { checkModels } from './check-models.ts'
import { describeProgress } from './model-progress.ts'
import { modelRows, modelTable, sayBytes } from './model-table.ts'

const program = fileURLToPath(new URL('../../entry/cli.ts', import.meta.url))
let data: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'clipwright-models-cli-'))
})
afterAll(() => rm(data, { recursive: true }))

const run = (...args: string[]) =>
  execa(process.execPath, [program, 'models', ...args, '--data', data], {
    reject: false,
    stdin: 'ignore',
    env: { LOCAL_MODEL: '' },
  })

/** A model whose files are there, and hold nothing of use. */
async function pretend(folder: string, name: string): Promise<void> {
  const entry = knownModel(name)
  await mkdir(join(folder, name), { recursive: true })
  const files = Object.values(entry.files)
  for (const file of files) await writeFile(join(folder, name, file), 'x')
  const sizes = Object.fromEntries(files.map((file) => [file, 1]))
  const record = { version: 1, name, sha256: {}, verified: true, sizes, from: 'a test', at: '2026-11-22' }
  await writeFile(join(folder, name, recordFile), JSON.stringify(record))
}

describe('clipwright models', () => {
  test('list --json has every model with where it comes from', async () => {
    const { stdout, exitCode } = await run('list', '--json')
    const { models } = JSON.parse(stdout) as { models: { name: string; state: string; urls: string[] }[] }
    expect(exitCode).toBe(0)
    expect(models.map(({ name }) => name)).toEqual(knownModels().map(({ name }) => name))
    expect(models.every(({ state, urls }) => state === 'not here' && urls.length > 0)).toBe(true)
  })

  test('a face model that is another one is refused, and nothing is kept', async () => {
    const path = join(data, 'face_detection_yunet_2023mar.onnx')
    await writeFile(path, 'not a model')
    const { stderr, exitCode } = await run('import', path)
    expect(stderr).toContain('[MODEL_CHANGED]')
    expect(exitCode).toBe(5)
    expect(installedModels(join(data, 'models'))).toEqual([])
  })

  test('what nobody can verify is asked for first, also when nobody is there to answer', async () => {
    const { stderr, exitCode } = await run('download', 'punctuation-en')
    expect(stderr).toContain('[MODEL_UNVERIFIED]')
    expect(stderr).toContain('--yes')
    expect(exitCode).toBe(2)
  })

  test('a name that is none, and none at all', async () => {
    expect((await run('remove', 'nothing')).stderr).toContain('[MODEL_UNKNOWN]')
    expect((await run('download')).stderr).toContain('The name of the model is missing.')
  })
})

test('the table marks what is here, what is used, and what is damaged', async () => {
  const folder = join(data, 'models-of-table')
  await pretend(folder, 'whisper-base')
  await pretend(folder, 'parakeet-v2')
  await rm(join(folder, 'parakeet-v2', 'tokens.txt'))
  const rows = modelRows(knownModels(), { there: installedModels(folder), named: undefined })
  expect(rows.filter(({ inUse }) => inUse).map(({ name }) => name)).toEqual(['whisper-base'])
  const table = modelTable(rows)
  expect(table).toMatch(/✓ +│ whisper-base \*/)
  expect(table).toContain('damaged: its file tokens.txt is missing')
  expect(table).toMatch(/punctuation-en.*no published checksum/)
})

test('doctor says which model hears, and how to mend one', async () => {
  const folder = join(data, 'of-doctor')
  const check = (LOCAL_MODEL?: string) => checkModels({ folder, settings: { LOCAL_MODEL } })
  expect(check()).toEqual([expect.objectContaining({ status: 'ok', found: expect.stringMatching(/^none/) })])
  expect(check('whisper-tiny')[0]).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('download whisper-tiny'),
  })
  await pretend(join(folder, 'models'), 'whisper-tiny')
  await pretend(join(folder, 'models'), 'parakeet-v3')
  expect(check()[0]).toMatchObject({ status: 'ok', found: expect.stringContaining('parakeet-v3') })
  expect(check('whisper-tiny')[0]?.found).toMatch(/^whisper-tiny, .*also here: parakeet-v3$/)
  await writeFile(join(folder, 'models', 'parakeet-v3', 'tokens.txt'), 'longer now')
  expect(check()[0]).toMatchObject({
    name: 'model parakeet-v3',
    status: 'warn',
    found: 'its file tokens.txt has changed',
  })
})

test('progress in words', () => {
  const pace = { bytesPerSecond: 12e6, secondsLeft: 23.2 }
  const progress = { phase: 'downloading', fraction: 0.434, receivedBytes: 209e6, totalBytes: 487e6, ...pace } as const
  expect(describeProgress('parakeet-v3', progress)).toBe(
    'parakeet-v3: downloading 43 %, 209 MB of 487 MB, 12 MB/s, 24 s left',
  )
  const unknown = { ...progress, fraction: null, totalBytes: null, bytesPerSecond: null, secondsLeft: null }
  expect(describeProgress('x', unknown)).toBe('x: downloading, 209 MB')
  expect([999, 1234, 5.4e6, 1.26e9].map(sayBytes)).toEqual(['1 kB', '1 kB', '5 MB', '1.3 GB'])
})
