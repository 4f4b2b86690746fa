import { rm } from 'node:fs/promises'
import type { AppError } from '../../../domain/app-error.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { SoundWindow, SpeechEngine } from '../speech-engine.ts'
import type { ReadOptions } from '../transcriber.ts'
import { hearWindow } from './hear-window.ts'
import { createPace } from './pace.ts'
import type { WindowStore } from './window-store.ts'

export interface HearRequest extends ReadOptions {
  engine: SpeechEngine
  windows: readonly TimeRange[]
  store: WindowStore
  /** Makes the file of a window. */
  cut: (window: TimeRange) => Promise<SoundWindow>
}

export interface LostWindow {
  window: TimeRange
  error: AppError
}

/** The first windows are asked for their language; what most of them say is told the others. */
const languageWindows = 3

/**
 * Hears every window that was not heard before and saves each as it comes: as many at once as the engine takes, the next ones
 * cut meanwhile. Nothing heard is held in memory. A window on which the engine broke twice is answered as lost.
 * @throws the engine's failures that concern all windows, those of cutting and saving, the signal's reason
 */
export async function hearWindows(request: HearRequest): Promise<{ lost: LostWindow[]; language: string | null }> {
  const { windows, store, signal, onProgress } = request
  const known = new Set((await store.spans()).map(nameOf))
  const pace = createPace({ windows, known: (window) => known.has(nameOf(window)), onProgress })
  const lost: LostWindow[] = []
  const hear = (open: readonly TimeRange[], language: string | null) =>
    hearAll({
      ...request,
      windows: open,
      language,
      onHeard: (window) => pace.heard(window),
      onLost: (one) => lost.push(one),
    })
  const isOpen = (window: TimeRange) => !known.has(nameOf(window))

  const first = windows.slice(0, languageWindows)
  await hear(first.filter(isOpen), null)
  const language = await agreedLanguage(first, store)
  await hear(windows.slice(languageWindows).filter(isOpen), language)
  signal.throwIfAborted()
  return { lost: lost.toSorted((a, b) => a.window.start - b.window.start), language }
}

interface HearAll extends HearRequest {
  language: string | null
  onHeard: (window: TimeRange) => void
  onLost: (lost: LostWindow) => void
}

async function hearAll({ engine, windows, store, cut, language, signal, onHeard, onLost }: HearAll): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const sounds = cutAhead(windows, cut)
  let next = 0
  const work = async (): Promise<void> => {
    while (next < windows.length) {
      either.throwIfAborted()
      const index = next++
      const window = windows[index]
      if (!window) return
      const sound = await sounds.take(index)
      void sounds.prepare(next)
      try {
        const onBroken = (reason: string) => store.saveBroken(window, reason)
        const heard = await hearWindow({ engine, sound, language, signal: either, onBroken })
        if (heard instanceof Error) onLost({ window, error: heard })
        else await store.save(window, heard)
        onHeard(window)
      } finally {
        await rm(sound.path, { force: true })
      }
    }
  }
  const workers = Array.from({ length: Math.min(Math.max(1, engine.atOnce), windows.length) }, () =>
    work().catch((error: unknown) => {
      stop.abort(error)
      throw error
    }),
  )
  const results = await Promise.allSettled(workers)
  await sounds.settled()
  signal.throwIfAborted()
  // The first to fail stopped the others; theirs are failures of being stopped.
  if (stop.signal.aborted) throw stop.signal.reason
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** Files of windows, made once each, ahead of being asked for. */
function cutAhead(windows: readonly TimeRange[], cut: (window: TimeRange) => Promise<SoundWindow>) {
  const made = new Map<number, Promise<SoundWindow>>()
  const prepare = (index: number): Promise<SoundWindow> | undefined => {
    const window = windows[index]
    if (!window) return undefined
    const existing = made.get(index)
    if (existing) return existing
    const sound = cut(window)
    // Whoever takes it hears of its failure.
    sound.catch(() => undefined)
    made.set(index, sound)
    return sound
  }
  return {
    prepare,
    async take(index: number): Promise<SoundWindow> {
      const sound = await prepare(index)
      made.delete(index)
      if (!sound) throw new RangeError(`There is no window ${index}.`)
      return sound
    },
    settled: () => Promise.allSettled(made.values()),
  }
}

/** What most of them say, by length of what they heard; null when none says anything. */
async function agreedLanguage(windows: readonly TimeRange[], store: WindowStore): Promise<string | null> {
  const letters = new Map<string, number>()
  for (const window of windows) {
    const heard = await store.find(window)
    if (!heard?.language) continue
    const length = heard.cues.reduce((sum, { text }) => sum + text.length, 0)
    if (length > 0) letters.set(heard.language, (letters.get(heard.language) ?? 0) + length)
  }
  return [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function nameOf({ start, end }: TimeRange): string {
  return `${Math.round(start * 1000)}-${Math.round(end * 1000)}`
}
