import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import envPaths from 'env-paths'
import { AppError } from '../domain/app-error.ts'
import { sayFileError } from '../domain/say-file-error.ts'
import { makeFolder } from './make-folder.ts'
import type { Settings } from './settings.ts'

export class DataFolderUnusable extends AppError {
  readonly code = 'DATA_FOLDER_UNUSABLE'
  constructor({ folder, reason, cause }: { folder: string; reason: string; cause?: unknown }) {
    super(`The data folder ${folder} can't be used: ${reason}.`, {
      hint: 'Choose a folder of yours with --data or CLIPWRIGHT_DATA.',
      cause,
    })
  }
}

interface DataFolderOptions {
  /** Value of `--data`. */
  flag?: string | undefined
  settings: Pick<Settings, 'CLIPWRIGHT_DATA'>
}

/**
 * The folder for everything we keep: `--data`, else CLIPWRIGHT_DATA, else the platform's usual place (on Linux
 * `$XDG_DATA_HOME/clipwright` or `~/.local/share/clipwright`). Made when missing, readable by its owner only.
 * @returns its absolute path
 * @throws DataFolderUnusable
 */
export function dataFolder({ flag, settings }: DataFolderOptions): string {
  const folder = resolve(flag || settings.CLIPWRIGHT_DATA || envPaths('clipwright', { suffix: '' }).data)
  try {
    makeFolder(folder, { mode: 0o700 })
    if (!statSync(folder).isDirectory()) throw new DataFolderUnusable({ folder, reason: 'it is a file' })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw cause instanceof AppError
      ? cause
      : new DataFolderUnusable({ folder, reason: sayFileError(cause, 'write'), cause })
  }
  return folder
}
