import { roundToMs, type TimeRange } from '../../domain/time-range.ts'

/** Everything quieter counts as silence: the absolute gate of ITU-R BS.1770. */
export const SILENCE_LUFS = -70

export interface HeardSound {
  /** LUFS of each second from the start of the recording, `SILENCE_LUFS` and up; ends where the sound does. */
  values: number[]
  /** LUFS over all of it; null when there was no sound to measure. */
  integrated: number | null
  silences: TimeRange[]
  /** Seconds at which the sound begins and ends; null without any. */
  heard: TimeRange | null
}

/** ffmpeg looks back over this many seconds for a momentary value, ten times a second (EBU Tech 3341). */
const WINDOW_SECONDS = 0.4
const TICK_SECONDS = 0.1
/** The first ones look back to before there was sound. */
const UNFILLED_TICKS = 3

/**
 * Reads what the filters `silencedetect,ebur128` write, line by line; keeps two numbers a second, however long it gets, and
 * nothing from beyond `duration` (seconds): damaged timestamps may jump by years.
 * A second's value is the mean power of the momentary windows centred in it: short bursts (laughter) stay visible, which the
 * 3 s windows of "short-term" loudness would smear.
 */
export function createLoudnessParser(duration: number) {
  const power: number[] = []
  const ticks: number[] = []
  const silences: TimeRange[] = []
  let seen = 0
  let integrated: number | null = null
  let silenceStart: number | null = null
  let heard: TimeRange | null = null

  const takeTick = (time: number, momentary: number) => {
    seen++
    if (time > duration + 1) return
    heard = { start: heard?.start ?? Math.max(0, time - TICK_SECONDS), end: time }
    const second = Math.floor(time - WINDOW_SECONDS / 2)
    if (seen <= UNFILLED_TICKS || second < 0) return
    ticks[second] = (ticks[second] ?? 0) + 1
    power[second] = (power[second] ?? 0) + (momentary > SILENCE_LUFS ? 10 ** (momentary / 10) : 0)
  }
  const endSilence = (end: number) => {
    if (silenceStart !== null && end > silenceStart) silences.push({ start: silenceStart, end: roundToMs(end) })
    silenceStart = null
  }

  return {
    takeLine(line: string): void {
      const tick = /\bt:\s*(\d+(?:\.\d+)?)\s.*\bM:\s*(-?(?:\d+(?:\.\d+)?|inf)|-?nan)/.exec(line)
      if (tick) {
        takeTick(Number(tick[1]), toLufs(tick[2]))
        return
      }
      const total = /^\s*I:\s*(-?\d+(?:\.\d+)?) LUFS/.exec(line)?.[1]
      if (total !== undefined) integrated = Math.max(SILENCE_LUFS, Number(total))
      const start = /\bsilence_start: (-?\d+(?:\.\d+)?)/.exec(line)?.[1]
      // It can come out a few milliseconds before the recording begins.
      if (start !== undefined) silenceStart = roundToMs(Math.max(0, Number(start)))
      const end = /\bsilence_end: (-?\d+(?:\.\d+)?)/.exec(line)?.[1]
      if (end !== undefined) endSilence(Number(end))
    },
    /** Builds before 2019 leave a silence open at the end. */
    finish(): HeardSound {
      if (heard) endSilence(heard.end)
      const values = Array.from(ticks, (count, second) => loudnessOf(power[second] ?? 0, count ?? 0))
      return { values, integrated: heard ? integrated : null, silences, heard }
    },
  }
}

function toLufs(written: string | undefined): number {
  const value = Number(written)
  return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY
}

function loudnessOf(power: number, ticks: number): number {
  if (ticks === 0 || power === 0) return SILENCE_LUFS
  return Math.max(SILENCE_LUFS, Math.round(100 * Math.log10(power / ticks)) / 10)
}
