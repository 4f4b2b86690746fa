import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runFfmpeg } from '../../../../test/support/make-media.ts'
import { overlapOf, type TimeRange } from '../../../domain/time-range.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { playedWithout, secondsOf } from '../edit/played-without.ts'
import { planTimeline, playedRanges } from '../graph/plan-timeline.ts'
import { findSounding } from './find-sounding.ts'
import type { Hearing } from './place-cut.ts'
import { soundLevels } from './sound-levels.ts'
import type { SpokenWord } from './spoken-word.ts'
import { tighten } from './tighten.ts'

const run = promisify(execFile)
const speaks = await run('espeak-ng', ['--version']).then(
  () => true,
  () => false,
)

let folder: string
let media: Media
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-tighten-'))
  media = createMedia({ tools: await findMediaTools({}) })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What is said, each part on its own, with the silence after it in seconds. */
type Script = readonly (readonly [text: string, pause: number])[]

interface Spoken {
  /** Where each part of the script is heard, without the silence espeak puts around it. */
  heard: TimeRange[]
  words: SpokenWord[]
  hearing: Hearing
  duration: number
}

/** Says a script in a room with a little noise, and listens to it. */
async function speak(script: Script, { noise = 0.0008 } = {}): Promise<Spoken> {
  const rate = 22_050
  const samples: number[] = Array.from({ length: rate / 4 }, () => 0)
  const heard: TimeRange[] = []
  for (const [text, pause] of script) {
    const said = await sayOnce(text)
    heard.push({ start: samples.length / rate, end: (samples.length + said.length) / rate })
    for (const sample of said) samples.push(sample)
    for (let j = 0; j < pause * rate; j++) samples.push(0)
  }
  // The same noise every time.
  let seed = 1
  const noisy = samples.map((sample) => {
    seed = (seed * 16_807) % 2_147_483_647
    return Math.round(sample + (seed / 2_147_483_647 - 0.5) * 2 * noise * 32_768)
  })
  const path = join(folder, 'said.wav')
  const pcm = Buffer.alloc(2 * noisy.length)
  for (const [i, sample] of noisy.entries()) pcm.writeInt16LE(Math.max(-32_768, Math.min(32_767, sample)), 2 * i)
  await writeFile(join(folder, 'said.raw'), pcm)
  await runFfmpeg(['-y', '-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', join(folder, 'said.raw'), path])
  const info = await media.probe(path)
  const [track] = info.audio
  if (!track) throw new Error('nothing was said')
  const range = { start: 0, end: info.duration }
  const sound = await soundLevels({ media, source: { path, info }, track, range })
  const words = script.map(([text], i) => wordOf(text, heard[i] ?? range))
  return { heard, words, hearing: { words, sound, sounding: findSounding(sound) }, duration: info.duration }
}

const parts = new Map<string, number[]>()

async function sayOnce(text: string): Promise<number[]> {
  const known = parts.get(text)
  if (known) return known
  const wav = join(folder, 'part.wav')
  await run('espeak-ng', ['-v', 'en', '-s', '150', '-w', wav, text])
  // Sixteen-bit samples after a header of 44 bytes, 22,050 a second.
  const bytes = (await readFile(wav)).subarray(44)
  const samples = trimmed(Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i)))
  parts.set(text, samples)
  return samples
}

/** Without the silence before and after: a fiftieth of a second below a thousandth of full scale. */
function trimmed(samples: number[]): number[] {
  const first = samples.findIndex((sample) => Math.abs(sample) > 40)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 40)
  return samples.slice(Math.max(0, first), last + 1)
}

function wordOf(text: string, { start, end }: TimeRange): SpokenWord {
  return { text, start, end, confidence: 1, timing: 'exact', speaker: null }
}

/** The same words as if only a caption said when: spread over all of it by length. */
function estimated(words: readonly SpokenWord[]): SpokenWord[] {
  const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0]
  const letters = words.reduce((sum, { text }) => sum + text.length + 2, 0)
  let done = 0
  return words.map((word) => {
    const from = start + ((end - start) * done) / letters
    done += word.text.length + 2
    return { ...word, start: from, end: start + ((end - start) * done) / letters, timing: 'estimated' }
  })
}

const script: Script = [
  ['So', 0.05],
  ['um,', 0.25],
  ['yesterday', 0.04],
  ['we', 0.03],
  ['went', 0.06],
  ['to', 0.03],
  ['the', 0.08],
  ['the', 0.05],
  ['museum.', 1.8],
  ['It', 0.04],
  ['was,', 0.12],
  ['you', 0.02],
  ['know,', 0.15],
  ['closed.', 1.2],
  ['Uh', 0.2],
  ['nobody', 0.04],
  ['told', 0.03],
  ['us.', 0.3],
]
const all = ['fillers', 'repeats', 'silences'] as const
const isFiller = (text: string) => /^(um,|uh|you|know,)$/i.test(text)

