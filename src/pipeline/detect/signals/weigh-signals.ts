import type { Reason } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import { capitalised, say } from '../features/say.ts'
import { loudnessRank, type SoundFacts, soundFacts } from '../sound-facts.ts'

export interface WeighedSpan extends TimeRange {
  /** 0 to 1, comparable within one recording. */
  score: number
  /** Each 0 to 1. */
  features: Record<string, number>
  reasons: Reason[]
}

/** How much each sign counts; together 1. Loud stretches and sudden rises are what crowds and players react with. */
const weights = { loudness: 0.45, rise: 0.35, sceneActivity: 0.2 }
type Sign = keyof typeof weights
const signs = Object.keys(weights) as Sign[]

const explained: Record<Sign, (value: number) => string> = {
  loudness: (rank) => `Louder than ${Math.floor(rank * 100)} % of the recording`,
  rise: (units) => `It becomes ${Math.round(units)} LU louder at once`,
  sceneActivity: (cuts) => capitalised(`${say(Math.round(cuts), 'cut')} in the picture`),
}
/** Below it a sign is not worth a word: share, LU, cuts. */
const worthSaying: Record<Sign, number> = { loudness: 0.7, rise: 6, sceneActivity: 2 }

/** Weighs spans by sound and picture alone: each sign by its rank among the spans, so that it means the same in every recording. */
export function weighSignals(spans: readonly TimeRange[], analysis: Analysis, duration: number): WeighedSpan[] {
  const sound = soundFacts(analysis.loudness, duration)
  const cuts = analysis.scenes.slice(1).map(({ start }) => start)
  const measured = spans.map((span) => measure(span, sound, cuts))
  const known = signs.filter((sign) => measured.some((values) => values[sign].rate > 0))
  const all = known.reduce((sum, sign) => sum + weights[sign], 0)
  const ranks = Object.fromEntries(known.map((sign) => [sign, ranksOf(measured.map((values) => values[sign].rate))]))
  return spans.map((span, i) => {
    const features = Object.fromEntries(known.map((sign) => [sign, round(ranks[sign]?.[i] ?? 0)]))
    const shares = known.map((sign) => ({ sign, share: ((features[sign] ?? 0) * weights[sign]) / all }))
    return {
      ...span,
      score: round(shares.reduce((sum, { share }) => sum + share, 0)),
      features,
      reasons: shares
        .filter(({ sign }) => (measured[i]?.[sign].shown ?? 0) >= worthSaying[sign])
        .toSorted((a, b) => b.share - a.share)
        .map(({ sign, share }) => ({
          feature: sign,
          text: explained[sign](measured[i]?.[sign].shown ?? 0),
          weight: round(share),
        })),
    }
  })
}

/** What a person is told, and what spans of different lengths are compared by. */
interface Measured {
  shown: number
  rate: number
}

function measure(span: TimeRange, sound: SoundFacts | null, cuts: readonly number[]): Record<Sign, Measured> {
  const loud = sound === null ? 0 : (loudnessRank(sound, span) ?? 0)
  const rise = sound === null ? 0 : greatestRise(sound.peaks, span)
  const inside = cuts.filter((cut) => cut > span.start && cut < span.end).length
  return {
    loudness: { shown: loud, rate: loud },
    rise: { shown: rise, rate: rise },
    sceneActivity: { shown: inside, rate: inside / (lengthOf(span) + 10) },
  }
}

/** Loudness units by which a second is louder than the median of the ten before it, at most, inside the span. */
function greatestRise(peaks: Float64Array, { start, end }: TimeRange): number {
  let greatest = 0
  for (let second = Math.ceil(start) + 1; second < Math.floor(end); second++) {
    const before = peaks.slice(Math.max(0, second - 10), second).filter((value) => !Number.isNaN(value))
    const usual = before.sort()[before.length >> 1]
    const now = peaks[second] ?? Number.NaN
    if (usual !== undefined && now - usual > greatest) greatest = now - usual
  }
  return greatest
}

/** Share of the others that are less, 0 to 1. */
function ranksOf(values: readonly number[]): number[] {
  const ordered = values.toSorted((a, b) => a - b)
  const first = new Map<number, number>()
  for (const [i, value] of ordered.entries()) if (!first.has(value)) first.set(value, i)
  return values.map((value) => (first.get(value) ?? 0) / Math.max(1, values.length - 1))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
