import type { Command } from 'commander'
import { dropModel, getModel, listModels, takeModel } from './models.ts'

type End = (status: number) => void

/** `clipwright models …`: what hears, tells speakers apart, sets punctuation and finds faces on this machine. */
export function describeModels(program: Command, end: End): void {
  const models = program
    .command('models')
    .description('Models that listen and look on this machine: get, import and remove them (docs/guide/models.md).')
  withData(models.command('list', { isDefault: true }))
    .description('What there is, what is here (✓), and what is used (*).')
    .action(async (options: object) => end(await listModels(options)))
  withData(models.command('download'))
    .description('Gets a model; a broken download goes on where it was.')
    .argument('<model>', 'its name in the list')
    .option('--yes', 'take one that nobody published a checksum for')
    .action(async (name: string, options: object) => end(await getModel(name, options)))
  withData(models.command('import'))
    .description('Takes a model from this machine: the archive or file as it is downloaded, or a folder.')
    .argument('<path>', 'where it is')
    .option('--as <model>', 'which model it is (default: told from the file names)')
    .option('--yes', 'take one that can not be verified')
    .action(async (path: string, options: object) => end(await takeModel(path, options)))
  withData(models.command('remove'))
    .description('Removes a model and what is left of its downloads.')
    .argument('<model>', 'its name in the list')
    .action(async (name: string, options: object) => end(await dropModel(name, options)))
}

function withData(command: Command): Command {
  return command
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .option('--json', 'print one JSON document')
}