describe.skipIf(!speaks)('speech (needs espeak-ng)', () => {
  const request = ({ hearing, duration }: Spoken) => ({
    hearings: [hearing],
    ranges: [{ start: 0, end: duration }],
    kinds: all,
    language: 'en',
    keep: [],
    minSeconds: 3,
  })

  test('loses its fillers, repeats and long silences, and no word is cut into', async () => {
    const spoken = await speak(script)
    const { removals, notes } = tighten(request(spoken))
    expect(notes).toEqual([])
    expect(removals.map(({ kind, text }) => `${kind} ${text}`.trim())).toEqual([
      'filler um,',
      'repeat the',
      'silence',
      'filler you know,',
      'filler Uh',
    ])
    const ranges = playedWithout([{ start: 0, end: spoken.duration }], removals)
    expect(cutWords(spoken, onFrames(ranges))).toEqual([])
    // The pauses that stay are natural ones.
    expect(secondsOf(ranges)).toBeLessThan(spoken.duration - 2.5)
  })

  test('whose word times are only estimated loses what is surely silence or alone, and no word is cut into', async () => {
    const spoken = await speak(script)
    const words = estimated(spoken.words)
    const { removals } = tighten(request({ ...spoken, hearing: { ...spoken.hearing, words } }))
    expect(removals.filter(({ kind }) => kind === 'silence')).toHaveLength(2)
    const ranges = playedWithout([{ start: 0, end: spoken.duration }], removals)
    expect(cutWords(spoken, onFrames(ranges))).toEqual([])
    // What went was a filler by ear, too.
    for (const removal of removals.filter(({ kind }) => kind === 'filler')) {
      const gone = spoken.words.filter((word) => overlapOf(word, removal) > 0.02)
      expect(gone.every(({ text }) => isFiller(text))).toBe(true)
    }
  })

  test.each([0, 0.0002, 0.003, 0.01])('is told from noise of %f of full scale', async (noise) => {
    const spoken = await speak(script, { noise })
    const { sounding } = spoken.hearing
    const { removals } = tighten(request(spoken))
    const ranges = playedWithout([{ start: 0, end: spoken.duration }], removals)
    expect(cutWords(spoken, onFrames(ranges))).toEqual([])
    expect(sounding === null || sounding.length >= 3).toBe(true)
  })

  test('over loud noise keeps its silences, and says why', async () => {
    const spoken = await speak(script, { noise: 0.2 })
    const { removals, notes } = tighten(request(spoken))
    expect(removals.filter(({ kind }) => kind === 'silence')).toEqual([])
    expect(notes.join(' ')).toContain('Silences were left')
  })

  test('stays as long as it must: words go first, then the longest silences', async () => {
    const spoken = await speak(script)
    const { removals, notes } = tighten({ ...request(spoken), minSeconds: spoken.duration - 1.7 })
    const ranges = playedWithout([{ start: 0, end: spoken.duration }], removals)
    expect(secondsOf(ranges)).toBeGreaterThanOrEqual(spoken.duration - 1.7)
    expect(removals.map(({ kind }) => kind)).toContain('filler')
    expect(notes.join(' ')).toMatch(/not made: the clip would be shorter/)
  })

  test('keeps what a person wants kept', async () => {
    const spoken = await speak(script)
    const um = spoken.words[1] ?? { start: 0, end: 0 }
    const { removals } = tighten({ ...request(spoken), keep: [um] })
    expect(removals.map(({ text }) => text)).not.toContain('um,')
  })
})

/** As a clip of film plays them: every cut on a frame. */
function onFrames(ranges: TimeRange[]): TimeRange[] {
  const scene = { start: 0, end: 60, kind: 'blurred-fit' as const, crop: null, reason: '' }
  const frameRate = { numerator: 24_000, denominator: 1001 }
  return playedRanges(planTimeline({ edit: { ranges }, framing: { aspect: '9:16', scenes: [scene] }, frameRate }))
}

/** Words that are heard in part: neither whole nor gone, but for a breath of one that ran into the word before. */
function cutWords({ heard, words }: Spoken, ranges: readonly TimeRange[]): string[] {
  return words.flatMap(({ text }, i) => {
    const word = heard[i] ?? { start: 0, end: 0 }
    const played = ranges.reduce((sum, range) => sum + overlapOf(word, range), 0)
    const share = played / (word.end - word.start)
    // Of the fade at the border.
    const missing = word.end - word.start - played
    return share < 0.25 || missing < 0.012 ? [] : [`${text} ${share.toFixed(2)}`]
  })
}
