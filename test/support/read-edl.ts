/** One event of a CMX 3600 list, times in seconds of its own clock and in frames since midnight. */
export interface ReadEvent {
  number: number
  reel: string
  channels: string
  sourceIn: number
  sourceOut: number
  recordIn: number
  recordOut: number
  comments: string[]
}

/**
 * Reads a CMX 3600 list as strictly as the oldest editor would: fixed columns, CR LF, events numbered in order, names within their room, every
 * number of every timecode in range, drop frame where the list says so, source and record of one length, no overlaps.
 * Timecodes become frames by counting every number that exists, not by a formula.
 */
export function readEdl(text: string, nominal: number): { title: string; dropFrame: boolean; events: ReadEvent[] } {
  if (/[^\r]\n/.test(text)) throw new Error('a line ends without CR LF')
  const [first = '', second = '', ...rest] = text.split('\r\n')
  const title = /^TITLE: (.{1,70})$/u.exec(first)?.[1]
  const mode = /^FCM: (NON-DROP FRAME|DROP FRAME)$/.exec(second)?.[1]
  if (title === undefined || mode === undefined) throw new Error(`a head that is none: ${first} / ${second}`)
  const dropFrame = mode === 'DROP FRAME'
  const events: ReadEvent[] = []
  for (const line of rest) {
    if (line === '') continue
    if (line.startsWith('* ') || line.startsWith(' |C:')) {
      if (hasControls(line)) throw new Error(`a control character in ${line}`)
      const event = events.at(-1)
      if (!event) throw new Error('a comment before the first event')
      event.comments.push(line)
      continue
    }
    events.push(readEvent(line, { nominal, dropFrame, number: events.length + 1 }))
  }
  for (const [i, event] of events.entries()) {
    const before = events[i - 1]
    if (before && event.recordIn < before.recordOut) throw new Error(`event ${event.number} overlaps the one before`)
  }
  return { title, dropFrame, events }
}

function readEvent(line: string, about: { nominal: number; dropFrame: boolean; number: number }): ReadEvent {
  const match =
    /^(\d{3}) {2}([A-Z0-9]{1,8}) {1,8}(V|A|A2|AA|B|AA\/V) {1,5}C {2,12}(\S{11}) (\S{11}) (\S{11}) (\S{11})$/.exec(line)
  if (!match) throw new Error(`no event: ${line}`)
  const [, number = '', reel = '', channels = '', ...times] = match
  if (Number(number) !== about.number) throw new Error(`event ${number} where ${about.number} belongs`)
  const [sourceIn = 0, sourceOut = 0, recordIn = 0, recordOut = 0] = times.map((time) => countFrames(time, about))
  if (sourceOut <= sourceIn || sourceOut - sourceIn !== recordOut - recordIn) throw new Error(`lengths differ: ${line}`)
  return { number: Number(number), reel, channels, sourceIn, sourceOut, recordIn, recordOut, comments: [] }
}

/** How many timecodes there are from midnight to this one. */
function countFrames(text: string, { nominal, dropFrame }: { nominal: number; dropFrame: boolean }): number {
  const mark = dropFrame ? ';' : ':'
  const parts = text.split(mark)
  if (parts.length !== 4 || parts.some((part) => !/^\d\d$/.test(part))) throw new Error(`no timecode: ${text}`)
  const [h = 0, m = 0, s = 0, f = 0] = parts.map(Number)
  if (h > 23 || m > 59 || s > 59 || f >= nominal) throw new Error(`out of range: ${text}`)
  const skipped = dropFrame ? nominal / 15 : 0
  if (m % 10 !== 0 && s === 0 && f < skipped) throw new Error(`names no frame: ${text}`)
  let frames = 0
  for (let minute = 0; minute < 60 * h + m; minute++) frames += 60 * nominal - (minute % 10 === 0 ? 0 : skipped)
  return frames + s * nominal + f - (m % 10 === 0 ? 0 : skipped)
}

function hasControls(line: string): boolean {
  return /\p{Cc}/u.test(line)
}
