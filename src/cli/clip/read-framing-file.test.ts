import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFramingFile } from './read-framing-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-framing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(text: string) {
  const path = join(folder, 'framing.json')
  await writeFile(path, text)
  return readFramingFile(path)
}

const refusal = (text: string) =>
  read(text).then(
    () => 'taken',
    (error: Error) => error.message,
  )

test('reads what the guide shows, also with the mark that Windows editors put first', async () => {
  const file = { schema: 'clipwright.framing/1', scenes: [{ start: 1, end: 2.5, look: 'at', x: 0.3 }] }
  expect(await read(JSON.stringify(file))).toEqual(file.scenes)
  expect(await read(`\uFEFF${JSON.stringify(file)}`)).toEqual(file.scenes)
})

test('says which scene and which field', async () => {
  const scenes = [
    { start: 1, end: 2, look: 'fit' },
    { start: 3, end: 4, look: 'at', x: 7 },
  ]
  expect(await refusal(JSON.stringify({ schema: 'clipwright.framing/1', scenes }))).toContain(
    'scene 2, x: must be 0 to 1',
  )
})

test('names a few problems, not thousands', async () => {
  const scenes = Array.from({ length: 900 }, () => ({ start: 3, end: 1, look: 'fit' }))
  const message = await refusal(JSON.stringify({ schema: 'clipwright.framing/1', scenes }))
  expect(message).toMatch(/and \d+ more/)
  expect(message.length).toBeLessThan(1000)
})

test.each([
  ['', 'not JSON'],
  ['{', 'not JSON'],
  ['[]', "can't be used"],
  ['{"schema":"clipwright.framing/2","scenes":[]}', 'schema'],
  ['{"schema":"clipwright.framing/1"}', 'scenes'],
])('refuses %s', async (text, problem) => {
  expect(await refusal(text)).toContain(problem)
})

test('a file that is not there, a folder, a huge one: one error, one code', async () => {
  await expect(readFramingFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'FRAMING_FILE_UNUSABLE' })
  await expect(readFramingFile(folder)).rejects.toMatchObject({ code: 'FRAMING_FILE_UNUSABLE' })
  expect(await refusal(' '.repeat(1_100_000))).toContain('larger than a megabyte')
})
