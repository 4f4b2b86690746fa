import type { Detection, Mode } from '../../domain/moment.ts'
import type { Analysis } from '../../domain/observation.ts'
import type { Segment } from '../../domain/transcript.ts'
import { usualChapterModel } from './chapters/chapter-model.ts'
import { findChapters } from './chapters/find-chapters.ts'
import { detectMoments } from './detect-moments.ts'
import type { Judgements } from './language-model/judgement.ts'
import { usualAnswerModel } from './query/answer-model.ts'
import { findAnswers } from './query/find-answers.ts'
import type { Ranker } from './ranker.ts'
import { findSignalMoments } from './signals/find-signal-moments.ts'
import { findSummary } from './summary/find-summary.ts'

export interface FindSettings {
  mode: Mode
  /** What is looked for in `query` mode. */
  query?: string | null
  /** Most moments wanted. */
  count: number
  /** Least and greatest length of a moment in seconds. */
  minSeconds: number
  maxSeconds: number
  /** True: by sound and picture alone, whatever is said. */
  withoutWords?: boolean | undefined
}

export interface FindInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  /** What picture and sound show; null without. */
  analysis: Analysis | null
  settings: FindSettings
  ranker: Ranker
  /** What a language model said of `shortlistMoments`; only ranked modes have any. */
  judgements?: Judgements | null
  /** Fewer candidates and no subjects, where memory is short; only ranked modes have such a way. */
  lighter?: boolean
}

/**
 * The moments of a recording in the mode asked for: what people react to or remember, what sums it up, where they talk about something,
 * or its chapters. Pure and deterministic. Fewer than asked for, or none, comes with the reason in `shortfall`.
 */
export function findMoments({ settings, judgements = null, ...input }: FindInput): Detection {
  const { mode, query, withoutWords = false, ...limits } = settings
  if (withoutWords)
    return findSignalMoments({ ...input, analysis: input.analysis ?? nothingSeen, settings: { ...limits, mode } })
  switch (mode) {
    case 'query':
      return findAnswers({ ...input, query: query ?? '', limits })
    case 'chapters':
      return findChapters({ ...input, limits })
    case 'summary':
      return findSummary({ ...input, limits, judgements })
    case 'viral':
    case 'highlights':
      return detectMoments({ ...input, settings: { mode, ...limits }, judgements })
  }
}

const nothingSeen: Analysis = {
  scenes: [],
  loudness: { step: 1, values: [], integrated: null },
  silences: [],
  warnings: [],
}

/** The learnt parts of a mode beside the ranker, by name and version: another one may find other moments. */
export function learntPartsOf(mode: Mode): { name: string; version: string }[] {
  if (mode === 'viral' || mode === 'highlights') return []
  const { name, version } = mode === 'query' ? usualAnswerModel() : usualChapterModel()
  return [{ name, version }]
}
