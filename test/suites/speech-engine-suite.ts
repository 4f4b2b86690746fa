import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SoundWindow, SpeechEngine } from '../../src/pipeline/transcribe/speech-engine.ts'

export interface SpeechEngineSubject {
  engine: SpeechEngine
  /** Something is said in it; left out where nothing can be heard without a model or a key. */
  spoken?: SoundWindow
  /** Nobody speaks in it. */
  silent?: SoundWindow
  /** A file that is not sound at all. */
  broken: SoundWindow
  dispose?(): Promise<void>
}

/** What every engine that hears promises (see `SpeechEngine`), whether it is a model or a service. */
export function describeSpeechEngine(name: string, make: () => Promise<SpeechEngineSubject>): void {
  describe(`speech engine: ${name}`, () => {
    const options = { signal: new AbortController().signal, language: null }
    let subject: SpeechEngineSubject
    beforeEach(async () => {
      subject = await make()
    })
    afterEach(async () => {
      await subject.engine.close?.()
      await subject.dispose?.()
    })

    test('says who it is and what it wants', () => {
      const { engine } = subject
      expect(engine.name).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(engine.model).not.toBe('')
      expect(engine.fingerprint).toMatch(/\S{8,}/)
      expect(engine.form.longest).toBeGreaterThan(1)
      expect(engine.atOnce).toBeGreaterThanOrEqual(1)
    })

    test('words and cues are inside the window, in order', async ({ skip }) => {
      const { engine, spoken } = subject
      if (!spoken) return skip('nothing can be heard here without a model')
      const { cues, usd } = await engine.listen(spoken, options)
      expect(cues.length).toBeGreaterThan(0)
      expect(usd).toBeGreaterThanOrEqual(0)
      const starts = cues.map(({ start }) => start)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
      for (const { start, end, words } of cues) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(spoken.duration + 0.5)
        for (const word of words ?? []) expect(word.end).toBeGreaterThanOrEqual(word.start)
      }
    })

    test('the same window is heard the same again', async ({ skip }) => {
      const { engine, spoken } = subject
      if (!spoken) return skip('nothing can be heard here without a model')
      // What was paid for once need not be paid for again.
      const hear = async () => ({ ...(await engine.listen(spoken, options)), usd: 0 })
      expect(await hear()).toEqual(await hear())
    })

    test('silence gives no cues', async ({ skip }) => {
      const { engine, silent } = subject
      if (!silent) return skip('nothing can be heard here without a model')
      expect((await engine.listen(silent, options)).cues).toEqual([])
    })

    test('what is no sound is an error with a code, and no words', async () => {
      const failure = await subject.engine.listen(subject.broken, options).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) })
    })

    test('an abort is heeded, with its reason', async () => {
      const signal = AbortSignal.abort(new Error('enough'))
      const window = subject.spoken ?? subject.broken
      await expect(subject.engine.listen(window, { ...options, signal })).rejects.toThrow('enough')
    })

    test('it can be closed twice, and hears again after that', async () => {
      await subject.engine.close?.()
      await subject.engine.close?.()
      const { engine, spoken } = subject
      if (spoken) expect((await engine.listen(spoken, options)).cues.length).toBeGreaterThan(0)
    })
  })
}
