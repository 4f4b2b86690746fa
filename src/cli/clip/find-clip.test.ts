import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newRendering, storedSamples } from '../../../test/support/stored-samples.ts'
import { temporaryDatabase } from '../../../test/support/temporary-database.ts'
import type { Database } from '../../database/connect.ts'
import { ClipNotFound } from '../../library/clip-history.store.ts'
import { saveClipVersion, setRendering } from '../../library/clips.store.ts'
import { getMoment } from '../../library/moments.store.ts'
import { saveRendering } from '../../library/renderings.store.ts'
import { getRun, pinToRun } from '../../library/runs.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { findClip } from './find-clip.ts'

let database: Database
let runId: string
let momentIds: string[]
let folder: string

beforeAll(async () => {
  database = await temporaryDatabase()
  const samples = storedSamples(database)
  const detection = await samples.newDetection([{}, { start: 30, end: 44 }])
  runId = await samples.newRun()
  const run = await getRun(database.kysely, runId)
  await pinToRun(database.kysely, run, { recordingId: detection.recordingId, detectionId: detection.id })
  const moments = await Promise.all([1, 2].map((rank) => getMoment(database.kysely, detection.id, rank)))
  momentIds = moments.map(({ id }) => id)
  const versionId = await database.kysely.transaction().execute((tx) =>
    saveClipVersion(tx, {
      recordingId: detection.recordingId,
      momentId: momentIds[0] ?? '',
      span: { start: 10, end: 20 },
      title: 'Then',
      edit: { ranges: [{ start: 10, end: 20 }] },
      style: { aspect: '9:16', captions: 'pop' },
      framing: { aspect: '9:16', scenes: [] },
      contentHash: 'a',
      by: 'cli',
    }),
  )
  const bytes = join(await mkdtemp(join(tmpdir(), 'clipwright-find-')), 'clip.mp4')
  await writeFile(bytes, 'the bytes of a clip')
  const rendering = newRendering({ sha256: await sha256OfFile(bytes) })
  await rm(join(bytes, '..'), { recursive: true })
  await saveRendering(database.kysely, rendering)
  await setRendering(database.kysely, versionId, rendering.key)
})
afterAll(() => database.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-clips-'))
  await writeFile(join(folder, '01-then.mp4'), 'the bytes of a clip')
  await writeDocument({ run: { id: runId }, moments: [clip(1, '01-then'), clip(2, '02-now')] })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const clip = (rank: number, stem: string) => ({
  rank,
  clip: { file: `${stem}.mp4`, thumbnail: `${stem}.jpg`, srt: null, vtt: `${stem}.vtt` },
})
const writeDocument = (document: unknown) => writeFile(join(folder, 'moments.json'), JSON.stringify(document))
const rankOf = async (name: string) => (await findClip(database.kysely, name)).rank

describe('a clip is found', () => {
  test('by its file, also one that is gone, and by what lies beside it', async () => {
    expect(await rankOf(join(folder, '01-then.mp4'))).toBe(1)
    expect(await rankOf(join(folder, '02-now.mp4'))).toBe(2)
    expect(await rankOf(join(folder, '02-now.vtt'))).toBe(2)
    expect(await rankOf(join(folder, '01-then.jpg'))).toBe(1)
  })

  test('by run or folder, and rank', async () => {
    expect(await rankOf(`${runId}#2`)).toBe(2)
    expect(await rankOf(`${folder}#1`)).toBe(1)
    expect(await rankOf(`${folder}/#2`)).toBe(2)
  })

  test('by its content, wherever it went and whatever it is called', async () => {
    await mkdir(join(folder, 'best'))
    const moved = join(folder, 'best', 'the one #7.mp4')
    await rename(join(folder, '01-then.mp4'), moved)
    expect(await findClip(database.kysely, moved)).toMatchObject({ rank: 1, momentId: momentIds[0] })
  })

  test('by its content when the document beside it is of another library', async () => {
    await writeDocument({ run: { id: '00000000-0000-4000-8000-000000000000' }, moments: [clip(2, '01-then')] })
    expect(await rankOf(join(folder, '01-then.mp4'))).toBe(1)
  })
})

test.each([
  ['a file that is not there', () => join(folder, '03-never.mp4')],
  ['a file of somebody else', () => join(folder, 'moments.json')],
  ['a folder', () => folder],
  ['a rank that there is not', () => `${folder}#3`],
  ['rank 0', () => `${folder}#0`],
  ['a run that there is not', () => '00000000-0000-4000-8000-000000000000#1'],
  ['nothing', () => ''],
  ['a name with a line break', () => `${runId}\n#1`],
])('%s is not found', async (_, name) => {
  await expect(findClip(database.kysely, name())).rejects.toThrow(ClipNotFound)
})

test.each([
  ['no JSON', '{'],
  ['something else', '[]'],
  ['a run that is no id', JSON.stringify({ run: { id: "'; drop table runs" }, moments: [] })],
])('a document that is %s is not believed', async (_, text) => {
  await writeFile(join(folder, 'moments.json'), text)
  await expect(findClip(database.kysely, join(folder, '02-now.mp4'))).rejects.toThrow(ClipNotFound)
  expect(await rankOf(join(folder, '01-then.mp4'))).toBe(1)
})
