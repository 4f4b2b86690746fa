import type { TimeRange } from '../../domain/time-range.ts'
import type { Cue } from './transcriber.ts'

/** A stretch of a recording's sound, as a file in the form its engine asks for. */
export interface SoundWindow {
  /** Absolute path. */
  path: string
  /** Where it begins in the recording, in seconds. */
  start: number
  /** Seconds. */
  duration: number
  /** Stretches without sound, in seconds of the window, where they are known: words heard there are not believed. */
  silences?: readonly TimeRange[]
}

/** What an engine heard in one window. */
export interface HeardWindow {
  /** BCP 47 tag where the engine tells it. */
  language: string | null
  /** In order; times in seconds of the window. None where nothing is said. */
  cues: Cue[]
  /** What it cost, in US dollars by list prices; 0 for an engine of one's own. */
  usd: number
  /** Who heard it, where that is not the engine that was asked but one that stands in for it. */
  by?: { name: string; model: string }
  /** What was left out or went another way, in sentences for a person. */
  warnings?: string[]
}

/** The form of sound an engine hears best, and how much of it at once. */
export interface WindowForm {
  /** `wav` is 16 kHz mono of 16 bits; the others are for sending: small, mono. */
  format: 'wav' | 'ogg-opus' | 'mp3'
  /** Longest window, in seconds. */
  longest: number
  /** Most bytes of one file, where there is such a limit. */
  mostBytes?: number
}

/**
 * A machine that hears words: a local model, or a service. It is asked window by window, so that what one window loses is
 * one window.
 */
export interface SpeechEngine {
  /** e.g. `sherpa-onnx`, `openai`; with the model it says who made a transcript. */
  readonly name: string
  readonly model: string
  /** Names everything that could change an answer: engine, its version, model, options. */
  readonly fingerprint: string
  readonly form: WindowForm
  /** Most windows to be heard at the same time. */
  readonly atOnce: number
  /**
   * Hears one window. May be called again with the same window; never makes words up: silence gives no cues.
   * @throws WindowLost when it broke on this window and others may still be heard; any other AppError ends the whole hearing,
   * and its `retry` says whether trying again can help
   * @throws the signal's reason when aborted
   */
  listen(window: SoundWindow, options: { signal: AbortSignal; language: string | null }): Promise<HeardWindow>
  /** Ends what it keeps running. */
  close?(): Promise<void>
}
