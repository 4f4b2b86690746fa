import { join } from 'node:path'
import { formatClock, type TimeRange } from '../../domain/time-range.ts'
import type { DocumentedMoment, DoneClip } from '../../pipeline/conclude/moments-document.ts'
import { sayRemoved } from '../../pipeline/conclude/report/report-edit.ts'
import { wordsOfClip } from '../../pipeline/cut/captions/plan-captions.ts'
import type { Editable } from '../../pipeline/cut/edit/editable-clip.ts'
import type { PlannedEdit } from '../../pipeline/cut/edit/plan-edit.ts'
import { secondsOf } from '../../pipeline/cut/edit/played-without.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import type { Said } from '../with-library.ts'

export type Edited = Omit<DocumentedMoment, 'clip'> & { clip: DoneClip }

/** What was made of an edit. */
export function sayEdited({ settings }: Editable, moment: Edited): Said {
  const { rank, title, clip } = moment
  const path = join(settings.out, clip.file)
  return {
    json: { folder: settings.out, path, moment },
    lines: [
      `${rank}. ${sanitiseTerminal(title)}: version ${clip.version}, ${clip.duration.toFixed(1)} s`,
      ...describe({
        removed: clip.edit?.removed ?? [],
        saved: clip.edit?.shortenedBy ?? 0,
        notes: clip.edit?.notes ?? [],
      }),
      sanitiseTerminal(path),
    ],
  }
}

/** A clip as it is: what it plays and says, and what was changed about it. */
export function sayClip({ recording, moment, changes, versions, given, settings }: Editable, plan: PlannedEdit): Said {
  const { edit, segments } = plan
  const text = wordsOfClip({ segments, ranges: edit.ranges })
    .map((word) => word.text)
    .join(' ')
  const title = edit.title ?? moment.title
  return {
    json: {
      folder: settings.out,
      recording: recording.title,
      rank: moment.rank,
      title,
      start: moment.start,
      end: moment.end,
      changes,
      edit,
      text,
      versions: versions.map(({ id, at, by, changes: stored }) => ({ id, at, by, changes: stored })),
    },
    lines: [
      `${moment.rank}. ${sanitiseTerminal(title)}, ${secondsOf(edit.ranges).toFixed(1)} s of ${sanitiseTerminal(recording.title)}`,
      `Plays ${sayRanges(edit.ranges)}.`,
      ...describe({ removed: edit.removed ?? [], saved: edit.shortened ?? 0, notes: edit.notes ?? [] }),
      ...(edit.corrections ?? []).map(({ from, text: shown }) => sanitiseTerminal(`“${from}” is shown as “${shown}”.`)),
      '',
      sanitiseTerminal(text),
      '',
      sayHistory(versions, given !== null),
    ],
  }
}

function sayHistory(versions: Editable['versions'], isGiven: boolean): string {
  if (isGiven) return 'It is as the edits file of its run says; --undo leaves that out.'
  const last = versions.at(-1)
  if (!last) return 'Nobody has edited it: clipwright edit --help says how.'
  const count = versions.length === 1 ? 'Edited once' : `Edited ${versions.length} times`
  return `${count}, last on ${last.at.toISOString().slice(0, 16).replace('T', ' ')}; --undo takes that back.`
}

const mostRanges = 8

function sayRanges(ranges: readonly TimeRange[]): string {
  const named = ranges.slice(0, mostRanges).map(({ start, end }) => `${clock(start)}–${clock(end)}`)
  const more = ranges.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}

/** To the tenth, for who trims by it. */
function clock(seconds: number): string {
  return `${formatClock(seconds)}.${Math.floor((seconds % 1) * 10)}`
}

interface Description {
  removed: Parameters<typeof sayRemoved>[0]
  /** Seconds. */
  saved: number
  notes: readonly string[]
}

function describe({ removed, saved, notes }: Description): string[] {
  const words = [...new Set(removed.map(({ text }) => text).filter(Boolean))].slice(0, 6).map((text) => `“${text}”`)
  const named = words.length > 0 ? ` (${words.join(', ')})` : ''
  return [
    ...(removed.length > 0 ? [`Taken out: ${sayRemoved(removed)}${named}, ${saved.toFixed(1)} s.`] : []),
    ...notes,
  ].map(sanitiseTerminal)
}
