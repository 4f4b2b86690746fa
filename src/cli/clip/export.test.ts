import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeVideo } from '../../../test/support/make-media.ts'
import { sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { momentsDocumentSchema } from '../../pipeline/conclude/moments-document.ts'
import { writeMomentsDocument } from '../../pipeline/conclude/write-moments-document.ts'
import { runCommandLine } from '../command-line.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-command-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function say(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true)),
  ]
  const status = await runCommandLine(['node', 'clipwright', 'export', ...args])
  for (const spy of spies) spy.mockRestore()
  return { status, out, err }
}

async function clipsFolder(recording: string): Promise<string> {
  const place = await mkdtemp(join(folder, 'clips-'))
  const input = sampleMomentsInput(2)
  const document = writeMomentsDocument({ ...input, recording: { ...input.recording, path: recording } })
  await writeFile(join(place, 'moments.json'), JSON.stringify(document))
  return place
}

test('clips of an earlier run are written for editors, and the document names the files', async () => {
  const place = await clipsFolder(await makeVideo({ seconds: 2 }))
  const { status, out } = await say(place, '--format', 'edl,otio')
  expect(status).toBe(0)
  const names = (await readdir(place)).filter((name) => name !== 'moments.json')
  expect(names.filter((name) => name.endsWith('.edl'))).toHaveLength(3)
  expect(names.filter((name) => name.endsWith('.otio'))).toHaveLength(3)
  expect(names).toHaveLength(6)
  expect(out.trim().split('\n').toSorted()).toEqual(names.map((name) => join(place, name)).toSorted())
  const document = momentsDocumentSchema.parse(JSON.parse(await readFile(join(place, 'moments.json'), 'utf8')))
  expect(document.exports.toSorted()).toEqual(names.toSorted())
  // Another format is added to what is there.
  const json = await say(place, '--format', 'fcpxml', '--json')
  expect(JSON.parse(json.out).files).toHaveLength(3)
  expect(await readdir(place)).toHaveLength(10)
})

test('a recording that was moved is found where it is said to be', async () => {
  const place = await clipsFolder(join(folder, 'gone.mp4'))
  expect(await say(place, '--format', 'edl')).toMatchObject({ status: 4, err: expect.stringContaining('gone.mp4') })
  const path = await makeVideo({ seconds: 2 })
  expect((await say(place, '--format', 'edl', '--recording', path)).status).toBe(0)
})

test('what makes no sense is told, and nothing is written', async () => {
  const empty = await mkdtemp(join(folder, 'empty-'))
  expect(await say(empty)).toMatchObject({ status: 2, err: expect.stringContaining('There are no clips in') })
  const place = await clipsFolder(await makeVideo({ seconds: 2 }))
  expect(await say(place, '--format', 'edl,aaf')).toMatchObject({
    status: 2,
    err: expect.stringContaining('--format takes'),
  })
  expect(await say(place, '--format', '')).toMatchObject({ status: 2 })
  expect(await say()).toMatchObject({ status: 2, err: expect.stringContaining('The name of the folder is missing.') })
  expect(await readdir(empty)).toEqual([])
  expect(await readdir(place)).toEqual(['moments.json'])
})
