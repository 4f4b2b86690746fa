import { AppError } from '../../../domain/app-error.ts'

/** What a person asked of a clip can't be done, or leaves nothing of it. */
export class EditUnusable extends AppError {
  readonly code = 'EDIT_UNUSABLE'
  constructor(problems: readonly string[]) {
    super(`The edit can't be made: ${problems.join('; ')}.`, {
      hint: 'docs/guide/editing.md says what an edit may be. Nothing was changed.',
    })
  }
}
