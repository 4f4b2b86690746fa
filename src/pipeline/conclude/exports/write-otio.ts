import { pathToFileURL } from 'node:url'
import { type EditEvent, type EditList, type EditMarker, inOneLine } from './edit-list.ts'
import type { TimecodeRate } from './timecode.ts'

/**
 * An OpenTimelineIO timeline (`.otio`, https://opentimelineio.readthedocs.io): a track of picture and one of sound with the same stretches. Schema
 * versions are the ones every release since 0.15 reads.
 */
export function writeOtio(list: EditList): string {
  const { name, rate, media } = list
  const kinds = [...(media.picture ? ['Video'] : []), ...(media.sound || !media.picture ? ['Audio'] : [])]
  return `${JSON.stringify(
    {
      OTIO_SCHEMA: 'Timeline.1',
      name: inOneLine(name),
      global_start_time: rationalTime(0, rate),
      metadata: {},
      tracks: {
        OTIO_SCHEMA: 'Stack.1',
        name: 'tracks',
        source_range: null,
        effects: [],
        markers: [],
        metadata: {},
        children: kinds.map((kind, i) => ({
          OTIO_SCHEMA: 'Track.1',
          name: kind,
          kind,
          source_range: null,
          effects: [],
          markers: [],
          metadata: {},
          // Markers once: on the first track.
          children: clipsOf(list, { withMarkers: i === 0 }),
        })),
      },
    },
    null,
    2,
  )}\n`
}

function clipsOf(list: EditList, { withMarkers }: { withMarkers: boolean }): object[] {
  let reached = 0
  return list.events.flatMap((event) => {
    const empty = event.recordFrame - reached
    reached = event.recordFrame + event.frames
    const gap = {
      OTIO_SCHEMA: 'Gap.1',
      name: '',
      source_range: timeRange(0, empty, list.rate),
      effects: [],
      markers: [],
      metadata: {},
    }
    return [...(empty > 0 ? [gap] : []), clipOf(event, list, withMarkers)]
  })
}

function clipOf(event: EditEvent, { rate, media, markers }: EditList, withMarkers: boolean): object {
  const { sourceFrame, frames } = event
  const inside = markers.filter(({ frame }) => frame >= sourceFrame && frame < sourceFrame + frames)
  return {
    OTIO_SCHEMA: 'Clip.1',
    name: inOneLine(event.title),
    source_range: timeRange(media.startFrame + sourceFrame, frames, rate),
    effects: [],
    markers: withMarkers ? inside.map((marker) => markerOf(marker, { rate, startFrame: media.startFrame })) : [],
    metadata: { clipwright: { notes: event.notes.map(inOneLine) } },
    media_reference: {
      OTIO_SCHEMA: 'ExternalReference.1',
      name: inOneLine(media.fileName),
      target_url: pathToFileURL(media.path).href,
      available_range: timeRange(media.startFrame, media.frames, rate),
      metadata: {},
    },
  }
}

function markerOf(marker: EditMarker, { rate, startFrame }: { rate: TimecodeRate; startFrame: number }): object {
  return {
    OTIO_SCHEMA: 'Marker.2',
    name: inOneLine(marker.title),
    color: 'GREEN',
    marked_range: timeRange(startFrame + marker.frame, marker.frames, rate),
    metadata: { clipwright: { note: inOneLine(marker.note) } },
  }
}

function timeRange(start: number, duration: number, rate: TimecodeRate): object {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: rationalTime(start, rate),
    duration: rationalTime(duration, rate),
  }
}

/** `value` frames at `rate` frames a second: OTIO's own pair, in which 29.97 is the nearest double of 30000/1001. */
function rationalTime(value: number, { numerator, denominator }: TimecodeRate): object {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: numerator / denominator, value }
}
