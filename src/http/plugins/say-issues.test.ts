import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sayIssues } from './say-issues.ts'

const schema = z.strictObject({
  what: z.union([
    z.strictObject({ find: z.string(), version: z.int().optional() }),
    z.strictObject({ speaker: z.string(), name: z.string(), version: z.int().optional() }),
  ]),
})

/** As the validator of the server gives them. */
function issuesOf(value: unknown) {
  const { issues = [] } = schema.safeParse(value).error ?? {}
  return sayIssues(
    issues.map(({ path, message, ...params }) => ({ instancePath: `/${path.join('/')}`, message, params })),
  )
}

describe('what can have several forms', () => {
  it('is told by the one it is nearest to', () => {
    expect(issuesOf({ what: { find: 7 } })).toEqual([
      { path: '/what/find', message: expect.stringContaining('string') },
    ])
    expect(issuesOf({ what: { speaker: 'A', name: 7 } }).map(({ path }) => path)).toEqual(['/what/name'])
  })

  it('names a field that none of them has, and not one that another has', () => {
    expect(JSON.stringify(issuesOf({ what: { find: 'a', colour: 'red' } }))).toContain('colour')
    expect(
      issuesOf({ what: { find: 7, colour: 'red' } })
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['/what/colour', '/what/find'])
    expect(issuesOf({ what: { colour: 'red' } })[0]).toEqual({
      path: '/what/colour',
      message: 'Nobody knows the field “colour”.',
    })
    expect(issuesOf({ what: { find: 'a', name: 'b' } })).not.toEqual([])
  })

  it('may be none of them', () => {
    expect(issuesOf({ what: null }).map(({ path }) => path)).toEqual(['/what/'])
    expect(issuesOf({})).not.toEqual([])
  })
})

it('leaves what is plain as it is', () => {
  expect(sayIssues([{ instancePath: '/count', message: 'too big' }, { instancePath: '/' }])).toEqual([
    { path: '/count', message: 'too big' },
    { path: '/', message: 'is not valid' },
  ])
})
