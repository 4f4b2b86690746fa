import type { Command } from 'commander'
import { transcriptFormats } from '../../pipeline/transcribe/exports/write-transcript.ts'

// What is carried out is loaded when it is asked for: `--help` needs none of it.
const transcriptCommands = () => import('./transcript.ts')

type End = (status: number) => void

const recordingArgument = 'the file of the recording, or the folder of its clips'

/** `clipwright transcript …`: what is said in a recording, and how to put it right. */
export function describeTranscript(program: Command, end: End): void {
  const transcript = program
    .command('transcript')
    .description('Shows, exports and corrects what is said in a recording (docs/guide/transcripts.md).')
  const command = (name: string, description: string) =>
    transcript
      .command(name)
      .description(description)
      .argument('<recording>', recordingArgument)
      .option('--data <folder>', 'where Clipwright keeps its database and files')
      .option('--json', 'print one JSON document')
  command('show', 'Who says what, and when.')
    .option('--number <version>', 'an earlier version')
    .action(async (name: string, options: object) =>
      end(await (await transcriptCommands()).showTranscript(name, options)),
    )
  command('export', 'Prints it as SRT, WebVTT, text or JSON, or writes it to a file.')
    .option('--format <format>', `${transcriptFormats.join(', ')} (default: as --out says, else srt)`)
    .option('--out <file>', 'write it there')
    .option('--replace', 'also over a file that is there')
    .option('--number <version>', 'an earlier version')
    .action(async (name: string, options: object) =>
      end(await (await transcriptCommands()).exportTranscript(name, options)),
    )
  command('import', 'Makes a file the transcript: SRT, WebVTT or JSON.')
    .argument('<transcript>', 'its file')
    .option('--replace', 'also when there is one already; it is kept as an earlier version')
    .action(async (name: string, file: string, options: object) =>
      end(await (await transcriptCommands()).importTranscriptOf(name, file, options)),
    )
  command('correct', 'Replaces a word or phrase wherever it is said, or takes over a corrected file; times stay.')
    .argument('[texts...]', 'what is to be found, and what instead of it ("" removes it)')
    .option('--from <file>', 'an exported file that you corrected')
    .action(async (name: string, texts: string[], options: object) =>
      end(await (await transcriptCommands()).correctTranscript(name, texts, options)),
    )
  command('speakers', 'Who speaks; or names for them: "Speaker 1=Ana".')
    .argument('[names...]', 'OLD=NEW; nobody=NEW names those without a name')
    .action(async (name: string, names: string[], options: object) =>
      end(await (await transcriptCommands()).nameSpeakersOf(name, names, options)),
    )
  command('versions', 'All versions, the newest first; * is the current one.').action(
    async (name: string, options: object) => end(await (await transcriptCommands()).listVersions(name, options)),
  )
  command('use', 'Makes a version current again; so corrections are undone.')
    .argument('<version>', 'its number, or "auto": the next run decides by itself again')
    .action(async (name: string, version: string, options: object) =>
      end(await (await transcriptCommands()).useVersion(name, version, options)),
    )
}
