import type { Reason } from '../../../domain/moment.ts'
import { sayTimes } from '../features/say.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import type { AnswerWindow } from './answer-windows.ts'
import type { Query } from './read-query.ts'
import { termsOf } from './terms.ts'
import type { Sums, Trace } from './trace-query.ts'

interface ExplainInput {
  facts: RecordingFacts
  query: Query
  trace: Trace
  window: AnswerWindow
}

// More words than these nobody reads.
const mostWords = 4

/** Why a stretch answers a question, in words with real figures. Weights say in which order they counted, not how much exactly. */
export function explainAnswer({ facts, query, trace, window }: ExplainInput): Reason[] {
  const words = wordsSaid({ facts, query, window })
  const total = words.reduce((sum, { count }) => sum + count, 0)
  const share = shareInside(trace.rootMass, window)
  const named = trace.named === null ? 0 : amount(trace.named.words, window)
  const reasons: Reason[] = []
  if (total > 0) {
    const list = words
      .slice(0, mostWords)
      .map(({ word, count }) => `“${word}”${count > 1 ? ` ${sayTimes(count)}` : ''}`)
    reasons.push({ feature: 'match', text: `Says ${joined(list)}`, weight: 0.5 })
  }
  if (named > 0) {
    const speakers = new Set(
      facts.sentences.slice(window.first, window.last + 1).flatMap(({ speaker }) => speaker ?? []),
    )
    const who = [...speakers].filter((speaker) => query.words.some((word) => partsOf(speaker).includes(word)))
    if (who.length > 0)
      reasons.push({ feature: 'named', text: `Said by ${joined(who.slice(0, 2))}, who is asked about`, weight: 0.3 })
  }
  if (total > 0 && share >= 0.2) {
    reasons.push({
      feature: 'share',
      text: `Holds ${Math.round(share * 100)} % of what is said about it in the recording`,
      weight: 0.2,
    })
  }
  if (reasons.length === 0) {
    reasons.push({
      feature: 'related',
      text: 'Talks in words that come with those asked for',
      weight: 0.5,
    })
  }
  return reasons
}

/** The question's words as they are said in the window, the most frequent first. */
function wordsSaid({ facts, query, window }: Omit<ExplainInput, 'trace'>): { word: string; count: number }[] {
  const roots = new Set(query.terms.map(({ root }) => root))
  const found = new Map<string, { word: string; count: number }>()
  const from = facts.sentences[window.first]?.firstWord ?? 0
  const to = facts.sentences[window.last]?.lastWord ?? -1
  for (let i = from; i <= to; i++) {
    const written = facts.words[i]?.text ?? ''
    for (const { root } of termsOf(written)) {
      if (!roots.has(root)) continue
      const entry = found.get(root) ?? {
        word: written.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toLowerCase(),
        count: 0,
      }
      found.set(root, { ...entry, count: entry.count + 1 })
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

const amount = (sums: Sums, { first, last }: AnswerWindow) => (sums[last + 1] ?? 0) - (sums[first] ?? 0)

function shareInside(sums: Sums, window: AnswerWindow): number {
  const all = sums.at(-1) ?? 0
  return all === 0 ? 0 : amount(sums, window) / all
}

function partsOf(speaker: string): string[] {
  return speaker.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function joined(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
}
