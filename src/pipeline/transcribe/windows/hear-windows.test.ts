import { expect, test } from 'vitest'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { HeardWindow, SpeechEngine } from '../speech-engine.ts'
import { hearWindows } from './hear-windows.ts'
import { planWindows } from './plan-windows.ts'
import type { WindowStore } from './window-store.ts'

const cue = { start: 0, end: 5, text: 'Guten Tag.', speaker: null, words: null }
const keyOf = ({ start, end }: TimeRange) => `${start}-${end}`

function storeOf(heard = new Map<string, HeardWindow>()): WindowStore & { heard: typeof heard } {
  return {
    heard,
    find: async (window) => heard.get(keyOf(window)) ?? null,
    spans: async () =>
      [...heard.keys()].map((key) => {
        const [start, end] = key.split('-').map(Number)
        return { start: start ?? 0, end: end ?? 0 }
      }),
    save: async (window, what) => void heard.set(keyOf(window), what),
    saveBroken: async () => undefined,
    countBroken: async () => 0,
  }
}

function engineOf(listen: SpeechEngine['listen'], atOnce = 1): SpeechEngine {
  return { name: 'test', model: 'none', fingerprint: 'test', form: { format: 'wav', longest: 30 }, atOnce, listen }
}

const cut = async ({ start, end }: TimeRange) => ({ path: `/nowhere/${start}.wav`, start, duration: end - start })

test('twelve hours: each window once, two at a time, with progress that only rises', async () => {
  const windows = planWindows({ duration: 43_200, silences: [], longest: 30 })
  const asked = new Map<number, number>()
  let [now, most] = [0, 0]
  const engine = engineOf(async ({ start }) => {
    asked.set(start, (asked.get(start) ?? 0) + 1)
    most = Math.max(most, ++now)
    await Promise.resolve()
    now--
    return { language: 'de', cues: [cue], usd: 0 }
  }, 2)
  const fractions: number[] = []
  const store = storeOf()
  const onProgress = ({ fraction }: { fraction: number }) => void fractions.push(fraction)
  const { lost, language } = await hearWindows({
    engine,
    windows,
    store,
    cut,
    signal: new AbortController().signal,
    onProgress,
  })
  expect({ lost, language }).toEqual({ lost: [], language: 'de' })
  expect(asked.size).toBe(windows.length)
  expect(Math.max(...asked.values())).toBe(1)
  expect(most).toBe(2)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(fractions.at(-1)).toBeCloseTo(0.95, 5)
})

test('what was heard before is not cut and not heard again, wherever the crash was', async () => {
  const windows = planWindows({ duration: 600, silences: [], longest: 30 })
  for (const crashAt of [1, 2, 3, 4, 11, windows.length]) {
    const store = storeOf()
    let count = 0
    const crashing = engineOf(async () => {
      if (++count === crashAt) throw new Error('the power went')
      return { language: 'de', cues: [cue], usd: 0 }
    })
    const { signal } = new AbortController()
    await expect(hearWindows({ engine: crashing, windows, store, cut, signal })).rejects.toThrow('the power went')
    const told: (string | null)[] = []
    const rest = engineOf(async (_window, { language }) => {
      told.push(language)
      return { language: 'de', cues: [cue], usd: 0 }
    })
    expect(await hearWindows({ engine: rest, windows, store, cut, signal })).toEqual({ lost: [], language: 'de' })
    expect(told.length).toBe(windows.length - (crashAt - 1))
    // As if there had been no crash: the first three are asked for the language, the others are told it.
    expect(told.filter((language) => language === null).length).toBe(Math.max(0, 3 - (crashAt - 1)))
    expect(store.heard.size).toBe(windows.length)
  }
})

test('the first failure is the one that is told, and nothing is begun after it', async () => {
  const windows = planWindows({ duration: 600, silences: [], longest: 30 })
  let begun = 0
  const engine = engineOf(async (_window, { signal }) => {
    if (++begun === 5) throw new Error('first')
    if (begun > 5) {
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('second'))))
    }
    return { language: null, cues: [], usd: 0 }
  }, 4)
  const { signal } = new AbortController()
  await expect(hearWindows({ engine, windows, store: storeOf(), cut, signal })).rejects.toThrow('first')
  expect(begun).toBeLessThanOrEqual(9)
})

test('a window that can not be cut ends the hearing', async () => {
  const broken = async (window: TimeRange) => (window.start > 60 ? Promise.reject(new Error('no sound')) : cut(window))
  const engine = engineOf(async () => ({ language: null, cues: [], usd: 0 }))
  const windows = planWindows({ duration: 200, silences: [], longest: 30 })
  const { signal } = new AbortController()
  await expect(hearWindows({ engine, windows, store: storeOf(), cut: broken, signal })).rejects.toThrow('no sound')
})
