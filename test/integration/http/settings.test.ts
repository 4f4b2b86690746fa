import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { saveLibrarySetting } from '../../../src/library/library-settings.store.ts'
import { getRun } from '../../../src/library/runs.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterEach(async () => {
  await test.clipwright.database.kysely.deleteFrom('library_settings').execute()
})
afterAll(() => test.close())

interface Setting {
  name: string
  value: unknown
  from: string
  changedBy: string | null
}

const ask = async (method: 'GET' | 'PATCH' | 'DELETE', url = '/api/v1/settings', payload?: InjectOptions['payload']) =>
  test.app.inject({ method, url, ...(payload !== undefined && { payload }) })
const patch = (payload: Record<string, unknown>) => ask('PATCH', '/api/v1/settings', payload)
const settings = async () => {
  const { items } = (await ask('GET')).json<{ items: Setting[] }>()
  return Object.fromEntries(items.map(({ name, value, from }) => [name, [value, from]]))
}

describe('defaults of the library', () => {
  it('are as usual until somebody changes them', async () => {
    expect(await settings()).toMatchObject({
      count: [8, 'usual'],
      aspect: ['9:16', 'usual'],
      minSeconds: [15, 'usual'],
      maxSeconds: [60, 'usual'],
      platform: [null, 'usual'],
    })
  })

  it('are changed, seen at once, and taken back', async () => {
    const changed = await patch({ count: 3, captions: 'karaoke', platform: 'tiktok' })
    expect(changed.statusCode).toBe(200)
    expect(await settings()).toMatchObject({
      count: [3, 'library'],
      captions: ['karaoke', 'library'],
      // What a platform sets is in force, too.
      maxSeconds: [35, 'usual'],
    })
    expect((await patch({ captions: null })).statusCode).toBe(200)
    expect((await ask('DELETE', '/api/v1/settings/count')).statusCode).toBe(200)
    expect((await ask('DELETE', '/api/v1/settings/count')).statusCode).toBe(200)
    expect(await settings()).toMatchObject({
      count: [8, 'usual'],
      captions: ['pop', 'usual'],
      platform: ['tiktok', 'library'],
    })
  })

  it.each([
    ['a name nobody knows', { colour: 'red' }, 'colour'],
    ['a value that is none', { captions: 'comic' }, 'captions'],
    ['too many', { count: 101 }, 'count'],
    ['lengths the wrong way round', { minSeconds: 50, maxSeconds: 20 }, 'minSeconds'],
    ['more than the platform takes', { platform: 'x', maxSeconds: 200 }, 'maxSeconds'],
    ['nothing', {}, ''],
    ['a question, which no run shares with others', { mode: 'query' }, 'mode'],
  ])('refuse %s, and change nothing', async (_, body, field) => {
    const response = await patch({ ...body })
    expect(response.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    expect(JSON.stringify(response.json().issues)).toContain(field)
    expect((await ask('GET')).json().items.filter(({ from }: Setting) => from === 'library')).toEqual([])
  })

  it('refuse what does not go with what is stored', async () => {
    await patch({ maxSeconds: 20 })
    expect((await patch({ minSeconds: 50 })).statusCode).toBe(400)
    expect(await settings()).toMatchObject({ minSeconds: [expect.any(Number), 'usual'], maxSeconds: [20, 'library'] })
  })

  it('pass over what an older version stored', async () => {
    const db = test.clipwright.database.kysely
    await saveLibrarySetting(db, { name: 'captions', value: 'sparkle', by: 'test' })
    await saveLibrarySetting(db, { name: 'gone', value: 1, by: 'test' })
    expect(await settings()).toMatchObject({ captions: ['pop', 'usual'] })
  })

  it('hold for runs, as far as those do not say otherwise', async () => {
    const path = join(test.clipwright.dataFolder, 'talk.mp4')
    await writeFile(path, 'a recording')
    await patch({ count: 3, captions: 'box', minSeconds: 30, maxSeconds: 90, denoise: true, tighten: ['fillers'] })
    const begin = async (asked: object) => {
      const response = await test.app.inject({ method: 'POST', url: '/api/v1/runs', payload: { path, ...asked } })
      expect(response.statusCode).toBe(202)
      return (await getRun(test.clipwright.database.kysely, response.json().id)).settings
    }
    expect(await begin({})).toMatchObject({
      mode: 'highlights',
      count: 3,
      captions: 'box',
      aspect: '9:16',
      minSeconds: 30,
      maxSeconds: 90,
      denoise: true,
      tighten: ['fillers'],
    })
    const asked = await begin({ count: 5, denoise: false, tighten: [], maxSeconds: 20, query: 'bread' })
    expect(asked).toMatchObject({ mode: 'query', query: 'bread', count: 5, captions: 'box', maxSeconds: 20 })
    expect(asked).not.toHaveProperty('denoise')
    expect(asked).not.toHaveProperty('tighten')
    expect((asked as { minSeconds: number }).minSeconds).toBeLessThanOrEqual(20)
    expect(await begin({ platform: 'shorts' })).toMatchObject({ platform: 'shorts', minSeconds: 12, maxSeconds: 60 })
  })

  it('are changed one after the other when two come at once', async () => {
    const answers = await Promise.all([patch({ minSeconds: 50 }), patch({ maxSeconds: 20 })])
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 400])
  })
})

it('tells what the server was started with, and no secrets', async () => {
  const { items } = (await ask('GET', '/api/v1/settings/server')).json<{ items: (Setting & { isSecret: boolean })[] }>()
  expect(items.find(({ name }) => name === 'PORT')).toMatchObject({ value: 4000 })
  const secrets = items.filter(({ isSecret }) => isSecret)
  expect(secrets.length).toBeGreaterThan(3)
  expect(secrets.every(({ value }) => value === null)).toBe(true)
})
