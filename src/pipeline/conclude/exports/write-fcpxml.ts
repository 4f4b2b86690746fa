import { pathToFileURL } from 'node:url'
import { type EditEvent, type EditList, type EditMarker, inOneLine, lengthOfList } from './edit-list.ts'
import { nominalRate, type TimecodeRate } from './timecode.ts'

/** What the timeline of a recording without a picture is said to be. */
const emptyPicture = { width: 1920, height: 1080 }

/**
 * Final Cut Pro XML 1.10 (Apple, FCPXML reference): one event with one project. All times are whole frames, written as exact fractions of a second,
 * because Final Cut refuses edits that lie between two frames.
 */
export function writeFcpxml(list: EditList): string {
  const { name, rate, media, events } = list
  const title = attribute(inOneLine(name))
  const clips = events.map((event) => writeClip(event, list))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fcpxml>',
    '<fcpxml version="1.10">',
    '  <resources>',
    `    ${writeFormat(list)}`,
    `    <asset ${attributes(assetOf(list))}>`,
    `      <media-rep kind="original-media" src="${attribute(pathToFileURL(media.path).href)}"/>`,
    '    </asset>',
    '  </resources>',
    '  <library>',
    `    <event name="${attribute(inOneLine(media.title))}">`,
    `      <project name="${title}">`,
    `        <sequence ${attributes({
      format: 'r1',
      duration: time(lengthOfList(list), rate),
      tcStart: '0s',
      tcFormat: tcFormat(rate),
      audioLayout: media.sound?.channels === 1 ? 'mono' : 'stereo',
      audioRate: '48k',
    })}>`,
    '          <spine>',
    ...withGaps(events, clips, list).map((line) => `            ${line}`),
    '          </spine>',
    '        </sequence>',
    '      </project>',
    '    </event>',
    '  </library>',
    '</fcpxml>',
    '',
  ].join('\n')
}

function writeFormat({ rate, media }: EditList): string {
  const { width, height } = media.picture ?? emptyPicture
  const known = media.picture?.interlaced ? null : formatName({ width, height, rate })
  return `<format ${attributes({
    id: 'r1',
    name: known,
    frameDuration: time(1, rate),
    width: String(width),
    height: String(height),
    // HDR comes in two kinds, and a wrong one is worse than none: Final Cut then reads it from the file.
    colorSpace: media.picture?.hdr ? null : '1-1-1 (Rec. 709)',
  })}/>`
}

const namedSizes: Readonly<Record<string, string>> = {
  '1280x720': '720',
  '1920x1080': '1080',
  '3840x2160': '3840x2160',
}

/** Sizes and rates that Final Cut has names for; any other is told by its numbers alone. */
function formatName({ width, height, rate }: { width: number; height: number; rate: TimecodeRate }): string | null {
  const speed = String(Math.round((100 * rate.numerator) / rate.denominator)).replace(/00$/, '')
  if (!['2398', '24', '25', '2997', '30', '50', '5994', '60'].includes(speed)) return null
  const size = namedSizes[`${width}x${height}`]
  return size === undefined ? null : `FFVideoFormat${size}p${speed}`
}

function assetOf({ rate, media }: EditList): Record<string, string | null> {
  const { picture, sound } = media
  return {
    id: 'r2',
    name: inOneLine(media.fileName),
    start: time(media.startFrame, rate),
    duration: time(media.frames, rate),
    hasVideo: picture ? '1' : null,
    format: picture ? 'r1' : null,
    videoSources: picture ? '1' : null,
    hasAudio: sound ? '1' : null,
    audioSources: sound ? '1' : null,
    audioChannels: sound ? String(sound.channels) : null,
    audioRate: sound ? String(sound.sampleRate) : null,
  }
}

function writeClip(event: EditEvent, { rate, media, markers }: EditList): string[] {
  const { sourceFrame, recordFrame, frames } = event
  const inside = markers.filter(({ frame }) => frame >= sourceFrame && frame < sourceFrame + frames)
  const notes = event.notes.map(inOneLine).filter(Boolean).join('\n')
  const start = attributes({
    ref: 'r2',
    offset: time(recordFrame, rate),
    name: inOneLine(event.title),
    start: time(media.startFrame + sourceFrame, rate),
    duration: time(frames, rate),
    format: media.picture ? 'r1' : null,
    tcFormat: tcFormat(rate),
    audioRole: media.sound ? 'dialogue' : null,
  })
  return [
    `<asset-clip ${start}>`,
    ...(notes === '' ? [] : [`  <note>${text(notes)}</note>`]),
    ...inside.map((marker) => `  ${writeMarker(marker, { rate, startFrame: media.startFrame })}`),
    '</asset-clip>',
  ]
}

/** A marker's start is in the time of the clip's own media. */
function writeMarker(marker: EditMarker, { rate, startFrame }: { rate: TimecodeRate; startFrame: number }): string {
  return `<marker ${attributes({
    start: time(startFrame + marker.frame, rate),
    duration: time(Math.max(1, marker.frames), rate),
    value: inOneLine(marker.title),
    note: inOneLine(marker.note) || null,
  })}/>`
}

/** A spine has no holes: where nothing is, a gap is. */
function withGaps(events: readonly EditEvent[], clips: readonly string[][], { rate }: EditList): string[] {
  let reached = 0
  return events.flatMap(({ recordFrame, frames }, i) => {
    const gap = recordFrame - reached
    const offset = time(reached, rate)
    reached = recordFrame + frames
    const before =
      gap > 0 ? [`<gap ${attributes({ name: 'Gap', offset, start: '0s', duration: time(gap, rate) })}/>`] : []
    return [...before, ...(clips[i] ?? [])]
  })
}

/** Frames as seconds: `1001/30000s`, in lowest terms. */
function time(frames: number, { numerator, denominator }: TimecodeRate): string {
  const over = Math.round(frames) * denominator
  const shared = greatestShared(Math.abs(over), numerator)
  const [top, bottom] = [over / shared, numerator / shared]
  return bottom === 1 ? `${top}s` : `${top}/${bottom}s`
}

function greatestShared(a: number, b: number): number {
  return b === 0 ? Math.max(1, a) : greatestShared(b, a % b)
}

function tcFormat(rate: TimecodeRate): string {
  return rate.dropFrame && nominalRate(rate) > 0 ? 'DF' : 'NDF'
}

function attributes(pairs: Record<string, string | null>): string {
  return Object.entries(pairs)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}="${attribute(value)}"`]))
    .join(' ')
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')
}

/** Only what XML 1.0 allows at all (its section 2.2); the rest can't even be escaped. */
function text(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
