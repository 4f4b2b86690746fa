import type { Problem } from '../problem.ts'

/** What the validator says of one thing that is wrong. */
export interface Issue {
  instancePath: string
  message?: string | undefined
  params?: object | undefined
}

interface InnerIssue {
  code: string
  path: readonly PropertyKey[]
  message: string
  keys?: readonly string[]
}

/** Each thing that is wrong, with where it is. What can be one of several forms is told by the form it is nearest to. */
export function sayIssues(issues: readonly Issue[]): NonNullable<Problem['issues']> {
  return issues.flatMap(({ instancePath, message = 'is not valid', params }) => {
    const forms = params !== undefined && 'errors' in params ? (params.errors as InnerIssue[][]) : []
    const nearest = forms.toSorted((a, b) => a.length - b.length)[0]
    if (nearest === undefined || nearest.length === 0) return [{ path: instancePath, message }]
    const at = instancePath === '/' ? '' : instancePath
    return [...unknownFields(forms), ...nearest.filter(({ code }) => code !== unknownCode)].map((issue) => ({
      path: `${at}/${issue.path.map(String).join('/')}`,
      message: issue.message,
    }))
  })
}

const unknownCode = 'unrecognized_keys'

/** Fields that none of the forms has. */
function unknownFields(forms: readonly InnerIssue[][]): { path: readonly PropertyKey[]; message: string }[] {
  const ofEach = forms.map((form) => form.filter(({ code }) => code === unknownCode).flatMap(({ keys = [] }) => keys))
  const everywhere = (ofEach[0] ?? []).filter((key) => ofEach.every((keys) => keys.includes(key)))
  return everywhere.map((key) => ({ path: [key], message: `Nobody knows the field “${key.slice(0, 100)}”.` }))
}
