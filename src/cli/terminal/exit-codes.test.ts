import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { sampleFailedMoment, sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { writeMomentsDocument } from '../../pipeline/conclude/write-moments-document.ts'
import { MediaEmpty } from '../../pipeline/ingest/ingest-errors.ts'
import { exitCodeFor, exitCodeOf, exitCodeOfResult, exitCodes, hasExitCode } from './exit-codes.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

describe('the codes in the source, in the table and in the docs', () => {
  let inSource: Map<string, string>
  let inDocs: Map<string, number | null>
  let exitsInDocs: number[]

  beforeAll(async () => {
    inSource = await collectCodes(join(root, 'src'))
    // What is no AppError is shown as this; see toErrorRecord.
    inSource.set('UNEXPECTED', 'src/domain/app-error.ts')
    // Said before anything that could be imported.
    inSource.set('NODE_TOO_OLD', 'src/entry/clipwright.js')
    const docs = await readFile(join(root, 'docs/operate/errors.md'), 'utf8')
    inDocs = new Map(
      [...docs.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|.+\| (\d+|–) \|$/gm)].map(([, code, exit]) => [
        code ?? '',
        exit === '–' ? null : Number(exit),
      ]),
    )
    exitsInDocs = [...docs.matchAll(/^\| (\d+) \|/gm)].map(([, exit]) => Number(exit))
  })

  test('are found at all', () => {
    expect(inSource.get('MEDIA_EMPTY')).toBe('src/pipeline/ingest/ingest-errors.ts')
    expect(inSource.size).toBeGreaterThan(30)
  })

  test('each has its exit status', () => {
    // What the web server refuses ends no process.
    const isOfCommands = (file: string) => !file.startsWith('src/http/')
    expect(placesOf((code, file) => isOfCommands(file) && !hasExitCode(code))).toEqual([])
  })

  test('each is in docs/operate/errors.md', () => {
    expect(placesOf((code) => !inDocs.has(code))).toEqual([])
  })

  test('the docs name no code that is gone, and the exit status that is', () => {
    expect([...inDocs.keys()].filter((code) => !inSource.has(code))).toEqual([])
    const wrong = [...inDocs].filter(([code, exit]) => (hasExitCode(code) ? exitCodeFor(code) : null) !== exit)
    expect(wrong).toEqual([])
  })

  test('the docs explain every exit status', () => {
    expect(exitsInDocs).toEqual(Object.values(exitCodes))
  })

  const placesOf = (holds: (code: string, file: string) => boolean) =>
    [...inSource].filter(([code, file]) => holds(code, file)).map(([code, file]) => `${code} (${file})`)
})

test('a code nobody placed is unexpected', () => {
  expect(exitCodeFor('SOMETHING_NEW')).toBe(1)
  expect(exitCodeFor('TRANSCRIPT_MISSING')).toBe(3)
  expect(exitCodeFor('constructor')).toBe(1)
  expect(exitCodeOf(new MediaEmpty('talk.mp4'))).toBe(4)
  expect(exitCodeOf(new TypeError('x is not a function'))).toBe(1)
})

test('what a finished run ends with', () => {
  const input = sampleMomentsInput(2)
  expect(exitCodeOfResult(writeMomentsDocument(input))).toBe(0)
  input.moments[1] = sampleFailedMoment(1)
  expect(exitCodeOfResult(writeMomentsDocument(input))).toBe(6)
  expect(exitCodeOfResult({ moments: [] })).toBe(7)
})

/** Code → file it is first defined in, of everything that looks like an AppError's `code = '…'`. */
async function collectCodes(folder: string): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
    const text = await readFile(join(folder, file), 'utf8')
    for (const [, code] of text.matchAll(/\breadonly code(?:: string)? = ['"]([^'"]+)['"]/g)) {
      if (code !== undefined && !codes.has(code)) codes.set(code, join('src', file))
    }
  }
  return codes
}
