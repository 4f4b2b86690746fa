import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Progress } from '../../src/domain/run.ts'
import type { TranscriptDocument } from '../../src/domain/transcript.ts'
import { obtainTranscript } from '../../src/pipeline/transcribe/obtain-transcript.ts'
import type { TranscribableRecording, Transcriber } from '../../src/pipeline/transcribe/transcriber.ts'

export interface TranscriberSubject {
  transcriber: Transcriber
  /** Has something to say for this transcriber: at least two sentences. */
  spoken: TranscribableRecording
  /** Nothing is there for this transcriber. */
  empty: TranscribableRecording
  /** Something is there, and in it nobody speaks; left out by a transcriber that cannot know such a thing. */
  silent?: TranscribableRecording
  /** Changes what is there for `spoken` into something else; answers with the changed subject. */
  change(): Promise<{ transcriber: Transcriber; spoken: TranscribableRecording }>
  dispose?(): Promise<void>
}

/** What every transcriber promises (see `Transcriber`), whether it reads a file or listens. */
export function describeTranscriber(name: string, make: () => Promise<TranscriberSubject>): void {
  describe(`transcriber: ${name}`, () => {
    const { signal } = new AbortController()
    let subject: TranscriberSubject
    beforeEach(async () => {
      subject = await make()
    })
    afterEach(async () => {
      await subject.dispose?.()
    })
    const obtain = (recording: TranscribableRecording) =>
      obtainTranscript({ transcribers: [subject.transcriber], recording, signal })

    test('gives words in order, inside their segments and the recording', async () => {
      expectSound(await obtain(subject.spoken), subject.spoken.info.duration)
    })

    test('says where it comes from, before and after reading', async () => {
      const source = await subject.transcriber.find(subject.spoken, { signal })
      const document = await source?.read({ signal })
      expect(source?.origin.name).toBeTruthy()
      expect(document?.origin).toMatchObject({ kind: source?.origin.kind, name: source?.origin.name })
    })

    test('has nothing where nothing is', async () => {
      expect(await subject.transcriber.find(subject.empty, { signal })).toBeNull()
    })

    test('makes no words up for silence', async ({ skip }) => {
      if (!subject.silent) return skip('this transcriber has no silent source')
      expect((await obtain(subject.silent)).segments).toEqual([])
    })

    test('the same source reads to the same document, with the same fingerprint', async () => {
      const [first, second] = [
        await subject.transcriber.find(subject.spoken, { signal }),
        await subject.transcriber.find(subject.spoken, { signal }),
      ]
      expect(first?.fingerprint).toMatch(/\S{16,}/)
      expect(second?.fingerprint).toBe(first?.fingerprint)
      const document = await first?.read({ signal })
      expect(await first?.read({ signal })).toEqual(document)
      expect(await second?.read({ signal })).toEqual(document)
    })

    test('another source has another fingerprint', async () => {
      const before = await subject.transcriber.find(subject.spoken, { signal })
      const changed = await subject.change()
      const after = await changed.transcriber.find(changed.spoken, { signal })
      expect(after?.fingerprint).toMatch(/\S{16,}/)
      expect(after?.fingerprint).not.toBe(before?.fingerprint)
    })

    test('an abort is heeded, with its reason', async () => {
      const source = await subject.transcriber.find(subject.spoken, { signal })
      const aborted = AbortSignal.abort(new Error('enough'))
      await expect(subject.transcriber.find(subject.spoken, { signal: aborted })).rejects.toThrow('enough')
      await expect(source?.read({ signal: aborted })).rejects.toThrow('enough')
    })

    test('progress, where there is any, rises from 0 to 1', async () => {
      const reports: Progress[] = []
      const source = await subject.transcriber.find(subject.spoken, { signal })
      await source?.read({ signal, onProgress: (progress) => reports.push(progress) })
      const fractions = reports.map(({ fraction }) => fraction)
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
      expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
      expect(reports.every(({ message }) => message !== '')).toBe(true)
    })

    test('its way out is a plain phrase, if there is one', () => {
      const way = subject.transcriber.wayOut(subject.empty)
      if (way !== null) expect(way).toMatch(/^[a-z].*[^.]$/s)
    })
  })
}

/** What holds for every transcript, wherever it comes from. Times in seconds. */
export function expectSound({ segments, origin }: TranscriptDocument, duration: number): void {
  expect(segments.length).toBeGreaterThan(0)
  expect(origin.name).not.toBe('')
  const problems: string[] = []
  let before = 0
  for (const [index, { ordinal, start, end, text, words }] of segments.entries()) {
    const complain = (problem: string) => problems.push(`segment ${index} (${text}): ${problem}`)
    if (ordinal !== index) complain(`ordinal ${ordinal}`)
    if (words.length === 0 || text.trim() === '') complain('empty')
    if (!(start >= 0 && start < end && end <= duration)) complain(`span ${start} to ${end} of ${duration}`)
    if (start !== words[0]?.start || end !== words.at(-1)?.end) complain('span is not that of its words')
    for (const word of words) {
      if (word.text.trim() === '') complain('a word without text')
      if (!(word.start >= before && word.start < word.end))
        complain(`${word.text} ${word.start} to ${word.end} after ${before}`)
      if (word.confidence !== null && !(word.confidence >= 0 && word.confidence <= 1))
        complain(`confidence of ${word.text}`)
      before = word.end
    }
  }
  expect(problems).toEqual([])
}
