import type { Command } from 'commander'
import { withStore } from '../store-options.ts'

// What is carried out is loaded when it is asked for: `--help` needs none of it.
const modelCommands = () => import('./models.ts')

type End = (status: number) => void

/** `clipwright models …`: what hears, tells speakers apart, sets punctuation and finds faces on this machine. */
export function describeModels(program: Command, end: End): void {
  const models = program
    .command('models')
    .description('Models that listen and look on this machine: get, import and remove them (docs/guide/models.md).')
  withStore(models.command('list', { isDefault: true }))
    .description('What there is, what is here (✓), and what is used (*).')
    .action(async (options: object) => end(await (await modelCommands()).listModels(options)))
  withStore(models.command('download'))
    .description('Gets a model; a broken download goes on where it was.')
    .argument('<model>', 'its name in the list')
    .option('--yes', 'take one that nobody published a checksum for')
    .action(async (name: string, options: object) => end(await (await modelCommands()).getModel(name, options)))
  withStore(models.command('import'))
    .description('Takes a model from this machine: the archive or file as it is downloaded, or a folder.')
    .argument('<path>', 'where it is')
    .option('--as <model>', 'which model it is (default: told from the file names)')
    .option('--yes', 'take one that can not be verified')
    .action(async (path: string, options: object) => end(await (await modelCommands()).takeModel(path, options)))
  withStore(models.command('remove'))
    .description('Removes a model and what is left of its downloads.')
    .argument('<model>', 'its name in the list')
    .action(async (name: string, options: object) => end(await (await modelCommands()).dropModel(name, options)))
}
