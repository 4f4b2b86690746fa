import type { Chapter, Detection, Moment } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import { roundToMs } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { partsOf } from '../best-part.ts'
import { calibrate } from '../calibrate.ts'
import type { Candidate } from '../candidates.ts'
import { describeMoment } from '../describe-moment.ts'
import { measureCandidates } from '../measure-candidates.ts'
import type { Ranker } from '../ranker.ts'
import { type Limits, readRecording } from '../read-recording.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { scoreCurve } from '../score-curve.ts'
import { type ChapterModel, usualChapterModel, weighBorders } from './chapter-model.ts'
import { explainChapter } from './explain-chapter.ts'
import { placeBorders } from './place-borders.ts'
import { titleChapters } from './title-chapter.ts'

export interface ChapterInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  analysis: Analysis | null
  limits: Limits
  /** Chooses the part of each chapter that is shown. */
  ranker: Ranker
  /** Another model than the one that comes with this version. */
  model?: ChapterModel
}

/**
 * The chapters of a recording: they begin where a trained model finds that the subject changes (words, cues, turns), follow each other
 * without gaps, and have titles in the speakers' own words. Of the `count` longest one moment each, in order of time: the part that the
 * ranker likes best, with the whole chapter as its span. Pure and deterministic; time grows with the recording's length alone.
 */
export function findChapters({ limits, ranker, model = usualChapterModel(), ...input }: ChapterInput): Detection {
  const facts = readRecording({ ...input, limits })
  const { sentences, duration } = facts
  const none = { moments: [], curve: { step: 1, values: [] }, candidateCount: 0, chapters: [] }
  if (sentences.length === 0)
    return { ...none, shortfall: 'There is no speech in this recording, so it has no chapters.' }
  const weights = weighBorders(facts, model)
  const spans = spansBetween(placeBorders(facts, weights, model), sentences.length)
  const titles = titleChapters(facts, spans)
  const chapters = spans.map(
    (span, i): Chapter => ({
      start: i === 0 ? 0 : roundToMs(sentences[span.first]?.start ?? 0),
      end: roundToMs(sentences[span.last + 1]?.start ?? duration),
      title: titles[i] ?? '',
    }),
  )
  const parts = partsOf(facts, limits)
  const values = valuesOf(parts.candidates, facts, ranker)
  const longest = [...spans.keys()]
    .sort((a, b) => secondsOf(chapters[b]) - secondsOf(chapters[a]) || a - b)
    .slice(0, limits.count)
  const moments: Moment[] = []
  for (const c of longest.sort((a, b) => a - b)) {
    const [span, chapter] = [spans[c], chapters[c]]
    if (span === undefined || chapter === undefined) continue
    const part = parts.best({ span, taken: moments, value: (inside) => values.get(inside) ?? 0 })
    if (part === null) continue
    const strength = c === 0 ? 1 : (weights[span.first] ?? 0)
    moments.push(
      describeMoment({
        facts,
        part,
        span: chapter,
        rank: moments.length + 1,
        score: values.get(part) ?? 0.5,
        confidence: strength,
        title: chapter.title,
        features: { border: strength },
        reasons: explainChapter({ facts, span, chapter, index: c, count: spans.length }),
        detector: { rung: 'ranker', name: model.name, version: model.version },
      }),
    )
  }
  return {
    moments,
    curve: scoreCurve({
      candidates: sentences.map(({ start, end }, i) => ({ start, end, score: weights[i] ?? 0 })),
      duration,
    }),
    shortfall: sayShortfall({ found: moments.length, asked: limits.count, chapters: chapters.length }),
    candidateCount: sentences.length,
    chapters,
  }
}

function spansBetween(borders: readonly number[], count: number): { first: number; last: number }[] {
  const starts = [0, ...borders]
  return starts.map((first, i) => ({ first, last: (starts[i + 1] ?? count) - 1 }))
}

function valuesOf(candidates: readonly Candidate[], facts: RecordingFacts, ranker: Ranker): Map<Candidate, number> {
  const measured = measureCandidates(candidates, facts)
  const scores = calibrate(ranker.score(measured.candidates, { mode: 'highlights', recording: facts }))
  return new Map(candidates.map((candidate, i) => [candidate, scores[i] ?? 0]))
}

const secondsOf = (chapter: Chapter | undefined) => (chapter === undefined ? 0 : chapter.end - chapter.start)

function sayShortfall({ found, asked, chapters }: { found: number; asked: number; chapters: number }): string | null {
  if (found >= asked) return null
  if (chapters === 1) return 'The subject of this recording does not change clearly anywhere: it is one chapter.'
  return found === chapters
    ? `The recording has ${chapters} chapters.`
    : `${found} of ${chapters} chapters hold a clip of the length asked for.`
}
