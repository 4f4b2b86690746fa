import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { placeTrim, type Verdict } from '../../domain/feedback.ts'
import { formatClock, lengthOf } from '../../domain/time-range.ts'
import {
  countFeedback,
  type Feedback,
  listFeedback,
  resetFeedback,
  saveFeedback,
  undoFeedback,
  undoReset,
} from '../../library/feedback.store.ts'
import type { FoundSubject } from '../../library/judged-subjects.store.ts'
import { tasteFor } from '../../pipeline/detect/versions/choose-ranker.ts'
import { reviewTrial } from '../../pipeline/detect/versions/review-trial.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { findClip } from '../clip/find-clip.ts'
import { exitCodeOf } from '../terminal/exit-codes.ts'
import { printError } from '../terminal/print-error.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { withLibrary } from '../with-library.ts'
import { describeTaste } from './describe-taste.ts'
import { type GivenVerdict, readStoreOptions, readVerdict } from './feedback-options.ts'

export class NoFeedback extends AppError {
  readonly code = 'NO_FEEDBACK'
  constructor(of: string | undefined) {
    super(of === undefined ? 'There is no verdict to take back.' : `Nobody has judged ${of}.`, {
      hint: '`clipwright feedback list` shows all verdicts.',
    })
  }
}

const by = 'cli'

/** `clipwright feedback CLIP VERDICT …`: what a person says of a clip. Returns the exit status. */
export async function giveFeedback(input: {
  clip: string
  verdict: string
  values: readonly string[]
  options: object
}): Promise<number> {
  const options = readStoreOptions(input.options)
  let given: GivenVerdict
  try {
    given = readVerdict(input.verdict, input.values)
  } catch (error) {
    printError(error, options)
    return exitCodeOf(error)
  }
  return withLibrary(options, async (db) => {
    const subject = await findClip(db, input.clip)
    const verdict = verdictOn(subject, given)
    const id = await saveFeedback(db, { subject, verdict, by })
    const taste = await tasteFor(db, subject.mode)
    const rolledBack = await reviewTrial(db)
    return {
      json: {
        id,
        clip: clipJson(subject),
        verdict: verdictJson(verdict),
        taste: { mode: subject.mode, ...taste },
        rolledBack,
      },
      lines: [
        `${sayVerdict(verdict)}: ${nameOf(subject.recordingTitle, subject.title, subject.span.start)}`,
        ...describeTaste(taste, subject.mode),
        ...(rolledBack === null
          ? []
          : [`${rolledBack.detector} was rolled back to ${rolledBack.backTo}. ${rolledBack.reason}`]),
      ],
    }
  })
}

/** A trim is told in seconds of the clip, and kept in seconds of the recording. @throws WrongUsage when it reaches beyond the clip */
function verdictOn({ span }: FoundSubject, given: GivenVerdict): Verdict {
  if (given.kind !== 'trim') return given
  const placed = placeTrim(span, given)
  if ('range' in placed) return { kind: 'trim', range: placed.range }
  const beyond = `The clip is ${formatClock(lengthOf(span))} long; the trim ends at ${formatClock(given.to)}.`
  throw new WrongUsage([placed.problem === 'beyond' ? beyond : 'The trim leaves nothing of the clip.'], 'feedback give')
}

/** `clipwright feedback list`: all verdicts, the newest first, and what was learned from them. */
export async function showFeedback(options: object): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    const listed = await listFeedback(db, { most: mostListed })
    const count = await countFeedback(db)
    const tastes = await tastesOf(db)
    return {
      json: {
        count,
        verdicts: listed.map(({ id, at, by: who, verdict, recordingTitle, clipTitle, span, mode, detector }) => ({
          id,
          at,
          by: who,
          verdict: verdictJson(verdict),
          recording: recordingTitle,
          title: clipTitle,
          ...span,
          mode,
          detector,
        })),
        tastes,
      },
      lines:
        count === 0
          ? ['Nobody has judged a clip yet: clipwright feedback CLIP keep|discard|stars N|trim FROM TO|comment TEXT']
          : [
              ...listed.map(
                ({ at, verdict, recordingTitle, clipTitle, span }) =>
                  `${at.toISOString().slice(0, 16).replace('T', ' ')}  ${sayVerdict(verdict)}: ${nameOf(recordingTitle, clipTitle, span.start)}`,
              ),
              ...(count > listed.length ? [`… and ${count - listed.length} older ones.`] : []),
              ...tastes.flatMap((taste) => describeTaste(taste, taste.mode)),
            ],
    }
  })
}

// A screen or two; all of them are in the database.
const mostListed = 200

async function tastesOf(db: Kysely<Tables>) {
  const tastes = []
  for (const mode of ['viral', 'highlights', 'summary'] as const) {
    const taste = await tasteFor(db, mode)
    if (taste.judged > 0) tastes.push({ mode, ...taste })
  }
  return tastes
}

/** `clipwright feedback undo [CLIP]`: takes back the newest verdict, of a clip where told, or the last reset. */
export async function undoFeedbackOf(clip: string | undefined, options: object): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    if (clip === undefined) {
      const back = await undoReset(db, by)
      if (back > 0) return { json: { broughtBack: back }, lines: [`${countOf(back)} brought back.`] }
    }
    const of = clip === undefined ? undefined : await findClip(db, clip)
    const taken = await undoFeedback(db, { ...(of === undefined ? {} : { of }), by })
    if (taken === null) throw new NoFeedback(clip)
    return { json: { takenBack: takenJson(taken) }, lines: [`Taken back: ${sayVerdict(taken.verdict)}.`] }
  })
}

/** `clipwright feedback reset`: forgets all verdicts, and what was learned from them. */
export async function forgetFeedback(options: object): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    const forgotten = await resetFeedback(db, by)
    return {
      json: { forgotten },
      lines: [
        forgotten === 0
          ? 'There was nothing to forget.'
          : `${countOf(forgotten)} forgotten, and all that was learned from them. clipwright feedback undo brings them back.`,
      ],
    }
  })
}

function countOf(verdicts: number): string {
  return `${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'}`
}

function sayVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'keep':
      return 'Kept'
    case 'discard':
      return 'Discarded'
    case 'stars':
      return `${'★'.repeat(verdict.stars)}${'☆'.repeat(5 - verdict.stars)}`
    case 'trim':
      return `Trimmed to ${formatClock(verdict.range.start)}–${formatClock(verdict.range.end)} of the recording`
    case 'comment':
      return `“${sanitiseTerminal(verdict.text)}”`
  }
}

function nameOf(recording: string, title: string | null, start: number): string {
  const words = title === null ? '' : `, “${sanitiseTerminal(title)}”`
  return `${sanitiseTerminal(recording)} at ${formatClock(start)}${words}`
}

function clipJson({ recordingTitle, title, rank, span, mode, detector }: FoundSubject) {
  return { recording: recordingTitle, title, rank, ...span, mode, detector }
}

function takenJson({ id, verdict, at, span }: Feedback) {
  return { id, verdict: verdictJson(verdict), at, ...span }
}

function verdictJson(verdict: Verdict) {
  const { kind, ...more } = verdict
  return { verdict: kind, ...more }
}
