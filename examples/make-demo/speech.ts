import { spawnSync } from 'node:child_process'
import type { Line, Section, Speaker } from './screenplay.ts'

export const sampleRate = 22050

export type Word = { text: string; start: number; end: number }
export type Spoken = { line: Line; start: number; end: number; words: Word[] }
export type Moment = { title: string; start: number; end: number }

/** One track a speaker, so that each can have their own sound and their own moving mouth. */
export type Talk = {
  duration: number
  tracks: Record<Speaker, Float32Array>
  spoken: Spoken[]
  moments: Moment[]
}

const voices = {
  Nora: { name: 'en-us+f3', speed: 180, pitch: 40 },
  Felix: { name: 'gmw/en+m3', speed: 174, pitch: 46 },
} satisfies Record<Speaker, { name: string; speed: number; pitch: number }>

/** Says the whole screenplay, line after line, and notes when each word was said. */
export function speak(sections: Section[]): Talk {
  const spoken: Spoken[] = []
  const moments: Moment[] = []
  const takes: { speaker: Speaker; start: number; samples: Float32Array }[] = []
  let clock = 0.6
  let previous: Line | undefined
  for (const section of sections) {
    const first = spoken.length
    for (const line of section.lines) {
      clock += silenceBefore(line, previous, spoken.length)
      const take = say(line, spoken.length)
      spoken.push({ line, start: clock, end: clock + take.duration, words: shifted(take.words, clock) })
      takes.push({ speaker: line.speaker, start: clock, samples: take.samples })
      clock += take.duration
      previous = line
    }
    if (section.worthClipping)
      moments.push({ title: section.title, start: spoken[first]!.start, end: spoken.at(-1)!.end })
  }
  const duration = Math.ceil(clock + 1.5)
  return { duration, tracks: mixdown(takes, duration), spoken, moments }
}

/** People leave less room between quick words than before a new subject; no two gaps are alike. */
function silenceBefore(line: Line, previous: Line | undefined, index: number): number {
  const usual = !previous ? 0 : line.opensSection ? 1 : line.opensTurn ? 0.38 : endsSentence(previous) ? 0.28 : 0.08
  const haste = line.manner.has('quick') ? 0.5 : line.manner.has('slow') ? 1.3 : 1
  return usual * haste * (0.8 + 0.45 * unevenness(index)) + line.pause
}

const endsSentence = (line: Line) => /[.?!]"?$/.test(line.text)

/** A number in 0…1 that looks random and is the same in every run. */
export function unevenness(index: number): number {
  const value = Math.sin(index * 12.9898 + 4.1414) * 43758.5453
  return value - Math.floor(value)
}

function say(line: Line, index: number) {
  const raw = synthesise(line)
  const from = raw.findIndex(isAudible)
  const samples = raw.slice(from, raw.findLastIndex(isAudible) + 1)
  const gain = loudness(line) * (0.9 + 0.2 * unevenness(index + 500))
  return {
    samples: samples.map((sample) => sample * gain),
    duration: samples.length / sampleRate,
    words: wordTimes(line, samples, from),
  }
}

const isAudible = (sample: number) => Math.abs(sample) > 0.004
const loudness = ({ manner }: Line) => (manner.has('soft') ? 0.55 : manner.has('loud') ? 1.3 : 1)

function synthesise({ speaker, text, manner }: Line, voicedWords = Number.POSITIVE_INFINITY): Float32Array {
  const voice = voices[speaker]
  const speed = voice.speed + (manner.has('quick') ? 16 : 0) - (manner.has('slow') ? 20 : 0)
  const pitch =
    voice.pitch + (manner.has('bright') ? 7 : 0) + (manner.has('loud') ? 6 : 0) - (manner.has('soft') ? 6 : 0)
  const range = manner.has('soft') ? 'medium' : 'high'
  const markup = `<prosody range="${range}">${silencedAfter(voicedWords, text)}</prosody>`
  const flags = ['-v', voice.name, '-s', `${speed}`, '-p', `${pitch}`, '-m', '-z', '--stdout']
  const { stdout, status, stderr } = spawnSync('espeak-ng', [...flags, markup], { maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`espeak-ng could not say "${text}": ${stderr.toString()}`)
  return samplesOfWav(stdout)
}

function silencedAfter(voicedWords: number, text: string): string {
  const words = text.split(' ')
  if (voicedWords >= words.length) return text
  return `${words.slice(0, voicedWords).join(' ')} <prosody volume="silent">${words.slice(voicedWords).join(' ')}</prosody>`
}

/**
 * espeak-ng does not tell when it says a word. But when it says the line again with all words after the third
 * silenced, the sound ends where the third word ends.
 */
function wordTimes(line: Line, samples: Float32Array, from: number): Word[] {
  const texts = line.text.split(' ')
  const ends = texts.map((_, index) =>
    index + 1 === texts.length ? samples.length : synthesise(line, index + 1).findLastIndex(isAudible) + 1 - from,
  )
  return texts
    .map((text, index) => {
      const previousEnd = ends[index - 1] ?? 0
      const start = samples.findIndex((sample, position) => position >= previousEnd && isAudible(sample))
      return { text, start: start / sampleRate, end: ends[index]! / sampleRate }
    })
    .reduce<Word[]>(shareOneSpan, [])
}

/** "of the" and the like are said as one word, which then ends where the next one does: each gets its share. */
function shareOneSpan(words: Word[], word: Word): Word[] {
  const previous = words.at(-1)
  if (!previous || word.end - word.start > 0.04) return [...words, word]
  const share = previous.text.length / (previous.text.length + word.text.length)
  const border = previous.start + (word.end - previous.start) * share
  return [...words.slice(0, -1), { ...previous, end: border }, { ...word, start: border }]
}

function samplesOfWav(wav: Buffer): Float32Array {
  const body = wav.subarray(44)
  return Float32Array.from({ length: body.length >> 1 }, (_, index) => body.readInt16LE(index * 2) / 32768)
}

const shifted = (words: Word[], by: number) =>
  words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }))

function mixdown(takes: { speaker: Speaker; start: number; samples: Float32Array }[], duration: number) {
  const tracks = { Nora: new Float32Array(duration * sampleRate), Felix: new Float32Array(duration * sampleRate) }
  for (const { speaker, start, samples } of takes) tracks[speaker].set(samples, Math.round(start * sampleRate))
  return tracks
}
