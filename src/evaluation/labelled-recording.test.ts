import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findSets } from './find-sets.ts'
import { readLabelledSet, segmentsOf } from './labelled-recording.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-labelled-'))
})
afterAll(() => rm(folder, { recursive: true }))

const least = { id: 'a', duration: 60, segments: [{ start: 0, end: 5, text: 'Hello.' }] }
const whole = JSON.stringify(least)

async function read(text: string) {
  const path = join(folder, 'set.jsonl')
  await writeFile(path, text)
  return readLabelledSet(path)
}

it('reads what is there, and has empty lists for what is not', async () => {
  const [recording] = await read(`${whole}\r\n\n`)
  const nothing = { labels: [], queries: [], chapters: [], events: [], show: '', domain: '' }
  expect(recording).toEqual({ ...least, ...nothing, mode: 'highlights' })
  expect(recording && segmentsOf(recording)).toEqual([
    { start: 0, end: 5, text: 'Hello.', ordinal: 0, speaker: null, words: [] },
  ])
})

it.each([
  ['nothing', '', 'it is empty'],
  ['blank lines', '\n\n', 'it is empty'],
  ['what is no JSON', `${whole}\n{"id":`, 'line 2 is not JSON'],
  ['a list', '[]', 'line 1 is no labelled recording (all of it'],
  ['a length below nothing', JSON.stringify({ ...least, duration: -1 }), 'duration'],
  ['times that are words', JSON.stringify({ ...least, labels: [{ start: 'one', end: 2 }] }), 'labels.0.start'],
  ['a weight of nothing', JSON.stringify({ ...least, labels: [{ start: 1, end: 2, weight: 0 }] }), 'labels.0.weight'],
  ['one recording twice', `${whole}\n${whole}`, 'a is in it twice'],
])('refuses %s', async (_, text, problem) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'EVALUATION_DATA_UNREADABLE',
    message: expect.stringContaining(problem),
  })
})

it('finds the sets of a folder, and says when there are none', async () => {
  await writeFile(join(folder, 'one.jsonl'), whole)
  await writeFile(join(folder, 'notes.txt'), 'x')
  const sets = await findSets(folder)
  expect(sets.map(({ name }) => name)).toContain('one')
  expect(sets.map(({ name }) => name)).not.toContain('notes.txt')
  expect(await findSets(join(folder, 'one.jsonl'))).toEqual([{ name: 'one', path: join(folder, 'one.jsonl') }])
  const above = await mkdtemp(join(folder, 'above-'))
  await mkdir(join(above, 'dev'))
  await writeFile(join(above, 'dev', 'two.jsonl'), whole)
  expect(await findSets(above)).toEqual([{ name: 'two', path: join(above, 'dev', 'two.jsonl') }])
  const empty = await mkdtemp(join(folder, 'empty-'))
  for (const path of [empty, join(folder, 'absent')]) {
    await expect(findSets(path)).rejects.toMatchObject({ code: 'EVALUATION_DATA_UNREADABLE' })
  }
})
