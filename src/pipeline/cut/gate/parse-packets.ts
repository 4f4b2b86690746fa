/** One packet of a stream, as ffmpeg's `framecrc` lists it. */
interface Packet {
  stream: number
  /** Seconds. */
  start: number
  end: number
  isKey: boolean
}

export interface StreamPackets {
  count: number
  /** When the last packet ends, seconds; 0 without packets. */
  end: number
  /** When its keyframes are shown, in order, seconds. */
  keyTimes: number[]
}

/**
 * Reads what `-f framecrc` writes: `#tb 0: 1/15360` per stream, then a line a packet,
 * `0, -1024, 0, 512, 149102, 0xd59c83c4`: stream, decoding time, showing time, duration, size, checksum, and flags
 * (`F=0x0`) unless the packet is a keyframe and nothing else.
 */
export function parsePackets(text: string, stream: number): StreamPackets {
  const lines = text.split('\n')
  const tick = tickOf(lines, stream)
  const packets = lines.flatMap((line) => parsePacket(line, tick)).filter((packet) => packet.stream === stream)
  return {
    count: packets.length,
    end: packets.reduce((latest, { end }) => Math.max(latest, end), 0),
    keyTimes: packets.filter(({ isKey }) => isKey).map(({ start }) => start),
  }
}

function tickOf(lines: string[], stream: number): number {
  const pattern = new RegExp(`^#tb ${stream}: (\\d+)/(\\d+)`)
  for (const line of lines) {
    const [, numerator, denominator] = pattern.exec(line) ?? []
    if (numerator && denominator) return Number(numerator) / Number(denominator)
  }
  return 0
}

function parsePacket(line: string, tick: number): Packet[] {
  if (!/^\d+,/.test(line)) return []
  const [stream, , shown, duration] = line.split(',').map(Number)
  if (stream === undefined || shown === undefined || duration === undefined) return []
  return [{ stream, start: shown * tick, end: (shown + duration) * tick, isKey: !line.includes('F=') }]
}
