import { z } from 'zod'

// The fields of OpenTimelineIO's serialised schemas (otio-serialized-schema.md of its documentation), strictly: a field it does not know is a mistake.
const named = <Name extends string>(schema: Name) => ({
  OTIO_SCHEMA: z.literal(schema),
  metadata: z.record(z.string(), z.unknown()),
})
const rationalTime = z.strictObject({
  OTIO_SCHEMA: z.literal('RationalTime.1'),
  rate: z.number().positive(),
  value: z.number(),
})
const timeRange = z.strictObject({
  OTIO_SCHEMA: z.literal('TimeRange.1'),
  start_time: rationalTime,
  duration: rationalTime,
})
const markerColours = [
  'PINK',
  'RED',
  'ORANGE',
  'YELLOW',
  'GREEN',
  'CYAN',
  'BLUE',
  'PURPLE',
  'MAGENTA',
  'BLACK',
  'WHITE',
] as const
const marker = z.strictObject({
  ...named('Marker.2'),
  name: z.string(),
  color: z.enum(markerColours),
  marked_range: timeRange,
})
const item = {
  name: z.string(),
  source_range: timeRange.nullable(),
  effects: z.array(z.never()),
  markers: z.array(marker),
}
const externalReference = z.strictObject({
  ...named('ExternalReference.1'),
  name: z.string(),
  target_url: z.url({ protocol: /^file$/ }),
  available_range: timeRange,
})
const clip = z.strictObject({
  ...named('Clip.1'),
  ...item,
  source_range: timeRange,
  media_reference: externalReference,
})
const gap = z.strictObject({ ...named('Gap.1'), ...item, source_range: timeRange })
const track = z.strictObject({
  ...named('Track.1'),
  ...item,
  kind: z.enum(['Video', 'Audio']),
  children: z.array(z.discriminatedUnion('OTIO_SCHEMA', [clip, gap])),
})
const stack = z.strictObject({ ...named('Stack.1'), ...item, children: z.array(track).min(1) })

export const otioTimeline = z.strictObject({
  ...named('Timeline.1'),
  name: z.string(),
  global_start_time: rationalTime.nullable(),
  tracks: stack,
})
