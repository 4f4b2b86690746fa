/** Sound of a WAVE file in memory, one channel of 16 bits; null when it is something else. */
export function readWave(bytes: Buffer): { samples: Int16Array; rate: number } | null {
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return null
  let rate = 0
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [id, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)]
    if (id === 'fmt ' && at + 24 <= bytes.length) {
      const [channels, bits] = [bytes.readUInt16LE(at + 10), bytes.readUInt16LE(at + 22)]
      if (channels !== 1 || bits !== 16) return null
      rate = bytes.readUInt32LE(at + 12)
    }
    if (id === 'data') {
      // A program that writes to a pipe can't know the size, and states a huge one.
      const end = Math.min(bytes.length, at + 8 + size)
      const samples = new Int16Array((end - at - 8) >> 1)
      for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(at + 8 + 2 * i)
      return rate > 0 ? { samples, rate } : null
    }
    at += 8 + size + (size % 2)
  }
  return null
}
