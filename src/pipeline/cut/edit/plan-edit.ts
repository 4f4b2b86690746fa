import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import type { CaptionCorrection, ClipEdit, Removal, Tightening } from '../../../domain/clip.ts'
import type { MediaInfo } from '../../../domain/media-info.ts'
import { overlapOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { getSegments, getTranscriptLanguage } from '../../../library/transcripts.store.ts'
import type { Media } from '../../../media/create-media.ts'
import type { ClipChanges } from '../../clip-changes.ts'
import { findSounding } from '../tighten/find-sounding.ts'
import { type Hearing, placeCutAnyway } from '../tighten/place-cut.ts'
import { soundLevels } from '../tighten/sound-levels.ts'
import { type SpokenWord, spokenWords, textOf } from '../tighten/spoken-word.ts'
import { tighten } from '../tighten/tighten.ts'
import { checkRanges, checkRest } from './check-ranges.ts'
import { correctCaptions, correctionsFor } from './correct-captions.ts'
import { EditUnusable } from './edit-unusable.ts'
import { findPhrase } from './find-phrase.ts'
import { joinNear } from './join-near.ts'
import { playedWithout, secondsOf } from './played-without.ts'
import { nameOf, settleWords } from './settle-words.ts'

export type GuessLanguage = (texts: readonly string[]) => string | null

export interface EditRequest {
  db: Kysely<Tables>
  media: Media
  source: { path: string; info: MediaInfo }
  transcriptId: string
  /** The moment the clip is made of: what it plays where nobody changed that. */
  moment: TimeRange
  /** Null where nobody changed anything. */
  changes: ClipChanges | null
  /** Words of the changes that are not said are refused; else they are passed over with a note, for the transcript may have changed since. */
  strict: boolean
  /** What the run asks for; changes of the clip come before it. */
  tighten: readonly Tightening[]
  zoom: number | null
  /** The language of what is said, where the transcript does not name it; null when nobody can tell. */
  guessLanguage: GuessLanguage
  /** What tightening must leave. */
  minSeconds: number
}

export interface PlannedEdit {
  edit: ClipEdit
  /** What is said in it: as corrected, where it is still heard, without what was taken out. */
  segments: Segment[]
}

/**
 * What a clip plays and says: its moment, what a person changed about it, and what tightening takes out, in this order. The same
 * request gives the same edit. @throws EditUnusable
 */
export async function planEdit(request: EditRequest): Promise<PlannedEdit> {
  const { db, transcriptId, moment, changes, source } = request
  const base = changes?.ranges ?? [{ start: moment.start, end: moment.end }]
  const kinds = changes?.tighten ?? request.tighten
  checkRanges(base, source.info.duration)
  const segments = await segmentsOf(db, transcriptId, base)
  if (changes === null && kinds.length === 0) return { edit: withZoom({ ranges: base }, request), segments }

  const listens = kinds.length > 0 || (changes?.remove ?? []).some((what) => typeof what === 'string')
  const hearings = await hear(request, { base, segments, listens })
  const asked = applyChanges(changes, { base, hearings, strict: request.strict })
  const kept = playedWithout(base, asked.removals)
  checkRest(kept)
  const tightened = tighten({
    hearings: hearings.map((hearing) => ({
      ...hearing,
      words: hearing.words.filter((word) => !asked.gone.has(nameOf(word))),
    })),
    ranges: kept,
    kinds,
    language: kinds.length > 0 ? await languageOf(request, segments) : null,
    keep: asked.keep,
    minSeconds: request.minSeconds,
  })
  const removed = [...asked.removals, ...tightened.removals].toSorted((a, b) => a.start - b.start)
  const gone = new Set([...asked.gone, ...tightened.words.map(nameOf)])
  const ranges = playedWithout(kept, tightened.removals)
  checkRest(ranges)
  const notes = [...asked.notes, ...tightened.notes]
  const edit: ClipEdit = {
    ranges,
    ...(removed.length > 0 && { removed, shortened: roundToMs(secondsOf(base) - secondsOf(ranges)) }),
    ...(asked.corrections.length > 0 && { corrections: asked.corrections }),
    ...(changes?.title !== undefined && { title: changes.title }),
    ...(notes.length > 0 && { notes }),
    ...(changes !== null && { by: 'hand' as const }),
  }
  const said = settleWords(correctCaptions(segments, asked.corrections), { words: gone, removed })
  return { edit: withZoom(edit, request), segments: said }
}

async function languageOf({ db, transcriptId, guessLanguage }: EditRequest, segments: readonly Segment[]) {
  return (await getTranscriptLanguage(db, transcriptId)) ?? guessLanguage(segments.map(({ text }) => text))
}

function withZoom(edit: ClipEdit, { changes, zoom }: EditRequest): ClipEdit {
  const asked = changes?.zoom === undefined ? zoom : changes.zoom
  return asked === null || edit.ranges.length < 2 ? edit : { ...edit, zoom: asked }
}

/** What is said in and right beside the ranges, each segment once. */
async function segmentsOf(db: Kysely<Tables>, transcriptId: string, ranges: readonly TimeRange[]): Promise<Segment[]> {
  const found = new Map<number, Segment>()
  for (const near of joinNear(ranges)) {
    for (const segment of await getSegments(db, transcriptId, near)) found.set(segment.ordinal, segment)
  }
  return [...found.values()].toSorted((a, b) => a.ordinal - b.ordinal)
}

interface ToHear {
  base: readonly TimeRange[]
  segments: readonly Segment[]
  /** Whether cuts are to be placed by ear. */
  listens: boolean
}

async function hear({ media, source }: EditRequest, { base, segments, listens }: ToHear): Promise<Hearing[]> {
  const [track] = source.info.audio
  const words = spokenWords(segments)
  const hearings: Hearing[] = []
  for (const near of joinNear(base)) {
    // A little around it: what begins and ends a clip is a pause, too.
    const range = { start: Math.max(0, near.start - 1), end: Math.min(source.info.duration, near.end + 1) }
    const sound = listens && track ? await soundLevels({ media, source, track, range }) : null
    const within = words.filter((word) => overlapOf(word, range) > 0)
    hearings.push({ words: within, sound, sounding: sound && findSounding(sound) })
  }
  return hearings
}

interface Asked {
  removals: Removal[]
  /** Names of the words that were taken out. */
  gone: ReadonlySet<string>
  keep: TimeRange[]
  corrections: CaptionCorrection[]
  notes: string[]
}

interface Clip {
  base: readonly TimeRange[]
  hearings: readonly Hearing[]
  strict: boolean
}

function applyChanges(changes: ClipChanges | null, { base, hearings, strict }: Clip): Asked {
  const missing: string[] = []
  const gone = new Set<string>()
  const played = (word: TimeRange) => base.some((range) => 2 * overlapOf(word, range) >= word.end - word.start)
  const find = (phrase: string) => {
    // Counted over the whole clip, not over each of its places.
    const all = hearings.map((hearing) => ({ ...hearing, heard: hearing.words.filter(played) }))
    const words = all.flatMap(({ heard }) => heard)
    const runs = findPhrase(words, phrase).map((run) => words.slice(run.first, run.last + 1))
    if (runs.length === 0) missing.push(phrase)
    return runs
  }
  const removals = (changes?.remove ?? []).flatMap((what): Removal[] => {
    if (typeof what !== 'string') {
      const inside = hearings
        .flatMap(({ words }) => words)
        .filter((word) => 2 * overlapOf(word, what) >= word.end - word.start)
      for (const word of inside) gone.add(nameOf(word))
      return [{ ...what, kind: 'words', text: inside.map(({ text }) => text).join(' ') }]
    }
    return find(what).flatMap((run) => {
      for (const word of run) gone.add(nameOf(word))
      return removalOf(run, hearings)
    })
  })
  const keep = (changes?.keep ?? []).flatMap((what): TimeRange[] => {
    if (typeof what !== 'string') return [what]
    return find(what).map((run) => ({ start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 }))
  })
  const words = hearings.flatMap((hearing) => hearing.words).filter(played)
  const corrections = (changes?.replace ?? []).flatMap((replacement) => {
    const found = correctionsFor(words, replacement)
    if (found.length === 0) missing.push(replacement.from)
    return found
  })
  const problems = missing.map((phrase) => `“${phrase}” is not said in this clip`)
  if (strict && problems.length > 0) throw new EditUnusable(problems)
  return { removals, gone, keep, corrections, notes: problems.map((problem) => `${problem}.`) }
}

function removalOf(run: readonly SpokenWord[], hearings: readonly Hearing[]): Removal[] {
  const [from, to] = [run[0], run.at(-1)]
  if (!from || !to) return []
  return hearings.flatMap((hearing) => {
    const [first, last] = [hearing.words.indexOf(from), hearing.words.indexOf(to)]
    if (first < 0 || last < first) return []
    const cut = placeCutAnyway({ first, last }, hearing)
    return cut ? [{ ...cut, kind: 'words' as const, text: textOf(hearing.words, { first, last }) }] : []
  })
}
