import Table from 'cli-table3'
import { getFeedback } from '../../library/feedback.store.ts'
import { getDetectionRuns, getLiveRollouts } from '../../library/rollouts.store.ts'
import { type DetectorRow, detectorRows } from '../../pipeline/detect/versions/detector-rows.ts'
import { standardDetector } from '../../pipeline/detect/versions/detectors.ts'
import { evidenceOn } from '../../pipeline/detect/versions/review-trial.ts'
import { rollBack, rollOut } from '../../pipeline/detect/versions/roll-out.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { exitCodeOf } from '../terminal/exit-codes.ts'
import { printError } from '../terminal/print-error.ts'
import { withLibrary } from '../with-library.ts'
import { readStoreOptions } from './feedback-options.ts'

const by = 'cli'

/** `clipwright detectors`: which versions there are, who gets them, and how they did. Returns the exit status. */
export async function showDetectors(options: object): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    const rollouts = await getLiveRollouts(db)
    const rows = detectorRows({ rollouts, runs: await getDetectionRuns(db), verdicts: await getFeedback(db) })
    const { trial, current } = rollouts
    const evidence = trial === null ? null : await evidenceOn(db, trial, current?.detector ?? standardDetector)
    return {
      json: { detectors: rows, trial: evidence },
      lines: [tableOf(rows), ...sayTrial(trial?.detector, evidence?.worse)],
    }
  })
}

function sayTrial(detector: string | undefined, worse: readonly string[] | undefined): string[] {
  if (detector === undefined) return []
  if (worse === undefined || worse.length === 0) return [`Nothing speaks against ${detector} so far.`]
  return [`${detector} is worse in ${worse.join(', ')}: it is rolled back with the next recording.`]
}

/** `clipwright detectors rollout NAME --share PERCENT`. */
export async function rollOutDetector(name: string, options: object): Promise<number> {
  const store = readStoreOptions(options)
  let share: number | undefined
  try {
    share = readShare('share' in options ? options.share : undefined)
  } catch (error) {
    printError(error, store)
    return exitCodeOf(error)
  }
  return withLibrary(store, async (db) => {
    const done = await rollOut(db, { name, by, ...(share === undefined ? {} : { share }) })
    return { json: done, lines: [`${done.detector} is used for ${percent(done.share)} of the recordings from now on.`] }
  })
}

/** Percent to a share; undefined when nothing was said. @throws WrongUsage */
export function readShare(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const number = typeof value === 'string' && /^\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!(number > 0 && number <= 100)) {
    throw new WrongUsage(['--share must be a number of percent, above 0 up to 100.'], 'detectors rollout')
  }
  return number / 100
}

/** `clipwright detectors rollback`. */
export async function rollBackDetector(options: object): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    const done = await rollBack(db, by)
    return { json: done, lines: [`${done.detector} was rolled back: all recordings get ${done.backTo} from now on.`] }
  })
}

function tableOf(rows: readonly DetectorRow[]): string {
  const table = new Table({
    head: ['detector', 'share', 'runs', 'errors', 's per hour', 'judged', 'discarded'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { detector, role, share, runs, errors, secondsPerHour, judged, discarded } of rows) {
    const name = role === null ? detector : `${detector} (${role})`
    const time = secondsPerHour === null ? '–' : secondsPerHour.toFixed(2)
    table.push([name, percent(share), runs, errors, time, judged, discarded])
  }
  return table.toString()
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
