import { afterAll, beforeAll, expect, it } from 'vitest'
import { runChoices } from '../../../src/http/runs/run-choices.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

interface Choice {
  name: string
  meaning: string
  picture?: string | null
}

it('tells all that a run can be asked, in words', async () => {
  const styles = (await test.app.inject({ url: '/api/v1/styles' })).json<Record<string, Choice[]>>()
  const names = (group: string) => (styles[group] ?? []).map(({ name }) => name)
  expect(names('captions')).toEqual(runChoices.shape.captions.unwrap().options)
  expect(names('aspects')).toEqual(runChoices.shape.aspect.unwrap().options)
  expect(names('platforms')).toEqual(runChoices.shape.platform.unwrap().options)
  expect(names('modes')).toEqual(runChoices.shape.mode.unwrap().options)
  for (const group of ['captions', 'aspects', 'modes', 'audiograms', 'tighten', 'sound'])
    for (const { meaning } of styles[group] ?? []) expect(meaning).toMatch(/^\p{Lu}.{10,80}\.$/u)
})

it('shows what captions look like', async () => {
  const { captions } = (await test.app.inject({ url: '/api/v1/styles' })).json<{ captions: Choice[] }>()
  const pictures = captions.flatMap(({ picture }) => picture ?? [])
  expect(pictures).toHaveLength(captions.length - 1)
  for (const url of pictures) {
    const { statusCode, headers, rawPayload } = await test.app.inject({ url })
    expect([statusCode, headers['content-type'], rawPayload.subarray(0, 2).toString('hex')]).toEqual([
      200,
      'image/jpeg',
      'ffd8',
    ])
  }
  expect((await test.app.inject({ url: '/api/v1/styles/captions/none.jpg' })).statusCode).toBe(400)
})
