import { readFile } from 'node:fs/promises'

/** Our own windows are shorter than an hour; what is longer is not one. */
const mostBytes = 3600 * 32_000

/**
 * The samples of a WAV of 16 kHz, mono, 16 bits, as -1 to 1.
 * @throws Error when it is anything else
 */
export async function readWave(path: string): Promise<{ samples: Float32Array; sampleRate: number }> {
  const bytes = await readFile(path)
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('the sound is no WAV file')
  if (bytes.length > mostBytes) throw new Error('the sound is too long for one window')
  let format: { codec: number; channels: number; sampleRate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      format = {
        codec: bytes.readUInt16LE(at + 8),
        channels: bytes.readUInt16LE(at + 10),
        sampleRate: bytes.readUInt32LE(at + 12),
        bits: bytes.readUInt16LE(at + 22),
      }
    }
    if (name === 'data') {
      if (format?.channels !== 1 || format.bits !== 16 || format.sampleRate !== 16_000)
        throw new Error('the sound is not 16 kHz, mono, 16 bits')
      return { samples: toFloats(bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + size))), sampleRate: 16_000 }
    }
    at += 8 + size + (size % 2)
  }
  throw new Error('the WAV file has no sound in it')
}

function toFloats(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length >> 1)
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2) / 32_768
  return samples
}
