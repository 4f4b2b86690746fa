import { AppError } from '../domain/app-error.ts'

export class ModelUnknown extends AppError {
  readonly code = 'MODEL_UNKNOWN'
  constructor(name: string, known: readonly string[]) {
    super(`There is no model named ${name}.`, { hint: `There are: ${known.join(', ')}.` })
  }
}

/** Somebody else is getting, importing or removing the same model right now. */
export class ModelBusy extends AppError {
  readonly code = 'MODEL_BUSY'
  override readonly retry = 'later'
  constructor(name: string, pid: number | null) {
    super(`Another process${pid === null ? '' : ` (${pid})`} is at work on the model ${name}.`, {
      hint: 'Wait until it is done; a process that died does not stand in the way.',
    })
  }
}

/** Nobody published a checksum for it, and nobody said that it may be taken all the same. */
export class ModelUnverified extends AppError {
  readonly code = 'MODEL_UNVERIFIED'
  constructor(name: string) {
    super(`Nobody published a checksum for ${name}, so what comes can't be verified the first time.`, {
      hint: `Give \`clipwright models download ${name} --yes\` to take what comes; its checksum is kept, and anything else is refused from then on.`,
    })
  }
}

/** What came is not what came the first time, or not what the manifest says. */
export class ModelChanged extends AppError {
  readonly code = 'MODEL_CHANGED'
  constructor({ name, isPinned, cause }: { name: string; isPinned: boolean; cause?: unknown }) {
    super(
      isPinned
        ? `What came for ${name} is not what was downloaded the first time.`
        : `What came for ${name} does not have the published checksum.`,
      {
        hint: 'Nothing of it was kept. Try another network or mirror (MODEL_BASE_URL); if it stays so, somebody changed the file.',
        cause,
      },
    )
  }
}

/** The archive or folder is not the model, or is made to do harm. `problem` completes "…, which …". */
export class ModelArchiveRefused extends AppError {
  readonly code = 'MODEL_ARCHIVE_REFUSED'
  constructor({ name, problem, cause }: { name: string; problem: string; cause?: unknown }) {
    super(`The model ${name} was not taken: ${problem}.`, {
      hint: 'Nothing was changed. Get it from where `clipwright models list --json` says, or with `clipwright models download`.',
      cause,
    })
  }
}

export class ModelFileNotFound extends AppError {
  readonly code = 'MODEL_FILE_NOT_FOUND'
  constructor(path: string, cause?: unknown) {
    super(`There is nothing to import at ${path}.`, {
      hint: 'Check the spelling of the path, and that you may read it.',
      cause,
    })
  }
}

export class ModelNotInstalled extends AppError {
  readonly code = 'MODEL_NOT_INSTALLED'
  constructor(name: string) {
    super(`The model ${name} is not here.`, { hint: `Get it with \`clipwright models download ${name}\`.` })
  }
}
