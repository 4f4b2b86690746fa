import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Word } from '../../src/domain/transcript.ts'

/** Each word is a tone of its own, so that a program can really hear it: 16 words, 200 Hz apart. */
export const toneWords =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa'.split(' ')
const firstHertz = 400
const hertzApart = 200

export interface ToneWord {
  text: string
  start: number
  end: number
}

interface SpeakOptions {
  words: readonly ToneWord[]
  /** Seconds. */
  duration: number
  /** Hertz; at least 8000. */
  sampleRate?: number
  channels?: number
}

/** Writes a WAV in which these words are spoken; streamed, so it may be hours. */
export async function speakTones(path: string, options: SpeakOptions): Promise<void> {
  await pipeline(soundOf(options), createWriteStream(path))
}

function* soundOf({ words, duration, sampleRate = 16_000, channels = 1 }: SpeakOptions): Generator<Buffer> {
  const samples = Math.round(duration * sampleRate)
  yield wavHeader({ samples, sampleRate, channels })
  let index = 0
  for (let from = 0; from < samples; from += sampleRate) {
    const count = Math.min(sampleRate, samples - from)
    const block = Buffer.alloc(count * 2 * channels)
    for (let i = 0; i < count; i++) {
      const time = (from + i) / sampleRate
      while (words[index] && time >= (words[index]?.end ?? 0)) index++
      const word = words[index]
      if (!word || time < word.start) continue
      const value = Math.round(12_000 * Math.sin(2 * Math.PI * hertzOf(word.text) * time))
      for (let channel = 0; channel < channels; channel++) block.writeInt16LE(value, (i * channels + channel) * 2)
    }
    yield block
  }
}

function hertzOf(text: string): number {
  return firstHertz + toneWords.indexOf(text) * hertzApart
}

function wavHeader({
  samples,
  sampleRate,
  channels,
}: {
  samples: number
  sampleRate: number
  channels: number
}): Buffer {
  const header = Buffer.alloc(44)
  const bytes = samples * channels * 2
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(bytes, 40)
  return header
}

/** Seconds that are looked at at once; also how exact times are. */
const frame = 0.02
/** A tone shorter than this is a word cut off: it is heard as another. */
const shortestWord = 0.12

/** The words in a 16 kHz mono 16-bit WAV, in seconds of the file. What is cut off at an edge is heard as `uh`. */
export async function hearTones(path: string): Promise<Word[]> {
  const samples = await readSamples(path)
  const size = Math.round(frame * 16_000)
  const heard: ToneWord[] = []
  for (let at = 0; at + size <= samples.length; at += size) {
    const text = toneIn(samples.subarray(at, at + size))
    const last = heard.at(-1)
    const start = at / 16_000
    if (text === null) continue
    if (last && last.text === text && start - last.end < 1e-6) last.end = start + frame
    else heard.push({ text, start, end: start + frame })
  }
  return heard
    .filter(({ start, end }) => end - start > frame * 1.5)
    .map((word) => ({
      ...word,
      text: word.end - word.start < shortestWord ? 'uh' : word.text,
      confidence: null,
      timing: 'exact' as const,
    }))
}

async function readSamples(path: string): Promise<Int16Array> {
  const file = await open(path)
  try {
    const bytes = await file.readFile()
    if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${path} is no WAV.`)
    const data = bytes.indexOf('data', 12, 'latin1') + 8
    return new Int16Array(new Uint8Array(bytes.subarray(data, bytes.length - ((bytes.length - data) % 2))).buffer)
  } finally {
    await file.close()
  }
}

/** The tone with most power (Goertzel, 1958), if it is most of the sound. */
function toneIn(samples: Int16Array): string | null {
  let total = 0
  for (const sample of samples) total += sample * sample
  if (total / samples.length < 1_000_000) return null
  let best: { text: string; power: number } | null = null
  for (const text of toneWords) {
    const step = 2 * Math.cos((2 * Math.PI * hertzOf(text)) / 16_000)
    let [before, last] = [0, 0]
    for (const sample of samples) [before, last] = [last, sample + step * last - before]
    const power = last * last + before * before - step * last * before
    if (!best || power > best.power) best = { text, power }
  }
  return best && best.power * 2 > total * samples.length * 0.3 ? best.text : null
}
