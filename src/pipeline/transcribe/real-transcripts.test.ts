import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectSound } from '../../../test/suites/transcriber-suite.ts'
import { parseTranscript } from './formats/parse-transcript.ts'
import { toTranscript } from './obtain-transcript.ts'

/** Transcripts of an hour and more that people made; outside data, so skipped where it is not. */
const folder = join(process.env.CLIPWRIGHT_EVAL_DATA ?? '', 'transcripts')
const names = process.env.CLIPWRIGHT_EVAL_DATA && existsSync(folder) ? readdirSync(folder) : []

describe.skipIf(names.length === 0)('real transcripts (CLIPWRIGHT_EVAL_DATA)', () => {
  test.each(names)('%s', (name) => {
    const bytes = readFileSync(join(folder, name))
    const parsed = parseTranscript(bytes, { name, language: 'en' })
    const timingLines = bytes.toString().match(/-->/g)?.length ?? 0
    expect(parsed.cues.length).toBeGreaterThan(timingLines * 0.9)

    const duration = Math.max(...parsed.cues.map(({ end }) => end)) + 1
    const document = toTranscript({ ...parsed, origin: { kind: 'given', name, format: parsed.format } }, { duration })
    expectSound(document, duration)
    const counts = document.segments.map(({ words }) => words.length).toSorted((a, b) => a - b)
    const median = counts[counts.length >> 1] ?? 0
    expect(median).toBeGreaterThanOrEqual(7)
    expect(median).toBeLessThanOrEqual(20)
    expect(counts.at(-1)).toBeLessThanOrEqual(60)
    const ended = document.segments.filter(({ text }) => /[.?!]["'”)]*$/.test(text)).length
    expect(ended / document.segments.length).toBeGreaterThan(0.85)
    const spoken = document.segments.map(({ text }) => text).join(' ')
    expect(spoken).not.toMatch(/\[(?:laughter|applause|laughs)\]|-->|<v /)
    expect(new Set(document.segments.map(({ speaker }) => speaker)).size).toBeGreaterThan(1)
  })
})
