import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rankedModes as modes } from '../../domain/moment.ts'
import { lengthOf, overlapOf, type TimeRange } from '../../domain/time-range.ts'
import { detectMoments } from './detect-moments.ts'
import { trainedRanker } from './trained-ranker.ts'

// A golden test on our own synthetic demo: it holds the finished product to a sane minimum, and is no evidence of quality.
const examples = join(import.meta.dirname, '../../../examples')
const { duration, moments: intended } = JSON.parse(readFileSync(join(examples, 'night-bakery.words.json'), 'utf8')) as {
  duration: number
  moments: (TimeRange & { title: string })[]
}
const segments = readCues(readFileSync(join(examples, 'night-bakery.vtt'), 'utf8'))

const detect = (mode: (typeof modes)[number]) => {
  const settings = { mode, count: 8, minSeconds: 15, maxSeconds: 60 }
  return detectMoments({ segments, duration, analysis: null, settings, ranker: trainedRanker }).moments
}

describe('the demo recording', () => {
  const moments = detect('highlights')

  it('gives most of the moments it was written around', () => {
    const covered = intended.filter((span) =>
      moments.some(
        (moment) =>
          overlapOf(moment, span) >= 0.6 * lengthOf(span) && overlapOf(moment, span) >= 0.6 * lengthOf(moment),
      ),
    )
    expect(covered.length).toBeGreaterThanOrEqual(5)
  })

  it('gives no filler', () => {
    for (const moment of moments) {
      const told = intended.reduce((sum, span) => sum + overlapOf(moment, span), 0)
      expect(told / lengthOf(moment), moment.text).toBeGreaterThan(0.5)
    }
  })

  it.each(modes)('never begins or ends inside a sentence, nor with the show about itself (%s)', (mode) => {
    const found = detect(mode)
    expect(found.length).toBeGreaterThanOrEqual(6)
    for (const { text, title, start, end } of found) {
      expect(text).toMatch(/^[A-Z0-9"].*[.!?]"?$/s)
      expect(lengthOf({ start, end })).toBeGreaterThanOrEqual(15)
      expect(text).not.toMatch(/newsletter|Where can people find you/)
      expect(title).not.toMatch(/^(?:And|But|So|Now)\b|[,;:]$/)
      expect(title.length).toBeLessThanOrEqual(60)
    }
  })
})

/** The cues of a WebVTT file of ours, which has one sentence and one speaker to a cue. */
function readCues(vtt: string) {
  const cues = vtt.matchAll(/^(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)\n<v (\w+)>(.*)<\/v>$/gm)
  return Array.from(cues, ([, h1, m1, s1, h2, m2, s2, speaker = '', text = ''], ordinal) => {
    const start = Number(h1) * 3600 + Number(m1) * 60 + Number(s1)
    const end = Number(h2) * 3600 + Number(m2) * 60 + Number(s2)
    return { ordinal, start, end, text, speaker, words: [] }
  })
}
