import type { TimecodeRate } from './timecode.ts'

/** The recording as an editor is told of it. */
export interface EditedMedia {
  /** Absolute path of the file. */
  path: string
  /** Name of the file. */
  fileName: string
  /** Name of the recording. */
  title: string
  /** Of its first frame, in frames of its timecode since midnight; 0 without one. */
  startFrame: number
  frames: number
  /** As displayed, pixels; null without a picture. */
  picture: { width: number; height: number; interlaced: boolean; hdr: boolean } | null
  sound: { channels: number; sampleRate: number; tracks: number } | null
}

/** One stretch of the recording on a timeline; whole frames, counted from the recording's first and the timeline's first. */
export interface EditEvent {
  sourceFrame: number
  recordFrame: number
  frames: number
  title: string
  /** Sentences for whoever edits. */
  notes: string[]
}

/** Something to find on a timeline, in frames of the recording. */
export interface EditMarker {
  frame: number
  frames: number
  title: string
  note: string
}

/** A timeline made of one recording: what all formats are written from. */
export interface EditList {
  name: string
  rate: TimecodeRate
  media: EditedMedia
  /** In order of the timeline. */
  events: EditEvent[]
  markers: EditMarker[]
}

/** Frames of the timeline until its last event ends. */
export function lengthOfList({ events }: EditList): number {
  return events.reduce((latest, { recordFrame, frames }) => Math.max(latest, recordFrame + frames), 0)
}

/** Text as one line: no control characters, no line ends of any kind, no invisible turns of direction left open. */
export function inOneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu, '')
    .trim()
}
