import type { RecordingFacts } from '../recording-facts.ts'

// Nobody says more sentences in three minutes; a broken transcript may hold thousands.
const mostAround = 150

/** The first sentence that begins within `seconds` before the start of this one. */
export function backFrom(sentences: RecordingFacts['sentences'], index: number, seconds: number): number {
  const earliest = (sentences[index]?.start ?? 0) - seconds
  let first = index
  while (first > index - mostAround && first > 0 && (sentences[first - 1]?.start ?? 0) >= earliest) first--
  return first
}

/** The last sentence that begins within `seconds` after the start of this one. */
export function onFrom(sentences: RecordingFacts['sentences'], index: number, seconds: number): number {
  const latest = (sentences[index]?.start ?? 0) + seconds
  let last = index
  while (last < index + mostAround && last + 1 < sentences.length && (sentences[last + 1]?.start ?? 0) < latest) last++
  return last
}
