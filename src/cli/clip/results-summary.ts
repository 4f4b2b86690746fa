import { pathToFileURL } from 'node:url'
import type { FailedClip, MomentsDocument } from '../../pipeline/conclude/moments-document.ts'
import { sayRemoved } from '../../pipeline/conclude/report/report-edit.ts'
import type { Paint } from '../terminal/create-paint.ts'
import { sanitiseTerminal, sanitiseTerminalLines } from '../terminal/sanitise-terminal.ts'

export interface SummaryPlaces {
  /** Absolute path of the folder with the clips. */
  folder: string
  /** Absolute path of `report.html`. */
  report: string
}

/** The lines under the table: how many, what was reused, what is missing and why, where it all is. */
export function resultsSummary(
  document: MomentsDocument,
  { places, paint }: { places: SummaryPlaces; paint: Paint },
): string[] {
  return [
    ...countLines(document, paint),
    ...removedLines(document),
    ...chooserLines(document),
    ...(document.shortfall === null ? [] : [sanitiseTerminal(document.shortfall)]),
    ...failureLines(document, paint),
    ...warningLines(document, paint),
    '',
    `Folder: ${sanitiseTerminal(places.folder)}`,
    // As a URL it can be clicked in most terminals, and no name can break out of it.
    `Report: ${paint.accent(pathToFileURL(places.report).href)}  (open it in a browser)`,
  ]
}

function countLines({ moments }: MomentsDocument, paint: Paint): string[] {
  if (moments.length === 0) return [paint.warn('No moments found.')]
  const done = moments.filter(({ clip }) => clip.status === 'done')
  return done.length === 0 ? [] : [paint.good(madeSentence(done.length, done.filter(({ clip }) => clip.reused).length))]
}

function madeSentence(done: number, reused: number): string {
  const clips = (n: number) => `${n} ${n === 1 ? 'clip' : 'clips'}`
  if (reused === 0) return `${clips(done)} made.`
  if (reused === done) return done === 1 ? 'The clip was already there.' : `All ${clips(done)} were already there.`
  return `${clips(done - reused)} made, ${reused} ${reused === 1 ? 'was' : 'were'} already there.`
}

/** What the clips lost, and how much shorter that made them together. */
function removedLines({ moments }: MomentsDocument): string[] {
  const edits = moments.flatMap(({ clip }) => (clip.status === 'done' && clip.edit !== null ? [clip.edit] : []))
  const removed = edits.flatMap((edit) => edit.removed)
  const seconds = edits.reduce((sum, { shortenedBy }) => sum + shortenedBy, 0)
  return removed.length === 0 ? [] : [`${sayRemoved(removed)} taken out, ${seconds.toFixed(1)} s.`]
}

/** Words went to somebody else: that is worth a line. What the built-in ranker does needs none. */
function chooserLines({ detector, moments }: MomentsDocument): string[] {
  if (detector.rung !== 'llm' || moments.length === 0) return []
  return [`Chosen by the language model ${sanitiseTerminal(detector.name)}.`]
}

function failureLines({ moments }: MomentsDocument, paint: Paint): string[] {
  const failed = moments.flatMap(({ rank, clip }) => (clip.status === 'failed' ? [{ rank, clip }] : []))
  if (failed.length === 0) return []
  return [
    paint.bad(`${failed.length} of ${moments.length} failed:`),
    ...failed.flatMap(({ rank, clip }) => failureOf(rank, clip, paint)),
  ]
}

function failureOf(rank: number, { error }: FailedClip, paint: Paint): string[] {
  const hint = error.hint === null ? [] : [`     ${sanitiseTerminal(error.hint)}`]
  const message = sanitiseTerminalLines(error.message).join(' ')
  return [`  ${paint.bad('✗')} clip ${rank}: ${message} ${paint.dim(`[${sanitiseTerminal(error.code)}]`)}`, ...hint]
}

function warningLines({ warnings, transcript }: MomentsDocument, paint: Paint): string[] {
  return [...transcript.warnings, ...warnings].map((warning) => `${paint.warn('!')} ${sanitiseTerminal(warning)}`)
}
