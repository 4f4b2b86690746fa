import type { RecordingFacts } from '../recording-facts.ts'
import { backFrom, onFrom } from './around.ts'

/** Who speaks how long around each sentence; only where speakers are known. */
export function measureTurns({ sentences }: RecordingFacts): Record<string, Float64Array> {
  const count = sentences.length
  const { speaker, voices } = numberSpeakers(sentences)
  const words = Float64Array.from(sentences, ({ firstWord, lastWord }) => lastWord - firstWord + 1)
  const turnWords = new Float64Array(count)
  const begins = new Uint8Array(count)
  const [said, turns, lastSeen] = [
    new Float64Array(voices),
    new Float64Array(voices),
    new Float64Array(voices).fill(-600),
  ]
  for (let i = 0; i < count; i++) begins[i] = Number(i === 0 || speaker[i] !== speaker[i - 1])
  for (let i = count - 1; i >= 0; i--)
    turnWords[i] = (words[i] ?? 0) + (begins[i + 1] === 0 ? (turnWords[i + 1] ?? 0) : 0)
  const away = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const who = speaker[i] ?? 0
    if (begins[i] === 1) away[i] = Math.min(600, (sentences[i]?.start ?? 0) - (lastSeen[who] ?? 0))
    lastSeen[who] = sentences[i]?.end ?? 0
    said[who] = (said[who] ?? 0) + (words[i] ?? 0)
    turns[who] = (turns[who] ?? 0) + (begins[i] ?? 0)
  }
  const allWords = Math.max(
    1,
    said.reduce((a, b) => a + b, 0),
  )
  const allTurns = Math.max(
    1,
    turns.reduce((a, b) => a + b, 0),
  )
  const column = (value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i))
  const longest = (from: number, to: number) => {
    let most = 0
    for (let i = Math.max(0, from); i <= to; i++) if (begins[i] === 1) most = Math.max(most, turnWords[i] ?? 0)
    return Math.log1p(most)
  }
  const countTurns = (from: number, to: number) => {
    let sum = 0
    for (let i = Math.max(0, from); i <= to; i++) sum += begins[i] ?? 0
    return sum
  }
  const lastTurnStart = new Int32Array(count)
  for (let i = 1; i < count; i++) lastTurnStart[i] = begins[i] === 1 ? i : (lastTurnStart[i - 1] ?? 0)
  return {
    turnStart: column((i) => begins[i] ?? 0),
    turnWords: column((i) => Math.log1p(turnWords[i] ?? 0)),
    turnWordsBefore: column((i) => (i === 0 ? 0 : Math.log1p(turnWords[lastTurnStart[i - 1] ?? 0] ?? 0))),
    longestTurnAfter: column((i) => longest(i, onFrom(sentences, i, 60))),
    longestTurnBefore: column((i) => longest(backFrom(sentences, i, 60), i - 1)),
    turnsAfter: column((i) => countTurns(i, onFrom(sentences, i, 60))),
    turnsBefore: column((i) => countTurns(backFrom(sentences, i, 60), i - 1)),
    ...Object.fromEntries(
      ([60, 180] as const).map((seconds) => [
        `speakerChange${seconds}`,
        column((i) => distance({ sentences, speaker, words, voices }, i, seconds)),
      ]),
    ),
    speakerAway: away,
    speakerShare: column((i) => (said[speaker[i] ?? 0] ?? 0) / allWords),
    speakerTurns: column((i) => (turns[speaker[i] ?? 0] ?? 0) / allTurns),
    speakerBeforeShare: column((i) => (i === 0 ? 0 : (turns[speaker[i - 1] ?? 0] ?? 0) / allTurns)),
  }
}

interface Talk {
  sentences: RecordingFacts['sentences']
  speaker: Int32Array
  words: Float64Array
  voices: number
}

// A label for every word is no speaker: those who say least are one crowd.
const mostVoices = 24

function numberSpeakers(sentences: RecordingFacts['sentences']): { speaker: Int32Array; voices: number } {
  const uses = new Map<string | null, number>()
  for (const { speaker } of sentences) uses.set(speaker, (uses.get(speaker) ?? 0) + 1)
  const known = new Map([...uses].sort((a, b) => b[1] - a[1]).map(([name], i) => [name, Math.min(i, mostVoices - 1)]))
  return {
    speaker: Int32Array.from(sentences, ({ speaker }) => known.get(speaker) ?? 0),
    voices: Math.min(uses.size, mostVoices),
  }
}

/** How differently the words are shared among the speakers before and after, 0 to 1. */
function distance({ sentences, speaker, words, voices }: Talk, i: number, seconds: number): number {
  const shares = (from: number, to: number) => {
    const said = new Float64Array(voices)
    let all = 0
    for (let k = Math.max(0, from); k <= to; k++) {
      const who = speaker[k] ?? 0
      said[who] = (said[who] ?? 0) + (words[k] ?? 0)
      all += words[k] ?? 0
    }
    return said.map((value) => value / Math.max(1, all))
  }
  const before = shares(backFrom(sentences, i, seconds), i - 1)
  const after = shares(i, onFrom(sentences, i, seconds))
  return before.reduce((sum, value, who) => sum + Math.abs(value - (after[who] ?? 0)), 0) / 2
}
