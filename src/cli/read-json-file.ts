import { readFile, stat } from 'node:fs/promises'
import type { z } from 'zod'
import { sayFileError } from '../domain/say-file-error.ts'

interface JsonFile<T> {
  path: string
  schema: z.ZodType<T>
  mostBytes: number
  /** What is a list in it, and what one of it is called: `{ scenes: 'scene' }` makes "scene 3, x: …" of a problem. */
  lists: Record<string, string>
  /** Makes the error that tells a person all that is wrong with it. */
  unusable: (problems: string[], cause?: unknown) => Error
}

/** More are not read anyway. */
const mostProblems = 5

/** A JSON file a person wrote. @throws what `unusable` makes, naming the first problems at once */
export async function readJsonFile<T>({ path, schema, mostBytes, lists, unusable }: JsonFile<T>): Promise<T> {
  const text = await readText(path, mostBytes, unusable)
  const parsed = schema.safeParse(parseJson(text, unusable))
  if (!parsed.success) throw unusable(sayProblems(parsed.error, lists))
  return parsed.data
}

async function readText(path: string, mostBytes: number, unusable: JsonFile<unknown>['unusable']): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size <= mostBytes) return await readFile(path, 'utf8')
  } catch (cause) {
    throw unusable([sayFileError(cause, 'read')], cause)
  }
  throw unusable(['it is larger than a megabyte'])
}

function parseJson(text: string, unusable: JsonFile<unknown>['unusable']): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw unusable(['it is not JSON'], cause)
  }
}

function sayProblems({ issues }: z.ZodError, lists: Record<string, string>): string[] {
  const problems = issues.slice(0, mostProblems).map(({ path, message }) => `${sayPlace(path, lists)}${message}`)
  const left = issues.length - problems.length
  return left > 0 ? [...problems, `and ${left} more`] : problems
}

/** `["scenes", 2, "x"]` → `scene 3, x: `. */
function sayPlace(path: readonly PropertyKey[], lists: Record<string, string>): string {
  const said: string[] = []
  for (let i = 0; i < path.length; i++) {
    const [step, index] = [String(path[i]), path[i + 1]]
    const one = lists[step]
    if (one !== undefined && typeof index === 'number') {
      said.push(`${one} ${index + 1}`)
      i++
    } else said.push(step)
  }
  return said.length === 0 ? '' : `${said.join(', ')}: `
}
