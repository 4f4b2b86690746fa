import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import { getClipVersion, saveClipVersion, setRendering } from '../../../src/library/clips.store.ts'
import { getMoment } from '../../../src/library/moments.store.ts'
import { findRendering, saveRendering } from '../../../src/library/renderings.store.ts'
import { aHash, newRendering, storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())

describe('a clip', () => {
  const edit = { ranges: [{ start: 10, end: 20 }] }
  const style = { aspect: '9:16', captions: 'pop' } as const
  const framing = { aspect: '9:16', scenes: [] } as const

  async function saveVersion(
    from: { id: string; recordingId: string },
    change: { contentHash?: string; edit?: typeof edit; span?: { start: number; end: number } } = {},
  ): Promise<string> {
    const { id: momentId } = await getMoment(database.kysely, from.id, 1)
    const facts = { edit, style, framing: { ...framing, scenes: [] }, contentHash: 'a', title: 'Then', by: 'cli' }
    const { recordingId } = from
    const span = { start: 10, end: 20 }
    return database.kysely
      .transaction()
      .execute((tx) => saveClipVersion(tx, { ...facts, recordingId, momentId, span, ...change }))
  }

  it('has versions: another look or edit is another one, the same is the same, another moment is another clip', async () => {
    const from = await samples.newDetection()
    const [first, second] = [await saveVersion(from), await saveVersion(from, { contentHash: 'b' })]
    expect(await saveVersion(from)).toBe(first)
    const edited = await saveVersion(from, { contentHash: 'c', edit: { ranges: [{ start: 11, end: 20 }] } })
    const other = await saveVersion(from, { span: { start: 11, end: 20 } })
    const [one, two, three, four] = await Promise.all(
      [first, second, edited, other].map((id) => getClipVersion(database.kysely, id)),
    )
    expect([one?.version, two?.version, three?.version, four?.version]).toEqual([1, 2, 3, 1])
    expect(new Set([one?.clipId, two?.clipId, three?.clipId]).size).toBe(1)
    expect(four?.clipId).not.toBe(one?.clipId)
    expect(one).toMatchObject({ edit, style, renderingKey: null })
  })

  it('knows its rendering, and lives on without it', async () => {
    const id = await saveVersion(await samples.newDetection())
    const rendering = newRendering()
    await saveRendering(database.kysely, rendering)
    await setRendering(database.kysely, id, rendering.key)
    expect((await getClipVersion(database.kysely, id)).renderingKey).toBe(rendering.key)
    await sql`delete from renderings where key = ${rendering.key}`.execute(database.kysely)
    expect((await getClipVersion(database.kysely, id)).renderingKey).toBeNull()
  })

  it('can not name a rendering that is not there', async () => {
    const id = await saveVersion(await samples.newDetection())
    await expect(setRendering(database.kysely, id, aHash())).rejects.toMatchObject({ code: '23503' })
  })
})

describe('a rendering', () => {
  it('made again takes the place of the older one', async () => {
    const first = newRendering()
    await saveRendering(database.kysely, first)
    expect(await findRendering(database.kysely, first.key)).toEqual(first)
    const again = { ...first, sizeBytes: 4e9, report: { loudness: null } }
    await saveRendering(database.kysely, again)
    expect(await findRendering(database.kysely, first.key)).toEqual(again)
    expect(await findRendering(database.kysely, aHash())).toBeNull()
  })

  it.each([
    ['an empty file', { sizeBytes: 0 }],
    ['no length', { duration: 0 }],
    ['no width', { width: 0 }],
    ['a key that is no hash', { key: 'clip' }],
    ['a checksum that is none', { sha256: '' }],
  ])('of %s is refused', async (_, nonsense) => {
    await expect(saveRendering(database.kysely, newRendering(nonsense))).rejects.toMatchObject({ code: '23514' })
  })
})
