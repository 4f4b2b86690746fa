import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { storeClip } from '../../support/stored-clip.ts'
import { aHash, storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  test = await appForTest()
  samples = storedSamples(test.clipwright.database)
})
afterAll(() => test.close())

const db = () => test.clipwright.database.kysely
const get = (url: string) => test.app.inject({ url })
const remove = (id: string, query = '') =>
  test.app.inject({ method: 'DELETE', url: `/api/v1/recordings/${id}${query}` })
const ids = async (query: string) =>
  (await get(`/api/v1/recordings?limit=200&${query}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)

/** A run of the recording that is under way. */
async function beginOn(recordingId: string, changes: Parameters<typeof someRunSettings>[0] = {}): Promise<string> {
  const { runId } = await test.clipwright.beginRun(someRunSettings(changes))
  await sql`update runs set recording_id = ${recordingId} where id = ${runId}`.execute(db())
  return runId
}

const newClip = async () => {
  const { files, ...same } = await storeClip(test.clipwright)
  return { ...same, files: Object.values(files) }
}

describe('the list', () => {
  it('is filtered by time and state, and sorted', async () => {
    const [old, young] = [await samples.newRecording(), await samples.newRecording()]
    await sql`update recordings set created_at = '2020-05-01T10:00:00Z' where id = ${old}`.execute(db())
    expect(await ids('until=2020-06-01T00:00:00Z')).toEqual([old])
    expect(await ids('since=2020-05-01T10:00:00Z&until=2020-05-01T10:00:00.001Z')).toEqual([old])
    expect(await ids('since=2020-05-01T12:00:00%2B01:00')).not.toContain(old)
    expect((await ids('sort=oldest'))[0]).toBe(old)
    expect((await ids(''))[0]).toBe(young)
    const runId = await beginOn(young)
    expect(await ids('status=working')).toEqual([young])
    expect(await ids('status=done')).toEqual([])
    await test.clipwright.cancelRun(runId)
    expect(await ids('status=cancelled')).toEqual([young])
  })

  it('gives each once, page by page, also the oldest first', async () => {
    for (let i = 0; i < 3; i++) await samples.newRecording()
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const url: string = `/api/v1/recordings?limit=2&sort=oldest${cursor && `&cursor=${cursor}`}`
      const page = (await get(url)).json<{ items: { id: string }[]; next: string | null }>()
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(seen).toEqual((await ids('')).toReversed())
  })

  it('says how many there are, where that is cheap', async () => {
    const totalOf = async (query: string) =>
      (await get(`/api/v1/recordings?${query}`)).json<{ total: number | null; next: string | null }>()
    const all = (await ids('')).length
    const first = await totalOf('limit=1')
    expect(first.total).toBe(all)
    expect((await totalOf('limit=1&until=2020-06-01T00:00:00Z')).total).toBe(1)
    expect((await totalOf('text=there%20is%20none')).total).toBe(0)
    expect((await totalOf(`limit=1&cursor=${first.next}`)).total).toBeNull()
    expect((await totalOf('status=done')).total).toBeNull()
  })

  it.each(['since=yesterday', 'since=2020-02-31T00:00:00Z', 'sort=best', 'status=asleep', 'text=%00'])(
    'refuses %s',
    async (query) => {
      expect((await get(`/api/v1/recordings?${query}`)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    },
  )
})

describe('deleting a recording', () => {
  it('takes everything with it that was made of it, and nothing else', async () => {
    const [clip, other] = [await newClip(), await newClip()]
    expect((await remove(clip.recordingId)).statusCode).toBe(204)
    expect((await get(`/api/v1/recordings/${clip.recordingId}`)).statusCode).toBe(404)
    expect((await get(`/api/v1/renderings/${clip.key}.mp4`)).statusCode).toBe(404)
    expect(clip.files.filter(existsSync)).toEqual([])
    for (const table of ['clips', 'transcripts', 'detections', 'analyses'] as const) {
      const left = await db().selectFrom(table).select('id').where('recording_id', '=', clip.recordingId).execute()
      expect([table, left]).toEqual([table, []])
    }
    expect(await db().selectFrom('renderings').select('key').where('key', '=', clip.key).execute()).toEqual([])
    expect(other.files.filter(existsSync)).toHaveLength(4)
    expect((await get(`/api/v1/recordings/${other.recordingId}/clips`)).json().items).toHaveLength(1)
    expect((await remove(clip.recordingId)).json()).toMatchObject({ status: 404, code: 'RECORDING_NOT_FOUND' })
    const events = (await get('/api/v1/events?limit=500')).json().items
    expect(events.at(-1)).toMatchObject({ name: 'recording.deleted', data: { recordingId: clip.recordingId } })
  })

  it('keeps one that is worked on, unless its runs are to be ended', async () => {
    const recordingId = await samples.newRecording()
    const runId = await beginOn(recordingId)
    expect((await remove(recordingId)).json()).toMatchObject({ status: 409, code: 'RECORDING_IN_USE', retry: 'later' })
    expect((await get(`/api/v1/recordings/${recordingId}`)).statusCode).toBe(200)
    expect((await remove(recordingId, '?cancel=yes-please')).statusCode).toBe(400)
    expect((await remove(recordingId, '?cancel=true')).statusCode).toBe(204)
    expect((await get(`/api/v1/runs/${runId}`)).statusCode).toBe(404)
  })

  it('leaves a file where it is that a person named, and removes what is ours', async () => {
    const { dataFolder } = test.clipwright
    const place = async (...path: string[]) => {
      const file = join(dataFolder, ...path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, 'a recording')
      return file
    }
    const mine = await place('elsewhere', 'mine.mp4')
    const [download, beside] = [
      await place('downloads', 'lamp-1', 'lamp.mp4'),
      await place('downloads', 'lamp-1', 'lamp.en.vtt'),
    ]
    const [upload, shared] = [await place('uploads', `${aHash()}.mp4`), await place('uploads', `${aHash()}.srt`)]
    const stays = await place('uploads', `${aHash()}.mp4`)
    // Whoever could write a link into the folder could otherwise have anything removed.
    const link = join(dataFolder, 'uploads', 'link.mp4')
    await symlink(mine, link)
    for (const path of [mine, download, upload, link]) {
      const recordingId = await samples.newRecording({ contentHash: aHash(), path })
      if (path === upload) await test.clipwright.cancelRun(await beginOn(recordingId, { path, transcriptPath: shared }))
      if (path === upload) await samples.newRecording({ contentHash: aHash(), path: stays })
      if (path === upload) await test.clipwright.beginRun(someRunSettings({ path: stays, transcriptPath: shared }))
      expect((await remove(recordingId)).statusCode).toBe(204)
    }
    expect([download, beside, upload].filter(existsSync)).toEqual([])
    expect([mine, stays, shared].filter(existsSync)).toEqual([mine, stays, shared])
    expect(existsSync(link)).toBe(false)
  })
})
