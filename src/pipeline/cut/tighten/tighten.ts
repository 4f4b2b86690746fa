import type { Removal, Tightening } from '../../../domain/clip.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import { playedWithout, secondsOf } from '../edit/played-without.ts'
import { findFillers } from './find-fillers.ts'
import { findRepeats } from './find-repeats.ts'
import { findSilences } from './find-silences.ts'
import { type Hearing, placeCut } from './place-cut.ts'
import { type SpokenWord, textOf, type WordRun } from './spoken-word.ts'

/** A cut that saves less is none. Seconds. */
const leastGain = 0.05

export interface TightenRequest {
  /** What is said and heard, a stretch of the recording each. */
  hearings: readonly Hearing[]
  /** What the clip plays, in this order. */
  ranges: readonly TimeRange[]
  kinds: readonly Tightening[]
  language: string | null
  /** What is not to be touched, seconds of the recording. */
  keep: readonly TimeRange[]
  /** What the clip must last after it. */
  minSeconds: number
}

export interface Tightened {
  removals: Removal[]
  /** The words that go, by where they were found. */
  words: SpokenWord[]
  /** What was left as it is and why, in sentences for a person. */
  notes: string[]
}

/**
 * What a clip can do without: fillers, restarts and the middle of long silences. Pure; the clip stays at least as long as it must,
 * words before silences, long silences before short ones.
 */
export function tighten(request: TightenRequest): Tightened {
  const { kinds, hearings } = request
  const found = hearings.flatMap((hearing) => findIn(hearing, request))
  const [placed, left] = [found.flatMap(({ removal }) => removal ?? []), found.filter(({ removal }) => !removal)]
  const byWorth = placed.toSorted(
    (a, b) => Number(a.kind === 'silence') - Number(b.kind === 'silence') || worthOf(b) - worthOf(a),
  )
  const wanted = byWorth.filter((removal) =>
    request.keep.every(({ start, end }) => removal.end <= start || removal.start >= end),
  )
  const { taken: removals, refused } = asFarAsItMay(wanted, request)
  return {
    removals: removals.toSorted((a, b) => a.start - b.start),
    words: found.flatMap(({ removal, words }) => (removal && removals.includes(removal) ? words : [])),
    notes: [
      ...(left.length > 0 ? [leftNote(left.map(({ text }) => text))] : []),
      ...(kinds.includes('silences') && hearings.some(({ sounding }) => sounding === null) ? [loudNote] : []),
      ...(refused > 0 ? [shortNote(refused, request.minSeconds)] : []),
    ],
  }
}

interface Found {
  text: string
  words: SpokenWord[]
  /** Null where nobody can say where exactly it is. */
  removal: Removal | null
}

function findIn(hearing: Hearing, { kinds, language, ranges }: TightenRequest): Found[] {
  const { words, sounding } = hearing
  const place = (runs: readonly WordRun[], kind: 'filler' | 'repeat') => {
    return runs.filter((run) => isPlayed(words, run, ranges)).map((run) => placeRun(run, { hearing, kind }))
  }
  const silences =
    kinds.includes('silences') && sounding ? ranges.flatMap((range) => findSilences({ sounding, words, range })) : []
  const once = new Map(silences.map((range) => [range.start, range]))
  return [
    ...(kinds.includes('fillers') ? place(findFillers(words, language), 'filler') : []),
    ...(kinds.includes('repeats') ? place(findRepeats(words, language), 'repeat') : []),
    ...[...once.values()].map((range) => ({
      text: '',
      words: [],
      removal: { ...range, kind: 'silence' as const, text: '' },
    })),
  ]
}

function placeRun(run: WordRun, { hearing, kind }: { hearing: Hearing; kind: 'filler' | 'repeat' }): Found {
  const text = textOf(hearing.words, run)
  const cut = placeCut(run, hearing)
  return { text, words: hearing.words.slice(run.first, run.last + 1), removal: cut && { ...cut, kind, text } }
}

function isPlayed(words: readonly SpokenWord[], { first, last }: WordRun, ranges: readonly TimeRange[]): boolean {
  const middle = ((words[first]?.start ?? 0) + (words[last]?.end ?? 0)) / 2
  return ranges.some(({ start, end }) => middle >= start && middle < end)
}

/** Every filler is worth a cut; of silences the longest ones. */
function worthOf(removal: Removal): number {
  return removal.kind === 'silence' ? lengthOf(removal) : 0
}

/** As many as leave the clip long enough, in the order they come; one inside another makes no difference and is none. */
function asFarAsItMay(wanted: readonly Removal[], { ranges, minSeconds }: TightenRequest) {
  const taken: Removal[] = []
  let refused = 0
  let seconds = secondsOf(ranges)
  for (const removal of wanted) {
    const left = secondsOf(playedWithout(ranges, [...taken, removal]))
    if (seconds - left < leastGain) continue
    if (left < minSeconds) refused++
    else {
      taken.push(removal)
      seconds = left
    }
  }
  return { taken, refused }
}

function leftNote(texts: readonly string[]): string {
  const named = [...new Set(texts)].slice(0, 3).map((text) => `“${text}”`)
  const more = texts.length > named.length ? ' and more' : ''
  return `${countOf(texts.length, 'filler or repeat was', 'fillers and repeats were')} left (${named.join(', ')}${more}): the transcript does not say exactly where, and nothing heard there stands alone.`
}

const loudNote = 'Silences were left: what is said does not stand out enough from what is heard behind it.'

function shortNote(refused: number, minSeconds: number): string {
  return `${countOf(refused, 'cut was', 'cuts were')} not made: the clip would be shorter than ${minSeconds} s.`
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
