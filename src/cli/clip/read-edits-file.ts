import { AppError } from '../../domain/app-error.ts'
import { type ClipEditEntry, editsFile } from '../../pipeline/clip-changes.ts'
import { readJsonFile } from '../read-json-file.ts'

/** The file that says how clips are edited can't be read, or says it in a way that makes no sense. */
export class EditsFileUnusable extends AppError {
  readonly code = 'EDITS_FILE_UNUSABLE'
  constructor({ path, problems, cause }: { path: string; problems: string[]; cause?: unknown }) {
    super(`The edits file ${path} can't be used: ${problems.join('; ')}.`, {
      hint: 'docs/guide/editing.md shows what such a file looks like.',
      cause,
    })
  }
}

const lists = { clips: 'clip', ranges: 'range', remove: 'remove', keep: 'keep', replace: 'replace', framing: 'scene' }

/** What a person changed about clips. @throws EditsFileUnusable naming the first problems at once */
export async function readEditsFile(path: string): Promise<ClipEditEntry[]> {
  const unusable = (problems: string[], cause?: unknown) => new EditsFileUnusable({ path, problems, cause })
  const { clips } = await readJsonFile({ path, schema: editsFile, mostBytes: 1_000_000, lists, unusable })
  return clips
}
