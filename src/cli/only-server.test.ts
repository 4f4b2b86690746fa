import * as files from 'node:fs/promises'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { demandOnlyServer } from './only-server.ts'

vi.mock('node:fs/promises', { spy: true })

let database: Database
let folders: string[]
beforeAll(async () => {
  database = await temporaryDatabase()
  folders = await Promise.all(['one-', 'two-'].map((name) => mkdtemp(join(tmpdir(), name))))
})
afterAll(async () => {
  await database.close()
  for (const folder of folders) await rm(folder, { recursive: true })
})

const serve = (folder = '') => demandOnlyServer(database, folder, { patience: 0 })

it('lets one server work on a folder, and one on another', async () => {
  const [one, two] = folders
  const first = await serve(one)
  await expect(serve(one)).rejects.toMatchObject({ code: 'SERVER_RUNS', retry: 'later' })
  const other = await serve(two)
  await first[Symbol.asyncDispose]()
  await (await serve(one))[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

it('lets one of ten that start at once work', async () => {
  const tried = await Promise.allSettled(Array.from({ length: 10 }, () => serve(folders[0])))
  const began = tried.filter((each) => each.status === 'fulfilled')
  expect(began).toHaveLength(1)
  for (const each of began) await each.value[Symbol.asyncDispose]()
})

it('knows a folder also where a file system has no links', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'three-'))
  folders.push(folder)
  const refusal = Object.assign(new Error('operation not permitted, link'), { code: 'EPERM' })
  vi.mocked(files.link).mockRejectedValueOnce(refusal).mockRejectedValueOnce(refusal)
  const first = await serve(folder)
  await expect(serve(folder)).rejects.toMatchObject({ code: 'SERVER_RUNS' })
  await first[Symbol.asyncDispose]()
  expect(await readdir(folder)).toEqual(['folder-id'])
})
