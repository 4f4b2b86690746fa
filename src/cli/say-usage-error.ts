import type { Command, CommanderError } from 'commander'

interface UsageProblem {
  problems: string[]
  /** The command that was meant, as `--help` takes it, e.g. `jobs retry`; empty when there is none of that name. */
  command: string
}

/** What Commander has to say about a command that makes no sense, as sentences: `error: unknown option '--mod'` and `(Did you mean --mode?)`. */
export function sayUsageError(
  error: Pick<CommanderError, 'code' | 'message'>,
  { program, words }: { program: Command; words: readonly string[] },
): UsageProblem {
  const meant = commandIn(program, words)
  const command = meant.path.join(' ')
  if (error.code === 'commander.missingArgument') return { problems: [sayMissing(error.message)], command }
  const unknown = /Expected 0 arguments but got \d+: (\S+?),?(?:\s|\.$|$)/.exec(error.message)?.[1]
  const others = namesOf(meant.command)
  if (error.code === 'commander.excessArguments' && unknown !== undefined && others.length > 0)
    return { problems: [`Unknown command '${command} ${unknown}'; there are ${others.join(', ')}.`], command }
  return { problems: sayProblems(error), command }
}

function sayProblems({ code, message }: Pick<CommanderError, 'code' | 'message'>): string[] {
  const [first = '', ...others] = message.replace(/^error: /, '').split('\n')
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?!]$/.test(first) ? '' : '.'}`
  const suggestions = others.map((line) => line.replace(/^\((.*)\)$/, '$1'))
  // The usual reason: `clip My Talk.mp4`.
  const quotes = code === 'commander.excessArguments' ? ['A name with blanks in it needs quotes around it.'] : []
  return [sentence, ...suggestions, ...quotes]
}

function sayMissing(message: string): string {
  return `The ${missing[/'(\w+)'/.exec(message)?.[1] ?? ''] ?? 'name of the recording'} is missing.`
}

/** Arguments by their names in the help, where it is not the recording. */
const missing: Readonly<Record<string, string>> = {
  data: 'name of the labelled recordings',
  clip: 'name of the clip',
  folder: 'name of the folder',
  verdict: 'verdict (keep, discard, stars, trim or comment)',
  detector: 'name of the detector',
  model: 'name of the model',
  version: 'number of the version',
  transcript: 'name of the transcript',
  run: 'run',
  kind: 'kind of step',
  email: 'e-mail',
  role: 'role (viewer, editor or owner)',
}

/** The command that `words` (what was typed after `clipwright`) lead to, as far as there are commands of these names. */
function commandIn(program: Command, words: readonly string[]): { command: Command; path: string[] } {
  const path: string[] = []
  let command = program
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) break
    command = next
    path.push(word)
  }
  return { command, path }
}

function namesOf(command: Command): string[] {
  return command.commands.map((each) => each.name())
}
