import type { Command } from 'commander'

/** Options of every command that looks into the library. */
export function withStore(command: Command): Command {
  return command
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
}
