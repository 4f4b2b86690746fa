import type { MediaInfo } from '../../../domain/media-info.ts'
import type { Progress } from '../../../domain/run.ts'
import { overlapOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import type { Media } from '../../../media/create-media.ts'
import type { Cue } from '../transcriber.ts'
import { estimateWordTimes } from '../words/estimate-word-times.ts'
import { type AlignmentThread, startAlignmentThread } from './align-off-thread.ts'
import { judgeCues } from './judge-cues.ts'
import { createPitches, type Pitches } from './pitches.ts'
import { type Block, captionSlack, planBlocks } from './plan-blocks.ts'
import { decodeSound, type SoundFile } from './sound-file.ts'
import type { SpeechSynthesiser } from './speech-synthesiser.ts'
import { spokenForm } from './spoken-form.ts'

export interface AlignCues {
  /** In order, inside the recording, none over the next. */
  cues: readonly Cue[]
  language: string
  silences: readonly TimeRange[]
  path: string
  info: MediaInfo
  media: Media
  synthesiser: SpeechSynthesiser
  /** A folder of one's own, for the decoded sound. */
  folder: string
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}

/** The words of a cue where they were heard, and how sure that is, from 0 to 1. */
export interface HeardCue {
  words: Word[]
  confidence: number
}

/**
 * Finds the words of cues without word times in the sound: each is said by a synthesiser and found again by what it sounds
 * like. Answers for each cue, null where it has word times already, is not heard, or is not heard for sure.
 * @throws the failures of ffmpeg and the synthesiser; the signal's reason when aborted
 */
export async function alignCues(request: AlignCues): Promise<(HeardCue | null)[]> {
  const { cues, info, signal, onProgress, synthesiser, language } = request
  const heard: (HeardCue | null)[] = cues.map(() => null)
  const voice = synthesiser.voiceFor(language)
  const blocks = planBlocks(cues, info.duration)
  if (voice === null || blocks.length === 0 || info.audio.length === 0) return heard
  const decoding = (fraction: number) => onProgress({ fraction: fraction * 0.1, message: 'reading the sound' })
  await using sound = await decodeSound({ ...request, onProgress: decoding })
  await using thread = startAlignmentThread(signal)
  const pitches = createPitches()
  for (const [index, block] of blocks.entries()) {
    signal.throwIfAborted()
    const found = await alignOne({ ...request, voice, block, sound, thread, pitches })
    for (let cue = block.keepFrom; cue < block.keepTo; cue++) heard[cue] = found[cue - block.from] ?? null
    onProgress({ fraction: 0.1 + (0.9 * (index + 1)) / blocks.length, message: 'listening for the words' })
  }
  return withoutStepsBack(heard)
}

interface AlignOne extends AlignCues {
  voice: string
  block: Block
  sound: SoundFile
  thread: AlignmentThread
  pitches: Pitches
}

async function alignOne({
  block,
  sound,
  thread,
  voice,
  pitches,
  signal,
  ...request
}: AlignOne): Promise<(HeardCue | null)[]> {
  const { cues, language, silences, synthesiser, info } = request
  const { span } = block
  const near = silences.filter((silence) => overlapOf(silence, span) > 0)
  const estimated = cues.slice(block.from, block.to).map((cue) => estimateWordTimes(cue, { language, silences: near }))
  const words = estimated.flat()
  const heard = await sound.read(span)
  const said = await synthesiser.say(
    words.map(({ text }) => spokenForm(text)),
    { voice, signal },
  )
  const cueStarts = [0]
  for (const cue of estimated) cueStarts.push((cueStarts.at(-1) ?? 0) + cue.length)
  const aligned = await thread.align({
    heard,
    highestHz: highestHzOf(info),
    said: { samples: joined(said.words), rate: said.rate },
    lengths: said.words.map(({ length }) => length),
    cueStarts,
    expected: words.map(({ start }) => start - span.start),
    reach: captionSlack,
    pitches: pitches.toTry(),
  })
  const confidences = judgeCues(aligned.cues)
  pitches.learn(aligned.pitch, confidences)
  return estimated.map((cue, index): HeardCue | null => {
    const confidence = confidences[index] ?? 0
    if (confidence === 0 || cue.length === 0) return null
    const times = aligned.words.slice(cueStarts[index], cueStarts[index + 1])
    return { words: timedWords({ cue, times, offset: span.start, confidence }), confidence }
  })
}

interface Timing {
  cue: readonly Word[]
  times: readonly (TimeRange | null)[]
  offset: number
  confidence: number
}

function timedWords({ cue, times, offset, confidence }: Timing): Word[] {
  let before = 0
  return cue.map(({ text }, index) => {
    const time = times[index]
    // A word without a sound, such as a sign, stands where the one before it ends.
    const start = time ? roundToMs(offset + time.start) : before
    const end = time ? roundToMs(offset + time.end) : start
    before = end
    return { text, start, end, confidence: Math.round(confidence * 100) / 100, timing: 'exact' as const }
  })
}

/** Speech is compared up to here; a recording of a telephone has nothing over 4 kHz. */
function highestHzOf({ audio }: MediaInfo): number {
  const rate = audio[0]?.sampleRate ?? 16_000
  return Math.max(1500, Math.min(7000, rate * 0.46))
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    samples.set(part, at)
    at += part.length
  }
  return samples
}

/** Blocks are heard one by one, so that words at a seam may have been heard twice: the less sure one is given up. */
function withoutStepsBack(heard: (HeardCue | null)[]): (HeardCue | null)[] {
  const kept = [...heard]
  let last = -1
  for (const [index, cue] of heard.entries()) {
    if (!cue) continue
    const before = last < 0 ? null : kept[last]
    const goesBack = (before?.words.at(-1)?.end ?? 0) > (cue.words[0]?.start ?? 0) + 0.02
    if (goesBack && before && before.confidence >= cue.confidence) {
      kept[index] = null
      continue
    }
    if (goesBack) kept[last] = null
    last = index
  }
  return kept
}
