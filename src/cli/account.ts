import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { accountRoles } from '../domain/account.ts'
import { email, personName } from '../http/accounts/accounts.schema.ts'
import { hashGoodPassword } from '../http/accounts/hash-good-password.ts'
import {
  addAccount,
  addFirstOwner,
  changeAccount,
  getAccount,
  hasAccounts,
  listAccounts,
  removeAccount,
  type StoredAccount,
  setPassword,
} from '../library/accounts.store.ts'
import { WrongUsage } from './clip/clip-options.ts'
import { readStoreOptions } from './learn/feedback-options.ts'
import { exitCodeOf } from './terminal/exit-codes.ts'
import { printError } from './terminal/print-error.ts'
import { readLine } from './terminal/read-line.ts'
import { sanitiseTerminal } from './terminal/sanitise-terminal.ts'
import { type Said, withLibrary } from './with-library.ts'

type Work = Parameters<typeof withLibrary>[1]

/** `clipwright account list`. Each command returns the exit status. */
export const listAll = (options: object): Promise<number> => carryOut(options, list)

export const letIn = (to: string, options: object): Promise<number> => carryOut(options, () => add(to, options))

export const giveRole = (to: string, role: string, options: object): Promise<number> =>
  carryOut(options, () => changeRole(to, role))

export const resetPassword = (to: string, options: object): Promise<number> =>
  carryOut(options, () => changePassword(to, options))

export const removeAccountOf = (to: string, options: object): Promise<number> => carryOut(options, () => remove(to))

/** What was asked for is read before the database is opened. */
async function carryOut(options: object, prepare: () => Work | Promise<Work>): Promise<number> {
  const store = readStoreOptions(options)
  try {
    return await withLibrary(store, await prepare())
  } catch (error) {
    printError(error, store)
    return exitCodeOf(error)
  }
}

function list(): Work {
  return async (db) => {
    const accounts = await listAccounts(db)
    const lines = accounts.map(
      (account) =>
        `${account.role.padEnd(7)} ${sanitiseTerminal(account.email)}  ${sanitiseTerminal(account.name)}${seen(account)}`,
    )
    const none = 'There are no accounts: this machine alone may use the server, and do everything.'
    return { json: { accounts: accounts.map(toJson) }, lines: lines.length === 0 ? [none] : lines }
  }
}

async function add(to: string, options: object): Promise<Work> {
  const address = emailOf(to)
  const { name = address, role } = z
    .object({ name: personName.optional(), role: z.enum(accountRoles).optional() })
    .parse(checked(options))
  const password = await passwordOf(options, address)
  return async (db) => {
    const account = { name, email: address, passwordHash: password.hash, createdBy: 'cli' }
    const isFirst = !(await hasAccounts(db))
    const id =
      isFirst && (role ?? 'owner') === 'owner'
        ? await addFirstOwner(db, account)
        : await addAccount(db, { ...account, role: role ?? 'viewer' })
    const made = await getAccount(db, { id })
    return saying(`${address} may sign in as ${made.role}.`, { account: made, password })
  }
}

function changeRole(to: string, asked: string): Work {
  const address = emailOf(to)
  const role = accountRoles.find((known) => known === asked)
  if (role === undefined) throw new WrongUsage([`The role must be one of ${accountRoles.join(', ')}.`], 'account')
  return async (db) => {
    const { id } = await getAccount(db, { email: address })
    await changeAccount(db, { id, role })
    return saying(`${address} is ${role} now.`, { account: await getAccount(db, { id }) })
  }
}

async function changePassword(to: string, options: object): Promise<Work> {
  const address = emailOf(to)
  const password = await passwordOf(options, address)
  return async (db) => {
    const { id } = await getAccount(db, { email: address })
    await setPassword(db, { id, passwordHash: password.hash })
    const account = await getAccount(db, { id })
    return saying(`${address} has a new password, and has to sign in again everywhere.`, { account, password })
  }
}

function remove(to: string): Work {
  const address = emailOf(to)
  return async (db) => {
    const account = await getAccount(db, { email: address })
    await removeAccount(db, account.id)
    return saying(`${address} is removed, with all sessions and keys.`, { account })
  }
}

interface Password {
  hash: string
  /** Null when it was given. */
  made: string | null
}

function saying(line: string, { account, password }: { account: StoredAccount; password?: Password }): Said {
  const made = password?.made ?? null
  return {
    json: { account: toJson(account), ...(made === null ? {} : { password: made }) },
    lines: [sanitiseTerminal(line), ...(made === null ? [] : [`Password, shown this once: ${made}`])],
  }
}

/** @throws PasswordTooWeak */
async function passwordOf(options: object, address: string): Promise<Password> {
  if (!('passwordStdin' in options)) {
    const made = newPassword()
    return { hash: await hashGoodPassword(made, { email: address }), made }
  }
  const given = await readLine(process.stdin)
  return { hash: await hashGoodPassword(given, { email: address }), made: null }
}

// No letters that look alike.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five, 99 bits: to be read out over the phone. */
function newPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

function emailOf(text: string): string {
  const parsed = email.safeParse(text)
  if (!parsed.success)
    throw new WrongUsage([`${sanitiseTerminal(text).slice(0, 100)} is no e-mail address in plain letters.`], 'account')
  return parsed.data
}

function checked(options: object): object {
  const { role, name } = options as { role?: unknown; name?: unknown }
  const problems = [
    ...(role === undefined || z.enum(accountRoles).safeParse(role).success
      ? []
      : [`--role must be one of ${accountRoles.join(', ')}.`]),
    ...(name === undefined || personName.safeParse(name).success
      ? []
      : ['--name must be one line of at most 100 letters.']),
  ]
  if (problems.length > 0) throw new WrongUsage(problems, 'account')
  return options
}

function toJson({ id, name, email: address, role, createdAt, lastSeenAt }: StoredAccount): object {
  return { id, name, email: address, role, createdAt, lastSeenAt }
}

function seen({ lastSeenAt }: StoredAccount): string {
  return lastSeenAt === null ? '  never signed in' : `  last seen ${lastSeenAt.toISOString().slice(0, 10)}`
}
