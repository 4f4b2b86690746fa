import { expect, test, vi } from 'vitest'
import { describeTranscriber, expectSound } from '../../../test/suites/transcriber-suite.ts'
import { fakeTranscriber } from '../../../test/support/fake-transcriber.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { findTranscript, obtainTranscript, toTranscript } from './obtain-transcript.ts'
import type { Cue, Transcriber } from './transcriber.ts'

const { signal } = new AbortController()
const recording = { path: '/talks/talk.mp4', hash: 'abc', info: mediaInfoOf(60), givenTranscript: null }
const cue = (start: number, end: number, text: string): Cue => ({ start, end, text, speaker: null, words: null })
const cues = [cue(1, 3, 'Hello there.'), cue(3, 6, 'How are you today?')]
const origin = { kind: 'given', name: 'talk.srt', format: 'srt' } as const

const empty = { ...recording, path: '/talks/other.mp4' }

/** Has the cues for every recording but the empty one. */
function fakeFor(own: Cue[]) {
  const [full, nothing] = [fakeTranscriber({ cues: own }), fakeTranscriber({ cues: null })]
  return {
    ...full,
    find: (asked, options) => (asked === empty ? nothing : full).find(asked, options),
  } satisfies Transcriber
}

describeTranscriber('fake', async () => ({
  transcriber: fakeFor(cues),
  spoken: recording,
  empty,
  change: async () => ({ transcriber: fakeFor(cues.slice(1)), spoken: recording }),
}))

test('the first that has something is taken, later ones are not asked', async () => {
  const last = fakeTranscriber({ name: 'last', cues })
  const asked = vi.spyOn(last, 'find')
  const transcribers = [fakeTranscriber({ cues: null }), fakeTranscriber({ name: 'second', cues }), last]
  const document = await obtainTranscript({ transcribers, recording, signal })
  expect(document.origin.name).toBe('second')
  expect(document.segments.map(({ text }) => text)).toEqual(['Hello there.', 'How are you today?'])
  expect(asked).not.toHaveBeenCalled()
})

test('when none has anything the ways out are named, and no words are made', async () => {
  const transcribers = [
    fakeTranscriber({ cues: null, wayOut: 'name a file' }),
    fakeTranscriber({ cues: null, wayOut: null }),
    fakeTranscriber({ cues: null, wayOut: 'put one beside it\nlisten to it' }),
  ]
  await expect(findTranscript({ transcribers, recording, signal })).rejects.toMatchObject({
    code: 'TRANSCRIPT_MISSING',
    message: 'No transcript was found for talk.mp4, and words are never made up.',
    hint: 'Any of these helps, and what was found so far is kept:\nName a file.\nPut one beside it.\nListen to it.',
  })
})

test('one that fails is not passed over', async () => {
  const broken = { ...fakeTranscriber({ cues }), find: async () => Promise.reject(new Error('disk on fire')) }
  await expect(
    obtainTranscript({ transcribers: [broken, fakeTranscriber({ cues })], recording, signal }),
  ).rejects.toThrow('disk on fire')
})

test('an abort between two is heeded', async () => {
  const controller = new AbortController()
  const first = { ...fakeTranscriber({ cues: null }), find: async () => (controller.abort(new Error('enough')), null) }
  const second = { ...fakeTranscriber({ cues }), find: async () => Promise.reject(new Error('was asked')) }
  await expect(
    obtainTranscript({ transcribers: [first, second], recording, signal: controller.signal }),
  ).rejects.toThrow('enough')
})

test('estimated words stay out of silences', () => {
  const silences = [{ start: 3.5, end: 5 }]
  const { segments } = toTranscript({ origin, language: 'en', cues, warnings: [] }, { duration: 60, silences })
  const inSilence = segments.flatMap(({ words }) => words).filter(({ start, end }) => start < 5 && end > 3.5)
  expect(inSilence).toEqual([])
})

test('warnings of reading and mending arrive together', () => {
  const { warnings } = toTranscript(
    { origin, language: 'en', cues: [...cues, cue(70, 71, 'Late.')], warnings: ['Read with doubt.'] },
    { duration: 60 },
  )
  expect(warnings).toEqual([
    'Read with doubt.',
    'Cue beyond the end of the recording dropped: 1:10.',
    'The transcript ends at 0:06, long before the recording does at 1:00.',
  ])
})

test('a transcript without words says so', () => {
  const document = toTranscript({ origin, language: null, cues: [], warnings: [] }, { duration: 60 })
  expect(document.segments).toEqual([])
  expect(document.warnings).toEqual(['The transcript holds no spoken words.'])
})

test('words of an engine that lost its way are brought into order', () => {
  const word = (text: string, start: number, end: number) => ({
    text,
    start,
    end,
    confidence: 0.5,
    timing: 'exact' as const,
  })
  const words = [
    word('one', 1, 1),
    word('two', 1, 0.5),
    word('three', 0.9, 40),
    word('four', 59.9999, 61),
    word('five', 70, 71),
  ]
  const document = toTranscript(
    { origin, language: 'en', cues: [{ start: 0.9, end: 71, text: 'one two', speaker: null, words }], warnings: [] },
    { duration: 60 },
  )
  expectSound(document, 60)
  const kept = document.segments.flatMap((segment) => segment.words.map(({ text }) => text))
  expect(kept).toEqual(['three', 'one', 'two'])
  expect(document.warnings).toContain('2 words beyond the end of the recording were dropped.')
})
