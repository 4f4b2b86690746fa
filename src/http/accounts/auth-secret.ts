import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { AppError } from '../../domain/app-error.ts'
import { sayFileError } from '../../domain/say-file-error.ts'

export class AuthSecretUnusable extends AppError {
  readonly code = 'AUTH_SECRET_UNUSABLE'
  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super(`The secret that signs sessions can't be used: ${path} ${reason}.`, {
      hint: 'Remove the file to have a new one made (everybody has to sign in again), or set AUTH_SECRET.',
      cause,
    })
  }
}

/**
 * What session cookies are signed with: AUTH_SECRET, else `auth-secret` in the data folder, made when it is missing and readable by its owner only.
 * Another secret ends all sessions.
 * @throws AuthSecretUnusable
 */
export async function authSecret({
  settings,
  dataFolder,
}: {
  settings: Pick<Settings, 'AUTH_SECRET'>
  dataFolder: string
}): Promise<string> {
  if (settings.AUTH_SECRET !== undefined) return settings.AUTH_SECRET
  const path = join(dataFolder, 'auth-secret')
  try {
    return checked(path, (await read(path)) ?? (await make(path)))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AuthSecretUnusable({ path, reason: `can't be read or written (${sayFileError(cause, 'write')})`, cause })
  }
}

function checked(path: string, text: string): string {
  if (text.length < 32) throw new AuthSecretUnusable({ path, reason: 'is cut off' })
  return text
}

async function read(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written beside, then linked: of two that start at once both get the same, and nobody sees half of it. */
async function make(path: string): Promise<string> {
  const beside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(beside, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    await link(beside, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  } finally {
    await rm(beside, { force: true })
  }
  return (await read(path)) ?? ''
}
