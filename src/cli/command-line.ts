import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { commandName } from '../config/command-name.ts'
import { aspects, audiogramLooks, captionStyles, tightenings } from '../domain/clip.ts'
import { modes } from '../domain/moment.ts'
import { platforms } from '../domain/platform.ts'
import { exportFormats } from '../pipeline/export-formats.ts'
import { describeAccounts } from './account-commands.ts'
import { describeEdit } from './edit/edit-command.ts'
import { describeDetectors, describeFeedback } from './learn/learning-commands.ts'
import { describeModels } from './models/model-commands.ts'
import { sayUsageError } from './say-usage-error.ts'
import { exitCodes } from './terminal/exit-codes.ts'
import { printError } from './terminal/print-error.ts'
import { describeTranscript } from './transcript/transcript-commands.ts'
import { describeWork } from './work/work-commands.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/**
 * Carries out one command, of which only what it needs is loaded: `--help` and `--version` answer at once. Returns the exit status; never throws and never ends the process itself.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let status: number = exitCodes.ok
  const program = describeProgram((result) => {
    status = result
  })
  try {
    await program.parseAsync(argv)
    return status
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version end this way too, and have been printed.
    if (error.exitCode === 0) return exitCodes.ok
    if (error.code !== 'commander.help') {
      const { WrongUsage } = await import('./clip/clip-options.ts')
      const { problems, command } = sayUsageError(error, { program, words: argv.slice(2) })
      printError(new WrongUsage(problems, command), { json: argv.includes('--json') })
    }
    return exitCodes.usage
  }
}

