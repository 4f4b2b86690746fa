import { toCentiseconds } from './ass-document.ts'
import type { Phrase } from './group-words.ts'
import type { Token } from './split-into-tokens.ts'

/** What one line of a phrase shows for a while. */
export interface LitState {
  /** Number of the line, from the top. */
  row: number
  line: Token[]
  /** The word being said; null while it is in the other line. */
  lit: Token | null
  /** In centiseconds. */
  start: number
  end: number
}

/** What each line shows when, in order of time; what would show nothing new is drawn out instead of repeated. */
export function litStates({ lines, end: phraseEnd }: Phrase): LitState[] {
  const tokens = lines.flat()
  const states = tokens.flatMap((token, i) => {
    const start = toCentiseconds(token.start)
    const end = toCentiseconds(tokens[i + 1]?.start ?? phraseEnd)
    return lines.map((line, row) => ({ row, line, lit: line.includes(token) ? token : null, start, end }))
  })
  const merged: LitState[] = []
  for (const state of states.filter(({ start, end }) => start < end)) {
    const before = merged.find(({ row, lit, end }) => row === state.row && lit === state.lit && end === state.start)
    if (before === undefined) merged.push({ ...state })
    else before.end = state.end
  }
  return merged
}
