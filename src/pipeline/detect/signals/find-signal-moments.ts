import type { Detection, Detector, Mode, RankedMode } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import { formatClock } from '../../../domain/time-range.ts'
import type { Limits } from '../read-recording.ts'
import { scoreCurve } from '../score-curve.ts'
import { select } from '../select.ts'
import { signalCandidates } from './signal-candidates.ts'
import { weighSignals } from './weigh-signals.ts'

export const signalDetector: Detector = { rung: 'signals', name: 'loudness', version: '1' }

interface SignalInput {
  /** What picture and sound show. */
  analysis: Analysis
  /** Length of the recording in seconds. */
  duration: number
  settings: Limits & { mode: Mode }
}

// Nobody has measured how often such a pick is kept: no more than a coin's worth of trust, for the best of them.
const mostConfident = 0.3
const floor = 3

/**
 * Moments by sound and picture alone, the lowest rung: loud stretches, sudden rises, quick cuts. Begun and ended where it is quiet or the picture
 * cuts, since no sentence says where. For recordings without words: games, concerts, sport. Pure and deterministic; time grows with the
 * recording's length alone. Questions and chapters need words: then there are none, and `shortfall` says so.
 */
export function findSignalMoments({ analysis, duration, settings }: SignalInput): Detection {
  const { mode, count, minSeconds, maxSeconds } = settings
  if (!isRanked(mode)) return nothing(`Without words there is no way to find ${mode === 'query' ? 'answers' : mode}.`)
  if (analysis.loudness.integrated === null && analysis.scenes.length < 2)
    return nothing('There is neither sound nor a cut in this recording, so there is nothing to choose by.')
  const spans = signalCandidates({ analysis, duration, minSeconds, maxSeconds })
  const weighed = weighSignals(spans, analysis, duration).map((span, i) => ({
    ...span,
    firstSentence: i,
    lastSentence: i,
    fit: true,
  }))
  const chosen = select({
    candidates: weighed,
    count,
    floor,
    mode,
    similarity: () => 0,
    frame: (candidate) => candidate,
  })
  const ordered = mode === 'summary' ? chosen.toSorted((a, b) => a.candidate.start - b.candidate.start) : chosen
  return {
    moments: ordered.map(({ candidate: { start, end, features, reasons }, score }, i) => ({
      start,
      end,
      rank: i + 1,
      score,
      confidence: Math.round(score * mostConfident * 1000) / 1000,
      genre: 'other',
      title: `From ${formatClock(start)}`,
      text: '',
      firstSegment: 0,
      lastSegment: 0,
      features,
      reasons,
      detector: signalDetector,
    })),
    curve: scoreCurve({ candidates: weighed, duration }),
    shortfall: shortfallOf({ found: chosen.length, asked: count, candidates: weighed.length, minSeconds }),
    candidateCount: weighed.length,
    notes: ['Chosen by sound and picture alone, without words: look at each before you share it.'],
  }
}

function isRanked(mode: Mode): mode is RankedMode {
  return mode !== 'query' && mode !== 'chapters'
}

function nothing(shortfall: string): Detection {
  return { moments: [], curve: { step: 1, values: [] }, shortfall, candidateCount: 0 }
}

function shortfallOf(about: { found: number; asked: number; candidates: number; minSeconds: number }): string | null {
  const { found, asked, candidates, minSeconds } = about
  if (found >= asked) return null
  if (candidates === 0)
    return `Nothing is heard for ${minSeconds} seconds in a row, which is the least length of a moment.`
  return `${found} of the ${asked} asked for: the rest overlaps these or is silence.`
}
