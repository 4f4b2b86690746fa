import { countTokens } from '../../count-tokens.ts'
import type { Passage } from './passage.ts'
import { rankingPrompt } from './ranking-question.ts'

// A passage at the edge is compared with both neighbours this way, and two windows have something in common to be merged by.
const shared = 2

/**
 * Passages in order of time, in as few windows as hold at most `mostTokens` of prompt each, about equally full; neighbouring windows share
 * two passages. One window when they all fit, which is the rule. A passage that is too long even alone gets a window of its own.
 */
export function divideIntoWindows(passages: readonly Passage[], mostTokens: number): Passage[][] {
  const costs = passages.map(costOf)
  const room = Math.max(1, mostTokens - frameTokens)
  const total = costs.reduce((sum, cost) => sum + cost, 0)
  if (total <= room) return [passages.slice()]
  const windows: Passage[][] = []
  for (let start = 0; start < passages.length; ) {
    let end = start
    let sum = 0
    while (end < passages.length && (end === start || sum + (costs[end] ?? 0) <= room)) sum += costs[end++] ?? 0
    windows.push(passages.slice(start, end))
    if (end >= passages.length) break
    // Always at least one further than the window before.
    start = Math.max(start + 1, end - shared)
  }
  return windows
}

/** Tokens of the instructions around the passages. */
const frameTokens = countTokens(rankingPrompt({ passages: [], mode: 'summary', wanted: 100 })) + 250

function costOf(passage: Passage): number {
  return countTokens(rankingPrompt({ passages: [passage], mode: 'summary', wanted: 1 })) - frameTokens + 260
}
