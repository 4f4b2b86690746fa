import type { Command } from 'commander'
import { withStore } from '../store-options.ts'

// What is carried out is loaded when it is asked for: `--help` needs none of it.
const detectorCommands = () => import('./detectors.ts')
const feedbackCommands = () => import('./feedback.ts')

type End = (status: number) => void

/** `clipwright feedback …`: what people say of clips. */
export function describeFeedback(program: Command, end: End): void {
  const feedback = program
    .command('feedback')
    .description('Tells what you think of a clip; the next recordings lean to what you like (docs/guide/feedback.md).')
  withStore(feedback.command('give', { isDefault: true }))
    .description('keep, discard, stars 1–5, trim FROM TO (times of the clip), or comment "…"')
    .argument('<clip>', 'the file of a clip, or RUN#RANK, where RUN is a run or its folder')
    .argument('<verdict>', 'keep, discard, stars, trim or comment')
    .argument('[values...]', 'what the verdict needs')
    .action(async (clip: string, verdict: string, values: string[], options: object) =>
      end(await (await feedbackCommands()).giveFeedback({ clip, verdict, values, options })),
    )
  withStore(feedback.command('list'))
    .description('All verdicts, the newest first, and what was learned from them.')
    .action(async (options: object) => end(await (await feedbackCommands()).showFeedback(options)))
  withStore(feedback.command('undo'))
    .description('Takes back the newest verdict, of one clip where named, or the last reset.')
    .argument('[clip]', 'the file of a clip, or RUN#RANK')
    .action(async (clip: string | undefined, options: object) =>
      end(await (await feedbackCommands()).undoFeedbackOf(clip, options)),
    )
  withStore(feedback.command('reset'))
    .description('Forgets all verdicts and what was learned from them.')
    .action(async (options: object) => end(await (await feedbackCommands()).forgetFeedback(options)))
}

/** `clipwright detectors …`: versions of the detector, and who gets them. */
export function describeDetectors(program: Command, end: End): void {
  const detectors = program
    .command('detectors')
    .description('Versions of what finds the moments, who gets them, and how they do (docs/guide/feedback.md).')
  withStore(detectors.command('list', { isDefault: true }))
    .description('All versions with their share of the recordings, runs, errors, time and discards.')
    .action(async (options: object) => end(await (await detectorCommands()).showDetectors(options)))
  withStore(detectors.command('rollout'))
    .description('Tries a version on a share of the recordings; with --share 100 it is used for all.')
    .argument('<detector>', 'its name, e.g. hand-set@2')
    .option('--share <percent>', 'of the recordings (default: 10)')
    .action(async (name: string, options: object) =>
      end(await (await detectorCommands()).rollOutDetector(name, options)),
    )
  withStore(detectors.command('rollback'))
    .description('Takes the version on trial back at once; without one, goes back to the standard one.')
    .action(async (options: object) => end(await (await detectorCommands()).rollBackDetector(options)))
}
