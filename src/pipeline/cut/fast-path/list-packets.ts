/** One coded picture, in the order of decoding. */
export interface PicturePacket {
  /** When it is shown, seconds from where reading began. */
  time: number
  isKey: boolean
  /** Where its bytes lie in the stream. */
  offset: number
  size: number
}

/**
 * Reads the list that `-f framecrc` writes beside a stream: `#tb 0: 1/15360`, then a line a packet, `0, -1024, 0, 512, 149102,
 * 0xd59c83c4`: stream, decoding time, showing time, duration, size, checksum, and flags (`F=0x0`) unless it is a keyframe.
 */
export function listPackets(text: string): PicturePacket[] {
  const [, numerator, denominator] = /^#tb 0: (\d+)\/(\d+)/m.exec(text) ?? []
  const tick = Number(numerator) / Number(denominator)
  let offset = 0
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('0,')) return []
    const [, , shown, , size] = line.split(',').map(Number)
    if (shown === undefined || size === undefined || !(size >= 0)) return []
    const packet = { time: shown * tick, isKey: !line.includes('F='), offset, size }
    offset += size
    return [packet]
  })
}
