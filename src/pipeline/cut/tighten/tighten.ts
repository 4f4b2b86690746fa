import type { Removal, Tightening } from '../../../domain/clip.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import { playedWithout, secondsOf } from '../edit/played-without.ts'
import { findFillers } from './find-fillers.ts'
import { findRepeats } from './find-repeats.ts'
import { findSilences } from './find-silences.ts'
import { type Hearing, placeCut } from './place-cut.ts'
import { textOf, type WordRun } from './spoken-word.ts'

export interface TightenRequest extends Hearing {
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
  /** What was left as it is and why, in sentences for a person. */
  notes: string[]
}

/**
 * What a clip can do without: fillers, restarts and the middle of long silences. Pure; the clip stays at least as long as it must,
 * words before silences, long silences before short ones.
 */
export function tighten(request: TightenRequest): Tightened {
  const { kinds, words, language, ranges, sounding } = request
  const notes: string[] = []
  const said = [
    ...(kinds.includes('fillers') ? place(findFillers(words, language), 'filler', request) : []),
    ...(kinds.includes('repeats') ? place(findRepeats(words, language), 'repeat', request) : []),
  ]
  const placed = said.flatMap(({ removal }) => removal ?? [])
  const left = said.filter(({ removal }) => removal === null)
  if (left.length > 0) notes.push(leftNote(left.map(({ text }) => text)))
  if (kinds.includes('silences') && sounding === null) {
    notes.push('Silences were left: what is said does not stand out enough from what is heard behind it.')
  }
  const silences = kinds.includes('silences') && sounding ? silencesIn(request, sounding) : []
  const wanted = [...placed, ...silences.toSorted((a, b) => lengthOf(b) - lengthOf(a))].filter((removal) =>
    request.keep.every(({ start, end }) => removal.end <= start || removal.start >= end),
  )
  const removals = asFarAsItMay(wanted, request)
  const refused = wanted.length - removals.length
  if (refused > 0) {
    notes.push(
      `${countOf(refused, 'cut was', 'cuts were')} not made: the clip would be shorter than ${request.minSeconds} s.`,
    )
  }
  return { removals: removals.toSorted((a, b) => a.start - b.start), notes: ranges.length === 0 ? [] : notes }
}

function place(runs: readonly WordRun[], kind: 'filler' | 'repeat', request: TightenRequest) {
  const { words, ranges } = request
  return runs.flatMap((run) => {
    const text = textOf(words, run)
    const middle = ((words[run.first]?.start ?? 0) + (words[run.last]?.end ?? 0)) / 2
    if (!ranges.some(({ start, end }) => middle >= start && middle < end)) return []
    const cut = placeCut(run, request)
    return [{ text, removal: cut && { ...cut, kind, text } }]
  })
}

function silencesIn({ ranges, words }: TightenRequest, sounding: readonly TimeRange[]): Removal[] {
  const found = ranges.flatMap((range) => findSilences({ sounding, words, range }))
  const once = new Map(found.map((range) => [range.start, range]))
  return [...once.values()].map((range) => ({ ...range, kind: 'silence' as const, text: '' }))
}

/** As many as leave the clip long enough, in the order they come. */
function asFarAsItMay(wanted: readonly Removal[], { ranges, minSeconds }: TightenRequest): Removal[] {
  const taken: Removal[] = []
  for (const removal of wanted) {
    if (secondsOf(playedWithout(ranges, [...taken, removal])) >= minSeconds) taken.push(removal)
  }
  return taken
}

function leftNote(texts: readonly string[]): string {
  const named = [...new Set(texts)].slice(0, 3).map((text) => `“${text}”`)
  const more = texts.length > named.length ? ' and more' : ''
  return `${countOf(texts.length, 'filler or repeat was', 'fillers and repeats were')} left (${named.join(', ')}${more}): the transcript does not say exactly where, and nothing heard there stands alone.`
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
