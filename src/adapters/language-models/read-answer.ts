import type { Question } from '../../pipeline/language-model.ts'
import { extractJson } from './extract-json.ts'

type ReadAnswer<T> = { answer: T; problem: null } | { answer: null; problem: string }

/** An answer held against its question: text, or what was kept of an earlier one. What is wrong with it is said so that the model can mend it. */
export function readAnswer<T>({ schema, problemsOf }: Question<T>, given: unknown): ReadAnswer<T> {
  const value = typeof given === 'string' ? extractJson(given) : given
  if (value === null) return { answer: null, problem: 'It holds no JSON object.' }
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'the object'}: ${message}`)
    return { answer: null, problem: `It does not have the form asked for (${issues.join('; ')}).` }
  }
  const problems = problemsOf?.(parsed.data) ?? []
  return problems.length === 0
    ? { answer: parsed.data, problem: null }
    : { answer: null, problem: problems.slice(0, 5).join(' ') }
}
