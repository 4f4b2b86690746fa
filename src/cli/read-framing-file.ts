import { readFile, stat } from 'node:fs/promises'
import type { z } from 'zod'
import { AppError } from '../domain/app-error.ts'
import { sayFileError } from '../domain/say-file-error.ts'
import { framingFile, type SceneOverride } from '../pipeline/framing-overrides.ts'

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

/** A thousand scenes are 100 kB. */
const mostBytes = 1_000_000
/** More are not read anyway. */
const mostProblems = 5

/** What a person decided about where the camera looks. @throws FramingFileUnusable naming the first problems at once */
export async function readFramingFile(path: string): Promise<SceneOverride[]> {
  const text = await readText(path)
  const parsed = framingFile.safeParse(parseJson(path, text))
  if (!parsed.success) throw new FramingFileUnusable({ path, problems: sayProblems(parsed.error) })
  return parsed.data.scenes
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= mostBytes) return await readFile(path, 'utf8')
  } catch (cause) {
    throw new FramingFileUnusable({ path, problems: [sayFileError(cause, 'read')], cause })
  }
  throw new FramingFileUnusable({ path, problems: ['it is larger than a megabyte'] })
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new FramingFileUnusable({ path, problems: ['it is not JSON'], cause })
  }
}

function sayProblems({ issues }: z.ZodError): string[] {
  const problems = issues.slice(0, mostProblems).map(({ path, message }) => `${sayPlace(path)}${message}`)
  const left = issues.length - problems.length
  return left > 0 ? [...problems, `and ${left} more`] : problems
}

/** `["scenes", 2, "x"]` → `scene 3, x: `. */
function sayPlace(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path
  const place = first === 'scenes' && typeof index === 'number' ? [`scene ${index + 1}`, ...rest] : path
  return place.length === 0 ? '' : `${place.map(String).join(', ')}: `
}
