import { basename } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import { formatClock, type TimeRange } from '../../../domain/time-range.ts'
import { clipStem, clipTitle, type ExportedMoment } from './clip-stem.ts'
import type { EditEvent, EditList, EditMarker } from './edit-list.ts'
import { mayDrop, parseTimecode, type TimecodeRate } from './timecode.ts'
import { timelineRate } from './timeline-rate.ts'

export interface EditListInput {
  document: { recording: { name: string; path: string }; moments: readonly ExportedMoment[] }
  info: MediaInfo
  /** Of the recording's first frame, as its file has it; null without one. */
  startTimecode: string | null
}

/** One timeline of the whole recording with its moments marked, and one for each clip, by the names of their files without ending. */
export function planEditLists({ document, info, startTimecode }: EditListInput): { stem: string; list: EditList }[] {
  const { recording, moments } = document
  const counted = timelineRate(info.video)
  const start = startTimecode === null ? null : parseTimecode(startTimecode, counted)
  // Without a timecode of its own the count is ours: dropping frames keeps it with the clock, as editors show 29.97 by default.
  const rate: TimecodeRate = { ...counted, dropFrame: start ? start.dropFrame : mayDrop(counted) }
  const all = toFrames({ start: 0, end: info.duration }, rate)
  const media: EditList['media'] = {
    path: recording.path,
    fileName: basename(recording.path),
    title: recording.name,
    startFrame: start?.frames ?? 0,
    frames: all.frames,
    picture: info.video && pick(info.video),
    sound: info.audio[0]
      ? { channels: info.audio[0].channels, sampleRate: info.audio[0].sampleRate, tracks: info.audio.length }
      : null,
  }
  const markers = moments
    .map((moment) => markerOf(moment, { rate, mostFrames: all.frames }))
    .toSorted((a, b) => a.frame - b.frame)
  const whole: EditEvent = { sourceFrame: 0, recordFrame: 0, frames: all.frames, title: recording.name, notes: [] }
  return [
    { stem: 'moments', list: { name: recording.name, rate, media, events: [whole], markers } },
    ...moments.map((moment) => ({
      stem: clipStem(moment),
      list: {
        name: clipTitle(moment),
        rate,
        media,
        events: eventsOf(moment, { rate, mostFrames: all.frames }),
        markers: [],
      },
    })),
  ]
}

function pick({ width, height, interlaced, hdr }: NonNullable<MediaInfo['video']>) {
  return { width, height, interlaced, hdr }
}

interface Counting {
  rate: TimecodeRate
  /** Of the recording. */
  mostFrames: number
}

function markerOf(moment: ExportedMoment, { rate, mostFrames }: Counting): EditMarker {
  const { first, frames } = within(toFrames(moment, rate), mostFrames)
  return { frame: first, frames, title: `${moment.rank}. ${clipTitle(moment)}`, note: notesOf(moment).join(' ') }
}

/** The stretches a clip plays, one after the other. */
function eventsOf(moment: ExportedMoment, { rate, mostFrames }: Counting): EditEvent[] {
  let reached = 0
  return moment.clip.ranges.map((range, i) => {
    const { first, frames } = within(toFrames(range, rate), mostFrames)
    const event = {
      sourceFrame: first,
      recordFrame: reached,
      frames,
      title: clipTitle(moment),
      notes: i === 0 ? notesOf(moment) : [],
    }
    reached += frames
    return event
  })
}

function notesOf({ start, end, score, reasons }: ExportedMoment): string[] {
  return [
    `${formatClock(start)} to ${formatClock(end)}, score ${score.toFixed(2)}.`,
    ...reasons.slice(0, 3).map(({ text }) => text),
  ]
}

/** As clips are made: the start and the length are rounded to whole frames. */
function toFrames({ start, end }: TimeRange, { numerator, denominator }: TimecodeRate) {
  const perSecond = numerator / denominator
  return { first: Math.round(start * perSecond), frames: Math.max(1, Math.round((end - start) * perSecond)) }
}

/** No editor takes a stretch that goes on after the end of its recording. */
function within({ first, frames }: { first: number; frames: number }, most: number) {
  const start = Math.max(0, Math.min(first, most - 1))
  return { first: start, frames: Math.max(1, Math.min(frames, most - start)) }
}
