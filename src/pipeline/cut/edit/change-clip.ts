import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { ClipChanges } from '../../clip-changes.ts'
import { keyOf } from '../tighten/spoken-word.ts'
import { EditUnusable } from './edit-unusable.ts'
import { playedWithout } from './played-without.ts'

type Words = NonNullable<ClipChanges['remove']>

/** What a person asks of a clip, beside what was asked before; times in seconds of the recording. */
export interface AskedEdit extends Omit<ClipChanges, 'remove' | 'keep' | 'replace'> {
  /** Seconds to take off its beginning and its end; negative ones are added. */
  trimStart?: number | undefined
  trimEnd?: number | undefined
  remove: Words
  keep: Words
  replace: { from: string; to: string }[]
}

/**
 * What a clip's changes are after one more edit: what was asked before stays, the last word on the same thing counts.
 * @param moment what the clip plays where nobody said otherwise
 * @throws EditUnusable when a trim leaves nothing, or reaches before the recording
 */
export function changeClip(current: ClipChanges, asked: AskedEdit, moment: TimeRange): ClipChanges {
  const ranges = asked.ranges ?? trim(current.ranges ?? [{ start: moment.start, end: moment.end }], asked)
  const isMoment = ranges.length === 1 && ranges[0]?.start === moment.start && ranges[0].end === moment.end
  const remove = addPhrases(without(current.remove ?? [], asked.keep), asked.remove)
  // What is brought back from an earlier --remove needs no keeping from the tightening beside.
  const keep = addPhrases(without(current.keep ?? [], asked.remove), asked.keep)
  const replaced = asked.replace.map(({ from }) => from)
  const replace = [...(current.replace ?? []).filter(({ from }) => !isAmong(from, replaced)), ...asked.replace]
  return {
    ...(!isMoment && { ranges }),
    ...(remove.length > 0 && { remove }),
    ...(keep.length > 0 && { keep }),
    ...(replace.length > 0 && { replace }),
    ...pick('framing', asked.framing ?? current.framing),
    ...pick('title', asked.title ?? current.title),
    ...pick('tighten', asked.tighten ?? current.tighten),
    ...pick('zoom', asked.zoom === undefined ? current.zoom : asked.zoom),
    ...pick('aspect', asked.aspect ?? current.aspect),
    ...pick('captions', asked.captions ?? current.captions),
  }
}

function pick<Name extends keyof ClipChanges>(name: Name, value: ClipChanges[Name]): Partial<ClipChanges> {
  return value === undefined ? {} : { [name]: value }
}

function trim(ranges: readonly TimeRange[], { trimStart = 0, trimEnd = 0 }: AskedEdit): TimeRange[] {
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (!first || !last || (trimStart === 0 && trimEnd === 0)) return [...ranges]
  if (first.start + Math.min(0, trimStart) < 0)
    throw new EditUnusable([`it would begin ${(-first.start - trimStart).toFixed(1)} s before the recording does`])
  const begun = takeOff(ranges, trimStart)
  const reversed = takeOff(mirror(begun), trimEnd)
  const left = mirror(reversed)
  if (left.length === 0) throw new EditUnusable(['the trim leaves nothing of the clip'])
  return left.map(({ start, end }) => ({ start: roundToMs(start), end: roundToMs(end) }))
}

/** Takes seconds off the beginning of the first ranges, or gives the first one more. */
function takeOff(ranges: readonly TimeRange[], seconds: number): TimeRange[] {
  const [first, ...others] = ranges
  if (!first) return []
  if (seconds >= lengthOf(first)) return takeOff(others, seconds - lengthOf(first))
  return [{ start: first.start + seconds, end: first.end }, ...others]
}

/** Backwards in time, so that an end can be trimmed as a beginning is. */
function mirror(ranges: readonly TimeRange[]): TimeRange[] {
  return ranges.map(({ start, end }) => ({ start: -end, end: -start })).toReversed()
}

/** Phrases go by their letters, stretches by their time. */
function without(words: Words, gone: Words): Words {
  const [phrases, ranges] = [gone.filter(isPhrase), gone.filter(isRange)]
  return words.flatMap((what): Words => {
    if (isPhrase(what)) return isAmong(what, phrases) ? [] : [what]
    return ranges.length === 0 ? [what] : playedWithout([what], ranges)
  })
}

function addPhrases(words: Words, more: Words): Words {
  return [...without(words, more), ...more]
}

function isPhrase(what: Words[number]): what is string {
  return typeof what === 'string'
}

function isRange(what: Words[number]): what is TimeRange {
  return typeof what !== 'string'
}

/** By their letters: `You know,` is `you know`; but the second time is not every time. */
function isAmong(phrase: string, phrases: readonly string[]): boolean {
  const number = (text: string) => /#\d+$/.exec(text.trim())?.[0] ?? ''
  const name = (text: string) => `${keyOf(text.replace(/#\d+$/, ''))}${number(text)}`
  return phrases.some((other) => name(other) === name(phrase))
}