/** All commands with their options; `end` is told the exit status of the one that was carried out. */
export function describeProgram(end: (status: number) => void): Command {
  const program = new Command('clipwright')
    .description('Turns long videos and podcasts into captioned short clips, on your own machine.')
    .version(version)
    .addHelpText('after', examples(commandName()))
    .exitOverride()
    // What was wrong is printed as every other error is, also as JSON.
    .configureOutput({ outputError: () => undefined })

  program
    .command('clip')
    .description('Finds the best moments of a recording and cuts them into captioned clips.')
    .argument(
      '<file|link>',
      'any video or audio file, or a link to one: a file, a feed, or a page (docs/guide/links.md)',
    )
    .option(
      '--transcript <file>',
      'its transcript: .srt, .vtt or .json, a file or a link (otherwise one beside it or inside it is used)',
    )
    .option('--episode <which>', 'which one of a feed or a playlist: 1 is the newest, or a part of its title')
    .option(
      '--transcribe <who>',
      'who listens when it has none: auto (a model on this machine, and whom TRANSCRIBERS names), local (nothing is sent anywhere), cloud (its sound is sent to a service whose key is set), off (nobody)',
      'auto',
    )
    .option('--mode <mode>', `what to look for: ${modes.join(', ')} (default: highlights)`)
    .option('--query <text>', 'where do they talk about this? (mode query)')
    .option('--without-words', 'choose by sound and picture alone: games, concerts, sport')
    .option('--count <number>', 'how many clips, at most', '8')
    .option('--platform <name>', `where they go, which sets --min and --max: ${platforms.join(', ')}`)
    .option('--min <seconds>', 'shortest clip (default: 15, or what the platform favours)')
    .option('--max <seconds>', 'longest clip (default: 60, or what the platform favours)')
    .option('--aspect <ratio>', `shape of the clips: ${aspects.join(', ')}`, '9:16')
    .option(
      '--captions <style>',
      `captions burned into the picture: ${captionStyles.join(', ')} (docs/guide/captions.md)`,
      'pop',
    )
    .option('--export <formats>', `also write for editors: ${exportFormats.join(', ')} (docs/guide/exports.md)`)
    .option('--brand <file>', 'logo, colours, fonts, titles, intro and outro: a .json file (docs/guide/brand.md)')
    .option(
      '--audiogram <look>',
      `what is seen of a recording without a picture: ${audiogramLooks.join(', ')} (default: waveform)`,
    )
    .option('--framing <file>', 'where the camera looks, decided by you: a .json file (docs/guide/framing.md)')
    .option(
      '--tighten [kinds]',
      `take out ${tightenings.join(', ')}, or those named with commas between them (docs/guide/editing.md)`,
    )
    .option('--tighten-zoom [factor]', 'show every second stretch between jumps larger, to hide them (1.08)')
    .option('--edits <file>', 'how single clips are edited, decided by you: a .json file (docs/guide/editing.md)')
    .option('--denoise', 'make steady noise softer: fans, hiss, hum (docs/guide/sound.md)')
    .option('--de-ess', 'make sharp s sounds softer')
    .option('--music <file>', 'music that lies under the speech and comes up in its pauses')
    .option('--music-level <dB>', 'how loud it is in pauses, against the speech (default: -14)')
    .option('--draft', 'smaller and faster clips, to look at before the final ones (docs/guide/drafts.md)')
    .option('--no-fast-path', 'never copy the picture of a clip, always make it anew (docs/guide/drafts.md)')
    .option('--no-llm', 'ask no language model, whatever keys are set (docs/guide/language-models.md)')
    .option('--out <folder>', 'where the clips go (default: NAME-clips in this folder)')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document instead of progress and a table')
    .action(async (file: string, options: object) => {
      const { clip } = await import('./clip/clip.ts')
      end(await clip(file, options))
    })

  program
    .command('export')
    .description('Writes clips that were made for editors: Final Cut, Premiere, Resolve, Avid; nothing is rendered.')
    .argument('<folder>', 'the folder of the clips')
    .option('--format <formats>', `${exportFormats.join(', ')}, with commas between them (default: all)`)
    .option('--recording <file>', 'where the recording is now, if it was moved')
    .option('--json', 'print one JSON document')
    .action(async (folder: string, options: object) => {
      const { exportClips } = await import('./clip/export.ts')
      end(await exportClips(folder, options))
    })

  program
    .command('eval')
    .description('Measures how good the picks are, on recordings that people have labelled.')
    .argument('<data>', 'a set of labelled recordings (.jsonl), or a folder of them')
    .option('--task <task>', 'only this task: clips, query or chapters (default: all there are labels for)')
    .option('--kind <text>', 'only labels whose kind has this text in it')
    .option('--not-kind <text>', 'only labels whose kind has not')
    .option('--compare <names>', 'detectors to compare, with commas between them')
    .option('--out <folder>', 'also write the numbers, tables and a picture here')
    .option('--json', 'print one JSON document instead of tables')
    .action(async (data: string, options: object) => {
      const { evaluate } = await import('./learn/eval.ts')
      end(await evaluate(data, options))
    })

  program
    .command('ideas')
    .description('Proposes fresh topics, from a language model that is set up (docs/guide/language-models.md).')
    .option('--niche <text>', 'what they are to be about (default: what your recordings are about, by their titles)')
    .option('--count <number>', 'how many', '10')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
    .action(async (options: object) => {
      const { ideas } = await import('./learn/ideas.ts')
      end(await ideas(options))
    })

  describeWork(program, end)
  describeAccounts(program, end)
  describeEdit(program, end)
  describeFeedback(program, end)
  describeDetectors(program, end)
  describeModels(program, end)
  describeTranscript(program, end)

  program
    .command('doctor')
    .description('Looks whether everything Clipwright needs is there, and says how to mend what is not.')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
    .action(async (options: object) => {
      const { doctor } = await import('./doctor/doctor.ts')
      end(await doctor(options))
    })

  return program
}

function examples(command: string): string {
  return `
To begin with:
  ${command} clip talk.mp4
  ${command} clip talk.mp4 --query "Where do they talk about the budget?"
  ${command} clip --help
  ${command} doctor`
}
