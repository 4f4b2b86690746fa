import type { Analysis } from '../../domain/observation.ts'
import type { Segment } from '../../domain/transcript.ts'
import type { Candidate } from './candidates.ts'
import { type RecordingFacts, recordingFacts } from './recording-facts.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { spokenWords } from './spoken-words.ts'

interface FactsOptions {
  duration?: number
  analysis?: Analysis | null
  maxSeconds?: number
}

/** Facts of a recording as `detectMoments` would make them. */
export function factsOf(segments: readonly Segment[], options: FactsOptions = {}): RecordingFacts {
  const { duration = Math.max(0, ...segments.map(({ end }) => end)) + 1, analysis = null, maxSeconds = 60 } = options
  const spoken = spokenWords({ segments, duration })
  const { words, sentences } = splitIntoSentences({
    words: spoken,
    segments,
    maxSeconds,
    pieceSeconds: maxSeconds * 0.8,
  })
  return recordingFacts({ segments, words, sentences, duration, analysis })
}

/** The span from one sentence to another, its seconds those of the words. */
export function spanOf(facts: RecordingFacts, firstSentence = 0, lastSentence = facts.sentences.length - 1): Candidate {
  const start = facts.sentences[firstSentence]?.start ?? 0
  return { firstSentence, lastSentence, start, end: facts.sentences[lastSentence]?.end ?? start }
}
