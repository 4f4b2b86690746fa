import { overlapOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Cue } from '../transcriber.ts'
import { estimateWordTimes } from '../words/estimate-word-times.ts'
import { joinWords } from '../words/split-text-into-words.ts'

/** Who speaks when. */
export interface SpeakerTurn extends TimeRange {
  speaker: string
}

/** A word this far from every turn has nobody's voice in it. Seconds. */
const nearby = 1
/** A single word of another voice inside someone's sentence is a mistake of the ears more often than an interjection. */
const shortestRun = 2

/**
 * Cues with the speakers that were told apart by their voices: each word gets whoever speaks at its time, and a cue is split where
 * that changes. Speakers that cues have already stay. Turns in order; they may overlap.
 */
export function assignSpeakers(cues: readonly Cue[], turns: readonly SpeakerTurn[], language: string | null): Cue[] {
  if (new Set(turns.map(({ speaker }) => speaker)).size < 2) return [...cues]
  const finder = turnFinder(turns)
  return cues.flatMap((cue) => (cue.speaker === null ? splitBySpeaker(cue, finder, language) : [cue]))
}

interface Spoken extends TimeRange {
  text: string
  speaker: string | null
}

function splitBySpeaker(cue: Cue, speakerAt: (range: TimeRange) => string | null, language: string | null): Cue[] {
  const words = cue.words ?? estimateWordTimes(cue, { language })
  const spoken = settle(words.map(({ text, start, end }) => ({ text, start, end, speaker: speakerAt({ start, end }) })))
  const runs = runsOf(spoken)
  const [only] = runs
  if (runs.length <= 1) return [{ ...cue, speaker: only?.[0]?.speaker ?? null }]
  let first = 0
  return runs.flatMap((run, index) => {
    const from = first
    first += run.length
    const [begin, end] = [run[0], run.at(-1)]
    if (!begin || !end) return []
    const start = index === 0 ? cue.start : begin.start
    const last = index === runs.length - 1 ? cue.end : end.end
    const own = cue.words?.slice(from, first) ?? null
    return [{ start, end: Math.max(start, last), text: joinWords(run), speaker: begin.speaker, words: own }]
  })
}

function runsOf(words: readonly Spoken[]): Spoken[][] {
  const runs: Spoken[][] = []
  for (const word of words) {
    const run = runs.at(-1)
    if (run && run[0]?.speaker === word.speaker) run.push(word)
    else runs.push([word])
  }
  return runs
}

/** Words of nobody belong to whoever spoke before; a lone word between two of one voice is that voice's. */
function settle(words: readonly Spoken[]): Spoken[] {
  let before = words.find(({ speaker }) => speaker !== null)?.speaker ?? null
  const known = words.map((word) => {
    before = word.speaker ?? before
    return { ...word, speaker: before }
  })
  const runs = runsOf(known)
  return runs.flatMap((run, index) => {
    const around = [runs[index - 1]?.[0]?.speaker, runs[index + 1]?.[0]?.speaker]
    const isSlip = run.length < shortestRun && around[0] !== undefined && around[0] === around[1]
    return isSlip ? run.map((word) => ({ ...word, speaker: around[0] ?? null })) : run
  })
}

/** Looks turns up by time without going through all of them: a long talk has thousands. */
function turnFinder(turns: readonly SpeakerTurn[]): (range: TimeRange) => string | null {
  const sorted = turns.toSorted((a, b) => a.start - b.start)
  const longest = sorted.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  return (range) => {
    let best: { speaker: string; score: number } | null = null
    for (let index = firstFrom(sorted, range.start - longest - nearby); index < sorted.length; index++) {
      const turn = sorted[index]
      if (!turn || turn.start > range.end + nearby) break
      const overlap = overlapOf(turn, range)
      const distance = Math.max(turn.start - range.end, range.start - turn.end, 0)
      if (overlap === 0 && distance > nearby) continue
      // Any overlap beats being near.
      const score = overlap > 0 ? 1 + overlap : -distance
      if (!best || score > best.score) best = { speaker: turn.speaker, score }
    }
    return best?.speaker ?? null
  }
}

function firstFrom(turns: readonly SpeakerTurn[], time: number): number {
  let [low, high] = [0, turns.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((turns[middle]?.start ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}
