import { type EditEvent, type EditList, type EditMarker, inOneLine } from './edit-list.ts'
import { formatTimecode, nominalRate } from './timecode.ts'

/** Editors begin a timeline at one o'clock: material may be laid before it. */
const recordStartSeconds = 3600
/** What CMX 3600 has room for. */
const longest = { title: 70, reel: 8 }

/**
 * A CMX 3600 edit decision list: cuts only, one event a stretch, numbered from 001; the file's name in a comment, by which editors find it
 * again, because a reel's name has eight letters. A list of markers has an event for each, at its place on the recording's timeline: DaVinci Resolve
 * reads the marker from the line after its event, Avid and Premiere from the `LOC` comment. Sources: the format as CMX printed it, and the EDLs these
 * programs write.
 */
export function writeEdl(list: EditList): string {
  const { name, rate, markers } = list
  const events = markers.length > 0 ? markers.map((marker, i) => eventOf(marker, markers[i + 1])) : list.events
  const lines = [
    `TITLE: ${Array.from(inOneLine(name)).slice(0, longest.title).join('')}`,
    `FCM: ${rate.dropFrame ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
    ...events.flatMap((event, i) => writeEvent(event, { list, number: i + 1 })),
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** Events of one track may not overlap: where moments do, the earlier one ends early, and its marker does not. */
function eventOf({ frame, frames, title, note }: EditMarker, next: EditMarker | undefined): EditEvent {
  const room = next ? Math.max(1, next.frame - frame) : frames
  return { sourceFrame: frame, recordFrame: frame, frames: Math.min(frames, room), title, notes: [note] }
}

function writeEvent(event: EditEvent, { list, number }: { list: EditList; number: number }): string[] {
  const { rate, media, markers } = list
  const { sourceFrame, recordFrame, frames } = event
  const source = media.startFrame + sourceFrame
  const record = recordStartSeconds * nominalRate(rate) - droppedInAnHour(list) + recordFrame
  const times = [source, source + frames, record, record + frames].map((frame) => formatTimecode(frame, rate))
  // Two blanks after the number: columns, as editors of their time printed them.
  const number3 = `${String(number).padStart(3, '0')} `
  const what = [number3, reelOf(list).padEnd(longest.reel), channelsOf(list).padEnd(5), 'C'.padEnd(8)].join(' ')
  const here = markers.filter(({ frame, title }) => frame === sourceFrame && title === event.title)
  return [
    `${what} ${times.join(' ')}`,
    `* FROM CLIP NAME: ${inOneLine(media.fileName)}`,
    ...[event.title, ...event.notes].map((note) => `* COMMENT: ${inOneLine(note)}`),
    ...here.flatMap((marker) => {
      const at = formatTimecode(record + marker.frame - sourceFrame, rate)
      const title = inOneLine(marker.title)
      return [
        `* LOC: ${at} GREEN   ${title}`,
        ` |C:ResolveColorGreen |M:${title.replaceAll('|', '/')} |D:${marker.frames}`,
      ]
    }),
    '',
  ]
}

/** An hour of drop-frame timecode has 108 (or 216) frames fewer than its numbers. */
function droppedInAnHour({ rate }: EditList): number {
  return rate.dropFrame ? 54 * (nominalRate(rate) / 15) : 0
}

/** Letters and digits of the file's name; `AX` stands for a file without any. */
function reelOf({ media }: EditList): string {
  const stem = media.fileName.replace(/\.[^.]*$/, '')
  const letters = stem
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return letters.slice(0, longest.reel) || 'AX'
}

/** Picture with one or two channels of sound, or either alone. */
function channelsOf({ media: { picture, sound } }: EditList): string {
  if (!sound) return 'V'
  const isMono = sound.channels === 1
  if (!picture) return isMono ? 'A' : 'AA'
  return isMono ? 'B' : 'AA/V'
}
