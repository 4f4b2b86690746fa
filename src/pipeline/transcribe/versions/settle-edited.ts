import type { Segment } from '../../../domain/transcript.ts'
import { settleWords } from '../words/settle-words.ts'
import { settleSegments } from './replace-phrase.ts'

/**
 * Edited segments as they may be stored: times rise, none over the next, all inside the recording (seconds); segments that lost all
 * their words go. @throws TranscriptWouldBeEmpty
 */
export function settleEdited(segments: readonly Segment[], duration: number): Segment[] {
  // Turns without words go; the number tells which segment those that stay belong to.
  const turns = segments.map(({ words }, index) => ({ speaker: String(index), words }))
  const settled = settleWords(turns, duration).turns.flatMap(({ speaker, words }) => {
    const segment = segments[Number(speaker)]
    return segment ? [{ ...segment, words }] : []
  })
  return settleSegments(settled)
}
