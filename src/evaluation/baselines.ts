import { seededRandom } from '../domain/seeded-random.ts'
import type { TimeRange } from '../domain/time-range.ts'
import { type ClipTask, matches, type PredictedClip } from './clip-measures.ts'
import type { LabelledRecording } from './labelled-recording.ts'
import { similarity, sumOf, vectorOf, windowVectors } from './window-vectors.ts'

/** What a rule is asked: a recording's words, and a question in the query task. */
export interface Asked {
  recording: Pick<LabelledRecording, 'id' | 'duration' | 'segments'>
  query?: string
}

// Seconds of a rule's clips.
const clipLength: Record<ClipTask, number> = { clips: 30, query: 120 }

type ClipRule = (asked: Asked, task: ClipTask) => PredictedClip[]

/** Rules anyone could write, which a detector has to beat. */
export const clipBaselines = { exchange, late, longest, tfidf } satisfies Record<string, ClipRule>

export const chapterBaselines = { 'no border': () => [], dips } satisfies Record<string, (asked: Asked) => number[]>

export const ruleNames: ReadonlySet<string> = new Set([...Object.keys(clipBaselines), ...Object.keys(chapterBaselines)])

/** Ten clips anywhere: what chance finds, to be averaged over many draws. */
export function anywhere({ recording, query = '' }: Asked, task: ClipTask, draw: number): PredictedClip[] {
  const random = seededRandom(seedOf(`${recording.id}${query}`) + draw)
  const latest = Math.max(0, recording.duration - clipLength[task])
  return Array.from({ length: 10 }, () => clipAt(recording, random() * latest, task))
}

/** Borders anywhere, one for seven minutes. */
export function bordersAnywhere({ recording }: Asked, draw: number): number[] {
  const random = seededRandom(seedOf(recording.id) + draw)
  return Array.from({ length: usualBorders(recording) }, () => random() * recording.duration)
}

/** Lively back and forth: changes of speaker, question and exclamation marks. */
function exchange({ recording }: Asked, task: ClipTask): PredictedClip[] {
  const { segments } = recording
  const clips = windowVectors(recording, { seconds: clipLength[task], step: 10 }).windows.map(
    ({ first, last, start, end }) => {
      let score = 0
      for (let i = first; i <= last; i++) {
        if (i > first && segments[i]?.speaker !== segments[i - 1]?.speaker) score += 1
        score += 0.7 * (segments[i]?.text.match(/[!?]/g)?.length ?? 0)
      }
      return { start, end, score }
    },
  )
  return bestApart(clips)
}

/** Towards the end, where shows keep their liveliest part. */
function late({ recording }: Asked, task: ClipTask): PredictedClip[] {
  return [0.8, 0.85, 0.9, 0.75, 0.95, 0.7].map((share) => clipAt(recording, share * recording.duration, task))
}

/** Around the longest sentences. */
function longest({ recording }: Asked, task: ClipTask): PredictedClip[] {
  const clips = recording.segments.map(({ start, end, text }) => ({
    ...clipAt(recording, (start + end - clipLength[task]) / 2, task),
    score: text.length,
  }))
  return bestApart(clips.sort((a, b) => b.score - a.score).slice(0, 200))
}

/** The words of the question, or without one the words of the whole recording. */
function tfidf({ recording, query }: Asked, task: ClipTask): PredictedClip[] {
  const vectors = windowVectors(recording, { seconds: clipLength[task], step: clipLength[task] / 2 })
  const wanted = query === undefined ? sumOf(vectors.windows.map(({ vector }) => vector)) : vectorOf(query, vectors)
  return bestApart(vectors.windows.map(({ start, end, vector }) => ({ start, end, score: similarity(vector, wanted) })))
}

/** Where the words before and after have least in common (TextTiling, Hearst 1997). */
function dips({ recording }: Asked): number[] {
  const { windows } = windowVectors(recording, { seconds: 60, step: 30 })
  const around = (from: number, to: number) => sumOf(windows.slice(Math.max(0, from), to).map(({ vector }) => vector))
  const depths = windows.slice(4, -4).map(({ start }, i) => ({
    start,
    alike: similarity(around(i - 2, i + 4), around(i + 4, i + 10)),
  }))
  const chosen: number[] = []
  for (const { start } of depths.sort((a, b) => a.alike - b.alike)) {
    if (chosen.length >= usualBorders(recording)) break
    if (chosen.every((other) => Math.abs(other - start) > 120)) chosen.push(start)
  }
  return chosen
}

function usualBorders({ duration }: { duration: number }): number {
  return Math.max(1, Math.round(duration / 420))
}

function clipAt({ duration }: { duration: number }, time: number, task: ClipTask): TimeRange {
  const start = Math.max(0, Math.min(time, duration - clipLength[task]))
  return { start, end: Math.min(duration, start + clipLength[task]) }
}

function bestApart(clips: (TimeRange & { score: number })[]): PredictedClip[] {
  const kept: PredictedClip[] = []
  for (const clip of clips.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === 20) break
    if (!kept.some((other) => matches(other, clip))) kept.push(clip)
  }
  return kept
}

function seedOf(text: string): number {
  let seed = 0
  for (const letter of text) seed = (Math.imul(seed, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return seed
}
