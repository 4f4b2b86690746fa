import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import type { SpeechEngine } from '../speech-engine.ts'
import { NothingHeard, sayGaps } from '../speech-errors.ts'
import type { CueDocument, ReadOptions } from '../transcriber.ts'
import { cutWindow, longestWindow } from './cut-window.ts'
import { hearWindows } from './hear-windows.ts'
import { mergeWindows, type WindowCues } from './merge-windows.ts'
import { planWindows } from './plan-windows.ts'
import { settleHeard } from './settle-heard.ts'
import type { WindowStore } from './window-store.ts'

export interface ListenRequest extends ReadOptions {
  engine: SpeechEngine
  media: Media
  path: string
  info: MediaInfo
  /** Stretches without sound, in order, seconds. */
  silences: readonly TimeRange[]
  store: WindowStore
}

interface Heard extends Omit<CueDocument, 'origin'> {
  /** Engines and their models, for people; more than one when another had to stand in. */
  heardBy: string[]
}

/**
 * Raise when the same answers of an engine would become other cues, or the same recording other windows.
 */
export const listenVersion = 1

/**
 * The words of a recording's sound, from an engine that hears windows: planned at silences, heard and saved one by one, joined where
 * they overlap. What was heard before a crash is not heard again. A recording without sound gives no cues and asks nobody.
 * @throws NothingHeard when the engine broke on every window; its failures that concern all windows; the signal's reason
 */
export async function listen(request: ListenRequest): Promise<Heard> {
  const { engine, info, path, silences, store, signal, onProgress } = request
  const media = request.media.withSignal(signal)
  const { form } = engine
  const windows = planWindows({ duration: info.duration, silences, longest: longestWindow(form) })
  if (windows.length === 0) {
    return {
      heardBy: [],
      language: null,
      cues: [],
      warnings: ['The recording is silent: nothing was sent to be heard.'],
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-sound-'))
  try {
    const cut = (window: TimeRange) => cutWindow({ media, path, info, window, form, folder })
    const { lost, language } = await hearWindows({
      engine,
      windows,
      store,
      cut,
      signal,
      ...(onProgress && { onProgress }),
    })
    const [first] = lost
    if (first && lost.length === windows.length) {
      throw new NothingHeard({ engine: engine.name, windows: windows.length, cause: first.error })
    }
    const gaps = lost.map(({ window }) => window)
    const joined = await joinWindows({
      engine,
      windows: windows.filter((window) => !gaps.includes(window)),
      silences,
      store,
      language,
      signal,
    })
    const nothing = joined.cues.length === 0 ? [`${engine.name} (${engine.model}) heard no speech in it.`] : []
    return { ...joined, warnings: [...sayGaps(gaps, engine.name), ...joined.warnings, ...nothing] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Joining extends Pick<ListenRequest, 'engine' | 'silences' | 'store' | 'signal'> {
  windows: readonly TimeRange[]
  language: string | null
}

/** Reads the windows back one after the other; only the cues of the whole are held. */
async function joinWindows({ engine, windows, silences, store, language, signal }: Joining): Promise<Heard> {
  const done: CueDocument['cues'] = []
  const warnings: string[] = []
  const heardBy = new Set<string>()
  const letters = new Map<string, number>()
  let open: WindowCues | null = null
  for (const window of windows) {
    signal.throwIfAborted()
    const heard = await store.find(window)
    if (!heard) throw new Error('What was heard in a window is gone from the database.')
    const settled = settleHeard({ heard, window, silences })
    warnings.push(...(heard.warnings ?? []), ...settled.warnings)
    const { name, model } = heard.by ?? engine
    heardBy.add(`${name} (${model})`)
    if (heard.language !== null && settled.cues.length > 0)
      letters.set(heard.language, (letters.get(heard.language) ?? 0) + settled.cues.length)
    const next: WindowCues = { window, cues: settled.cues }
    // Only the last window can overlap with the next one, and only its last cues.
    const merged: WindowCues = open && open.window.end > window.start ? mergeWindows(open, next, language) : next
    if (open && merged === next) done.push(...open.cues)
    open = merged
  }
  if (open) done.push(...open.cues)
  const most = [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
  // Who stands in says so with every window.
  return { heardBy: [...heardBy], language: language ?? most, cues: done, warnings: [...new Set(warnings)] }
}
