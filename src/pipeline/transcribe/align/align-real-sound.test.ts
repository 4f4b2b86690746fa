import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownRecordings } from '../../../../benchmarks/support/known-word-times.ts'
import { espeak } from '../../../adapters/speech-synthesisers/espeak.ts'
import { findEspeak } from '../../../adapters/speech-synthesisers/find-espeak.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import type { Cue } from '../transcriber.ts'
import { joinWords } from '../words/split-text-into-words.ts'
import { findWordTimes } from './find-word-times.ts'

const recordings = process.env.CLIPWRIGHT_TEST_MEDIA ? knownRecordings(process.env.CLIPWRIGHT_TEST_MEDIA) : []
const program = await findEspeak(undefined)

describe.skipIf(program === null || recordings.length === 0)(
  'words of people (wants espeak-ng and CLIPWRIGHT_TEST_MEDIA)',
  () => {
    let media: Media
    let folder: string
    beforeAll(async () => {
      media = createMedia({ tools: await findMediaTools({}) })
      folder = await mkdtemp(join(tmpdir(), 'clipwright-align-'))
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    const find = async (path: string, cues: Cue[], signal = new AbortController().signal) => {
      if (program === null) throw new Error('There is no espeak-ng.')
      return findWordTimes({
        document: { origin: { kind: 'given', name: 'test', format: 'srt' }, language: 'en', cues, warnings: [] },
        ...{ silences: [], path, info: await media.probe(path), media: media.withSignal(signal), folder, signal },
        synthesiser: espeak(program),
        onProgress: () => undefined,
      })
    }
    const cuesOf = ({ captions }: (typeof recordings)[number], shift: number): Cue[] =>
      captions.map((words) => ({
        start: Math.max(0, (words[0]?.start ?? 0) + shift),
        end: (words.at(-1)?.end ?? 0) + shift,
        text: joinWords(words),
        ...{ speaker: null, words: null },
      }))

    test.each([0, 0.9, -0.9])('are found within 80 ms, also when captions come %s s late', async (shift) => {
      const errors: number[] = []
      for (const recording of recordings) {
        const { cues } = await find(recording.path, cuesOf(recording, shift))
        const found = cues.flatMap(({ words }) => words ?? [])
        for (const [i, { start }] of recording.captions.flat().entries())
          errors.push(Math.abs((found[i]?.start ?? Number.POSITIVE_INFINITY) - start))
      }
      errors.sort((a, b) => a - b)
      expect(errors[errors.length >> 1]).toBeLessThanOrEqual(0.08)
      expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThanOrEqual(0.25)
      expect(await readdir(folder)).toEqual([])
    })

    test('are not found where something else is said, and a sentence says so', async () => {
      const [jfk] = recordings
      if (!jfk) throw new Error('There is no recording.')
      const other = [
        'We bake the bread at night',
        'when nobody',
        'is awake to see us do it,',
        'and sell it warm in the early morning.',
      ]
      const cues = cuesOf(jfk, 0).map((cue, i) => ({ ...cue, text: other[i] ?? '' }))
      const { cues: found, warnings } = await find(jfk.path, cues)
      expect(found.filter(({ words }) => words !== null).length).toBeLessThanOrEqual(1)
      expect(warnings.join()).toContain('word times are estimates')
    })

    test('are given up at once when the step is cancelled', async () => {
      const [jfk] = recordings
      if (!jfk) throw new Error('There is no recording.')
      const controller = new AbortController()
      const reason = new Error('cancelled')
      setTimeout(() => controller.abort(reason), 200)
      await expect(
        Promise.all(Array.from({ length: 20 }, () => find(jfk.path, cuesOf(jfk, 0), controller.signal))),
      ).rejects.toBe(reason)
    })
  },
)
