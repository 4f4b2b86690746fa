import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEditsFile } from './read-edits-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-edits-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(content: unknown) {
  const path = join(folder, 'edits.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readEditsFile(path)
}

const file = (...clips: unknown[]) => ({ schema: 'clipwright.edits/1', clips })

describe('an edits file', () => {
  it('says what is changed about which clip', async () => {
    const clip = {
      start: 12.5,
      end: 40,
      ranges: [
        { start: 30, end: 40 },
        { start: 12.5, end: 20 },
      ],
      remove: ['you know', { start: 31, end: 31.5 }],
      keep: ['um#2'],
      replace: [{ from: 'Jon', to: 'John' }],
      framing: [{ look: 'fit', start: 12, end: 20 }],
      title: 'The night',
      tighten: ['silences'],
      zoom: null,
    }
    expect(await read(file(clip))).toEqual([clip])
  })

  it.each([
    ['not JSON', 'ranges: 1-2', 'it is not JSON'],
    ['another file', { schema: 'clipwright.framing/1', clips: [] }, /schema: .*clipwright\.edits\/1/],
    ['no place', file({ title: 'x' }), /clip 1, start: /],
    ['an end before its start', file({ start: 5, end: 4 }), /clip 1: must end after it starts/],
    [
      'a range backwards',
      file({
        start: 0,
        end: 4,
        ranges: [
          { start: 1, end: 2 },
          { start: 3, end: 3 },
        ],
      }),
      /clip 1, range 2: must end after it starts/,
    ],
    ['no range at all', file({ start: 0, end: 4, ranges: [] }), /clip 1, ranges: /],
    ['a misspelt field', file({ start: 0, end: 4, titel: 'x' }), /clip 1: .*titel/],
    [
      'ten thousand ranges',
      file({ start: 0, end: 4, ranges: Array.from({ length: 10_000 }, (_, i) => ({ start: i, end: i + 1 })) }),
      /clip 1, ranges: .*1000/,
    ],
    ['a negative time', file({ start: -1, end: 4 }), /clip 1, start: /],
    ['an unknown kind', file({ start: 0, end: 4, tighten: ['coughs'] }), /clip 1, tighten/],
  ])('with %s is refused', async (_, content, problem) => {
    const refusal = await read(content).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'EDITS_FILE_UNUSABLE', message: expect.stringMatching(problem) as string })
  })

  it('that is not there is refused', async () => {
    await expect(readEditsFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'EDITS_FILE_UNUSABLE' })
  })
})
