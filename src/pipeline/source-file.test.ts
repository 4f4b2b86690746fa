import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mediaInfoOf } from '../../test/support/media-info.ts'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { saveFileHash } from '../library/file-hashes.store.ts'
import { sha256OfFile } from '../media/sha256-of-file.ts'
import { identifyFile, readSource } from './source-file.ts'

let database: Database
let folder: string
let path: string
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-source-'))
  path = join(folder, 'talk.mp4')
  await writeFile(path, 'recording')
  return () => rm(folder, { recursive: true })
})

async function read<T>(work: (path: string) => Promise<T>): Promise<T> {
  const contentHash = await sha256OfFile(path)
  await saveFileHash(database.kysely, await identifyFile(path), contentHash)
  const info = mediaInfoOf(10)
  return readSource(
    database.kysely,
    { id: 'some', title: 'talk', path, contentHash, sizeBytes: 9, duration: 10, info },
    work,
  )
}

it('gives the path, and what was read', async () => {
  expect(await read(async (at) => `read ${at}`)).toBe(`read ${path}`)
})

it('keeps nothing of a file that changed or went while it was read', async () => {
  await expect(read(() => writeFile(path, 'another'))).rejects.toMatchObject({ code: 'RECORDING_CHANGED' })
  await expect(read(() => rm(path))).rejects.toMatchObject({ code: 'RECORDING_MOVED' })
})

it('names the file as the reason when reading fails because of it', async () => {
  const failing = async () => {
    await rm(path)
    throw new Error('ffmpeg could not finish')
  }
  await expect(read(failing)).rejects.toMatchObject({ code: 'RECORDING_MOVED' })
})

it('leaves other failures as they are', async () => {
  await expect(read(() => Promise.reject(new Error('ffmpeg could not finish')))).rejects.toThrow('ffmpeg could not')
})
