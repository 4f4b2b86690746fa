import type { Command } from 'commander'
import { accountRoles } from '../domain/account.ts'
import { withStore } from './store-options.ts'

// What is carried out is loaded when it is asked for: `--help` needs none of it.
const commands = () => import('./account.ts')

type End = (status: number) => void

/** `clipwright account …`: who may use the web server, decided on the machine itself. It needs no password: whoever reads the data folder has it all. */
export function describeAccounts(program: Command, end: End): void {
  const account = program
    .command('account')
    .description('Who may use the web server: list, let in, change, remove (docs/guide/accounts.md).')
  withStore(account.command('list', { isDefault: true }))
    .description('All accounts, the oldest first.')
    .action(async (options: object) => end(await (await commands()).listAll(options)))
  withPassword(withStore(account.command('add')))
    .description('Lets somebody in; the first account is the owner.')
    .argument('<email>', 'what they sign in with')
    .option('--name <name>', 'what they are called (default: the e-mail)')
    .option('--role <role>', `${accountRoles.join(', ')} (default: viewer; the first: owner)`)
    .action(async (to: string, options: object) => end(await (await commands()).letIn(to, options)))
  withStore(account.command('role'))
    .description('Makes somebody viewer, editor or owner.')
    .argument('<email>', 'whose account')
    .argument('<role>', accountRoles.join(', '))
    .action(async (to: string, role: string, options: object) =>
      end(await (await commands()).giveRole(to, role, options)),
    )
  withPassword(withStore(account.command('reset-password')))
    .description('Gives a new password; all sessions of the account end.')
    .argument('<email>', 'whose account')
    .action(async (to: string, options: object) => end(await (await commands()).resetPassword(to, options)))
  withStore(account.command('remove'))
    .description('Removes an account with its sessions and keys; what it made stays.')
    .argument('<email>', 'whose account')
    .action(async (to: string, options: object) => end(await (await commands()).removeAccountOf(to, options)))
}

function withPassword(command: Command): Command {
  return command.option('--password-stdin', 'read the password from standard input (default: one is made and shown)')
}
