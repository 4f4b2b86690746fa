import type { ErrorRecord } from '../../domain/app-error.ts'

/** Why something failed, and, where it is told how often it was tried, whether it will be tried again: `the feed answered 404 (will not retry)`. */
export function sayFailure(
  error: Pick<ErrorRecord, 'message' | 'retry'> | null,
  { attempts }: { attempts?: number } = {},
): string {
  const why = error === null ? 'nobody knows why' : asClause(error.message)
  if (attempts === undefined) return why
  return `${why} (${error?.retry === 'later' ? sayTries(attempts) : 'will not retry'})`
}

function sayTries(attempts: number): string {
  return attempts > 1 ? `tried ${attempts} times` : 'tried once'
}

// Names, paths and abbreviations stay as they are.
const opening =
  /^(?:the|a|an|no|it|its|this|that|these|what|nothing|nobody|not|there|all|none|some|every|in|of|as|on|too)\b/i

/** A sentence as a part of another one: without its full stop, in small letters where that is sure to be right. */
function asClause(sentence: string): string {
  const bare = sentence.trim().replace(/(?<!\.)\.$/, '')
  return opening.test(bare) ? `${bare.charAt(0).toLowerCase()}${bare.slice(1)}` : bare
}
