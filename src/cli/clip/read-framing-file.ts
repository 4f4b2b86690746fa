import { AppError } from '../../domain/app-error.ts'
import { framingFile, type SceneOverride } from '../../pipeline/framing-overrides.ts'
import { readJsonFile } from '../read-json-file.ts'

/** The file that says where the camera looks can't be read, or says it in a way that makes no sense. */
export class FramingFileUnusable extends AppError {
  readonly code = 'FRAMING_FILE_UNUSABLE'
  constructor({ path, problems, cause }: { path: string; problems: string[]; cause?: unknown }) {
    super(`The framing file ${path} can't be used: ${problems.join('; ')}.`, {
      hint: 'docs/guide/framing.md shows what such a file looks like.',
      cause,
    })
  }
}

/** What a person decided about where the camera looks. @throws FramingFileUnusable naming the first problems at once */
export async function readFramingFile(path: string): Promise<SceneOverride[]> {
  const unusable = (problems: string[], cause?: unknown) => new FramingFileUnusable({ path, problems, cause })
  // A thousand scenes are 100 kB.
  const { scenes } = await readJsonFile({
    path,
    schema: framingFile,
    mostBytes: 1_000_000,
    lists: { scenes: 'scene' },
    unusable,
  })
  return scenes
}
