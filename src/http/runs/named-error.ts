import { AppError, toErrorRecord } from '../../domain/app-error.ts'

/** An error that calls files by the names they came with, not by where they lie with us. */
export class NamedError extends AppError {
  readonly code: string
  override readonly retry: AppError['retry']
  constructor(error: AppError, names: ReadonlyMap<string, string>) {
    const { code, message, hint, retry } = toErrorRecord(error)
    const named = [...names].reduce((text, [path, name]) => text.replaceAll(path, () => name), message)
    super(named, { cause: error, ...(hint === undefined ? {} : { hint }) })
    this.code = code
    this.retry = retry
  }
}
