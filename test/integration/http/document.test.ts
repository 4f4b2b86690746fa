import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerChecker } from '../../support/answers-as-documented.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

interface Operation {
  summary?: string
  tags?: string[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

const operations = (): [string, Operation][] => {
  const { paths } = test.app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  )
}

it('is OpenAPI 3.1', async () => {
  const response = await test.app.inject({ url: '/api/docs/json' })
  expect(await new Validator().validate(response.json())).toMatchObject({ valid: true })
  expect(response.json()).toMatchObject({ openapi: '3.1.0' })
})

it('says of every route what it is for, in which group, and how it refuses', () => {
  expect(operations().length).toBeGreaterThan(10)
  const lacking = operations().filter(
    ([, { summary, tags, responses }]) =>
      !summary?.trim() || tags?.length !== 1 || !responses['4XX']?.content?.['application/problem+json'],
  )
  expect(lacking.map(([name]) => name)).toEqual([])
})

it.each([
  ['a wrong type', { statusCode: 202, body: '{"id":7}' }],
  ['too little', { statusCode: 202, body: '{}' }],
  ['too much', { statusCode: 202, body: '{"id":"00000000-0000-4000-8000-000000000000","secret":1}' }],
  ['another status', { statusCode: 200, body: '{"id":"00000000-0000-4000-8000-000000000000"}' }],
  ['an error that is no problem', { statusCode: 404, body: '{"error":"no"}' }, 'application/problem+json'],
  ['an error of another type', { statusCode: 404, body: '{"error":"no"}' }],
])('lets no test pass with %s', (_, { statusCode, body }, type = 'application/json') => {
  const check = answerChecker(test.app)
  const exchange = {
    method: 'POST',
    path: '/api/v1/runs',
    response: { statusCode, body, headers: { 'content-type': type } },
  }
  expect(() => check(exchange)).toThrow('documented')
})

it('lets pass what is as documented', () => {
  const response = {
    statusCode: 202,
    body: '{"id":"00000000-0000-4000-8000-000000000000"}',
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }
  expect(() => answerChecker(test.app)({ method: 'POST', path: '/api/v1/runs', response })).not.toThrow()
})
