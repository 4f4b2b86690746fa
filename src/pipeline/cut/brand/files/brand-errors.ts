import { AppError } from '../../../../domain/app-error.ts'

const guide = 'docs/guide/brand.md shows what a brand file looks like.'

/** The file of `--brand` can't be read, or says something that makes no sense. */
export class BrandFileUnusable extends AppError {
  readonly code = 'BRAND_FILE_UNUSABLE'
  constructor({ path, problems, cause }: { path: string; problems: string[]; cause?: unknown }) {
    super(`The brand file ${path} can't be used: ${problems.join('; ')}.`, { hint: guide, cause })
  }
}

/** A font, picture, video or sound that a brand file names can't be used. */
export class BrandMediaUnusable extends AppError {
  readonly code = 'BRAND_MEDIA_UNUSABLE'
  constructor({ field, path, problem, hint, cause }: MediaProblem) {
    super(`The ${field} of the brand can't be used: ${path}: ${problem}.`, { hint: hint ?? guide, cause })
  }
}

export interface MediaProblem {
  /** As the brand file calls it, e.g. `intro`, with the line where it stands. */
  field: string
  path: string
  /** End of a sentence, without its full stop. */
  problem: string
  hint?: string | undefined
  cause?: unknown
}

/** A file of the brand is not what it was when the run began. */
export class BrandMediaChanged extends AppError {
  readonly code = 'BRAND_MEDIA_CHANGED'
  constructor(path: string, cause?: unknown) {
    super(`A file of the brand changed or went away since the run began: ${path}.`, {
      hint: 'Give the command again: it then reads the brand as it is now.',
      cause,
    })
  }
}
