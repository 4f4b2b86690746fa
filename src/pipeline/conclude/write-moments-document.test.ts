import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sampleFailedMoment, sampleMoment, sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { momentsDocumentSchema } from './moments-document.ts'
import { writeMomentsDocument } from './write-moments-document.ts'

test('the document survives JSON and its own schema', () => {
  const document = writeMomentsDocument(sampleMomentsInput())
  expect(document.schema).toBe('clipwright.moments/1')
  expect(momentsDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
})

test('the same input in another order gives the same bytes', () => {
  const input = sampleMomentsInput()
  const first = input.moments[0]
  if (first === undefined) throw new Error('the sample has moments')
  const turned = {
    ...input,
    moments: input.moments.toReversed().map(({ moment, clip }) => ({
      moment: { ...moment, features: Object.fromEntries(Object.entries(moment.features).toReversed()) },
      clip,
    })),
  }
  expect(JSON.stringify(writeMomentsDocument(turned))).toBe(JSON.stringify(writeMomentsDocument(input)))
})

test('times are whole milliseconds, loudness a tenth of a LUFS', () => {
  const input = sampleMomentsInput(1)
  const { moment, clip } = sampleMoment(0)
  if (clip.status !== 'done') throw new Error('the sample is done')
  input.moments = [{ moment: { ...moment, start: 1.00049 }, clip: { ...clip, loudness: -14.04999 } }]
  const [written] = writeMomentsDocument(input).moments
  expect(written?.start).toBe(1)
  expect(written?.clip).toMatchObject({ loudness: -14, sha256: null, error: null })
})

test('a failed clip has its error and no file', () => {
  const input = sampleMomentsInput(1)
  input.moments = [sampleFailedMoment(0)]
  const [failed] = writeMomentsDocument(input).moments
  expect(failed?.clip).toMatchObject({
    status: 'failed',
    file: null,
    error: { code: 'FFMPEG_FAILED', evidence: { exitCode: 187 } },
  })
})

test('nonsense is not written down', () => {
  const input = sampleMomentsInput(1)
  const first = sampleMoment(0)
  input.moments = [{ ...first, moment: { ...first.moment, score: 1.7 } }]
  expect(() => writeMomentsDocument(input)).toThrow(z.ZodError)
  expect(() =>
    writeMomentsDocument({ ...sampleMomentsInput(), run: { ...sampleMomentsInput().run, count: 0 } }),
  ).toThrow(z.ZodError)
})

test('every field of the schema is in the guide', async () => {
  const guide = await readFile(new URL('../../../docs/guide/moments-json.md', import.meta.url), 'utf8')
  const documented = new Set([...guide.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name))
  const missing = fieldPaths(z.toJSONSchema(momentsDocumentSchema)).filter((path) => !documented.has(path))
  expect(missing).toEqual([])
})

/** Paths as the guide writes them: `run.mode`, `moments[].start`; those inside a clip begin with `clip.`. */
function fieldPaths(schema: unknown): string[] {
  const paths = new Set<string>()
  walk(schema, '', paths)
  return [...paths]
}

function walk(schema: unknown, path: string, paths: Set<string>): void {
  const { properties, items, anyOf, oneOf } = schemaNode.parse(schema)
  for (const branch of [...(anyOf ?? []), ...(oneOf ?? [])]) walk(branch, path, paths)
  if (items !== undefined) walk(items, `${path}[]`, paths)
  for (const [name, child] of Object.entries(properties ?? {})) {
    const full = path === '' ? name : `${path}.${name}`.replace(/^moments\[\]\.clip\./, 'clip.')
    // A detector is described once.
    if (full.startsWith('moments[].detector.')) continue
    if (!isContainer(child)) paths.add(full)
    walk(child, full, paths)
  }
}

const schemaNode = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
})

/** A list of objects or a bare object is told by its fields. */
function isContainer(schema: unknown): boolean {
  const { properties, items } = schemaNode.parse(schema)
  return properties !== undefined || (items !== undefined && schemaNode.parse(items).properties !== undefined)
}
