import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { findEspeak } from '../../src/adapters/speech-synthesisers/find-espeak.ts'
import type { Word } from '../../src/domain/transcript.ts'
import { runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

const example = new URL('../../examples/night-bakery.', import.meta.url).pathname
const program = await findEspeak(undefined)

it.skipIf(program === null)(
  'captions a second late get the times at which words are said (wants espeak-ng)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clipwright-word-times-'))
    const database = await temporaryDatabase()
    try {
      const media = join(folder, 'talk.m4a')
      const seconds = 30
      execFileSync('ffmpeg', [
        '-loglevel',
        'error',
        '-i',
        `${example}mp4`,
        '-t',
        String(seconds),
        '-vn',
        '-c:a',
        'copy',
        media,
      ])
      const { segments } = JSON.parse(await readFile(`${example}words.json`, 'utf8')) as {
        segments: { start: number; end: number; text: string; words: [string, number, number][] }[]
      }
      const said = segments.filter(({ end }) => end < seconds - 2)
      await writeFile(
        join(folder, 'talk.srt'),
        said
          .map(({ start, end, text }, i) => `${i + 1}\n${clock(start + 1)} --> ${clock(end + 1)}\n${text}\n`)
          .join('\n'),
      )
      const env = { DATABASE_URL: databaseUrlOf(database), ESPEAK_PATH: program?.path ?? '' }
      const options = [
        '--count',
        '1',
        '--captions',
        'none',
        '--out',
        join(folder, 'out'),
        '--data',
        join(folder, 'data'),
      ]
      const ended = await runCommand(['clip', media, ...options], { env })
      expect(ended.stderr).not.toContain('TRANSCRIPT')
      const { rows } = await sql<{ words: Word[] }>`select words from segments order by ordinal`.execute(
        database.kysely,
      )
      const found = rows.flatMap(({ words }) => words)
      const errors = said
        .flatMap(({ words }) => words)
        .map(([, start], i) => Math.abs((found[i]?.start ?? Number.POSITIVE_INFINITY) - start))
        .toSorted((a, b) => a - b)
      expect(found.filter(({ timing }) => timing === 'exact').length).toBeGreaterThan(found.length * 0.8)
      expect(errors[errors.length >> 1]).toBeLessThanOrEqual(0.08)
    } finally {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
)

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',')
}
