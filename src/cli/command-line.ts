import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { aspects, captionStyles } from '../domain/clip.ts'
import { modes } from '../domain/moment.ts'
import { clip } from './clip.ts'
import { doctor } from './doctor.ts'
import { exitCodes } from './exit-codes.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Carries out one command. Returns the exit status; never throws and never ends the process itself. */
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
    // Commander has printed what was wrong; help and version end this way too, with 0.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  }
}

function describeProgram(end: (status: number) => void): Command {
  const program = new Command('clipwright')
    .description('Turns long videos and podcasts into captioned short clips, on your own machine.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(clipwright --help says more)')

  program
    .command('clip')
    .description('Finds the best moments of a recording and cuts them into captioned clips.')
    .argument('<file>', 'any video or audio file')
    .option('--transcript <file>', 'its transcript: .srt, .vtt or .json (otherwise one beside it or inside it is used)')
    .addOption(new Option('--mode <mode>', 'what to look for').choices(modes).default('highlights'))
    .option('--count <number>', 'how many clips, at most', '8')
    .option('--min <seconds>', 'shortest clip', '15')
    .option('--max <seconds>', 'longest clip', '60')
    .addOption(new Option('--aspect <ratio>', 'shape of the clips').choices(aspects).default('9:16'))
    .addOption(
      new Option('--captions <style>', 'captions burned into the picture').choices(captionStyles).default('pop'),
    )
    .option('--out <folder>', 'where the clips go (default: NAME-clips in this folder)')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document instead of progress and a table')
    .action(async (file: string, options: object) => end(await clip(file, options)))

  program
    .command('doctor')
    .description('Looks whether everything Clipwright needs is there, and says how to mend what is not.')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
    .action(async (options: object) => end(await doctor(options)))

  return program
}
