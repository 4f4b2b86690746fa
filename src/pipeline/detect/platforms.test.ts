import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { platforms } from '../../domain/platform.ts'
import { platformLengths } from './platforms.ts'

it.each(platforms)('%s: lengths a clip can have, as the docs say', (platform) => {
  const { min, max, limit } = platformLengths[platform]
  expect(min).toBeGreaterThanOrEqual(10)
  expect(max).toBeGreaterThanOrEqual(2 * min)
  expect(limit).toBeGreaterThanOrEqual(max)
  // What `--max` may be.
  expect(limit).toBeLessThanOrEqual(600)
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/guide/platforms.md'), 'utf8')
  expect(docs).toContain(`| \`${platform}\` | ${min} | ${max} | ${limit} |`)
})
