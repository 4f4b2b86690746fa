import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import {
  getClipEdits,
  listClipEdits,
  restoreClipEdit,
  saveClipEdit,
  takeBackClipEdit,
} from '../../../src/library/clip-edits.store.ts'
import { storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let recordingId: string
beforeAll(async () => {
  database = await temporaryDatabase()
  recordingId = (await storedSamples(database).newDetection()).recordingId
})
afterAll(() => database.close())

const by = 'cli'
const span = { start: 10, end: 20 }
const titles = (edits: { changes: unknown }[]) => edits.map(({ changes }) => (changes as { title: string }).title)

describe('the edits of a clip', () => {
  it('are kept in full, the last one counts, and taking it back is no loss', async () => {
    const db = database.kysely
    await saveClipEdit(db, { recordingId, span, changes: { title: 'one' }, by })
    const id = await saveClipEdit(db, { recordingId, span, changes: { title: 'two' }, by })
    await saveClipEdit(db, { recordingId, span: { start: 30, end: 40 }, changes: { title: 'another' }, by })
    expect(titles(await getClipEdits(db, recordingId))).toEqual(['two', 'another'])
    expect(titles(await listClipEdits(db, { recordingId, span }))).toEqual(['one', 'two'])
    expect(await takeBackClipEdit(db, { id, by })).toBe(true)
    expect(await takeBackClipEdit(db, { id, by })).toBe(false)
    expect(titles(await getClipEdits(db, recordingId))).toEqual(['one', 'another'])
    await restoreClipEdit(db, { id, by })
    expect(titles(await listClipEdits(db, { recordingId, span }))).toEqual(['one', 'two'])
  })

  it.each([
    ['beyond the recording', { start: 10, end: 1e6 }],
    ['backwards', { start: 20, end: 10 }],
    ['before it', { start: -1, end: 10 }],
  ])('of a span %s are refused', async (_, nonsense) => {
    const saving = saveClipEdit(database.kysely, { recordingId, span: nonsense, changes: {}, by })
    await expect(saving).rejects.toMatchObject({ code: '23514' })
  })
})
