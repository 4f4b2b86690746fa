import type { RankedMode } from '../../../domain/moment.ts'
import type { LanguageModel, ModelName, Reply } from '../../language-model.ts'
import { divideIntoWindows } from './divide-into-windows.ts'
import type { Judgement, Judgements } from './judgement.ts'
import { mergeRankings } from './merge-rankings.ts'
import type { Passage, Shortlist } from './passage.ts'
import { type Ranking, rankingPromptVersion, rankingQuestion } from './ranking-question.ts'
import { readRanking } from './read-ranking.ts'

interface JudgeInput {
  shortlist: Shortlist
  mode: RankedMode
  /** Most moments wanted. */
  count: number
  model: LanguageModel
  recordingId: string | null
  runId: string | null
  signal: AbortSignal
  onWait?: (message: string) => void
}

export type Verdict =
  | { outcome: 'judged'; judgements: Judgements; by: ModelName; cached: boolean }
  | { outcome: 'unavailable'; message: string }

/** How many a model puts in order, best first; in steps, so that asking for a few more asks nothing new. */
export function judgedCount(count: number): number {
  return Math.ceil(Math.max(1, count) / 20) * 20
}

/**
 * Lets a language model put a shortlist in order. Once, over all of it: judgements of separate calls can't be compared. A list too
 * long for one prompt is judged in windows that overlap, and the best of each once more together, so that the order at the top is still
 * that of one comparison. A model that gives up half way has judged nothing.
 */
export async function judgeMoments(input: JudgeInput): Promise<Verdict> {
  const { shortlist, model, count } = input
  const wanted = judgedCount(count)
  const windows = divideIntoWindows(shortlist.passages, model.inputTokens)
  const rounds: { judgements: Judgement[]; size: number }[] = []
  let last: Answered | null = null
  for (const passages of windows) {
    const reply = await rank(input, passages, Math.min(wanted, passages.length))
    if (reply.outcome === 'unavailable') return { outcome: 'unavailable', message: reply.message }
    rounds.push({ judgements: readRanking(reply.answer, passages), size: passages.length })
    last = reply
  }
  if (last === null) return { outcome: 'unavailable', message: 'There is nothing to rank.' }
  const merged = mergeRankings(rounds)
  const finals = windows.length > 1 ? await rankBest(input, merged, wanted) : null
  const list = finals === null ? merged : [...finals.list, ...without(merged, finals.list)].map(withRank)
  const { by, cached } = finals?.reply ?? last
  return { outcome: 'judged', judgements: { by: detectorOf(by), list }, by, cached }
}

type Answered = Extract<Reply<Ranking>, { outcome: 'answered' }>

function rank(
  { mode, model, recordingId, runId, signal, onWait }: JudgeInput,
  passages: readonly Passage[],
  wanted: number,
): Promise<Reply<Ranking>> {
  const question = rankingQuestion({ passages, mode, wanted, recordingId, runId })
  return model.ask(question, { signal, ...(onWait && { onWait }) })
}

/** As many of the merged best as fit one prompt, compared with each other; null when the model is gone, then places have to do. */
async function rankBest(
  input: JudgeInput,
  merged: readonly Judgement[],
  wanted: number,
): Promise<{ list: Judgement[]; reply: Answered } | null> {
  const finalists = mostThatFit(input, merged)
  const reply = await rank(input, finalists, Math.min(wanted, finalists.length))
  return reply.outcome === 'unavailable' ? null : { list: readRanking(reply.answer, finalists), reply }
}

function mostThatFit({ shortlist, model }: JudgeInput, merged: readonly Judgement[]): Passage[] {
  const byEnd = new Map(shortlist.passages.map((passage) => [passage.lastSentence, passage]))
  let chosen: Passage[] = []
  for (const { lastSentence } of merged) {
    const passage = byEnd.get(lastSentence)
    if (passage === undefined) continue
    const more = [...chosen, passage].sort((a, b) => a.number - b.number)
    if (divideIntoWindows(more, model.inputTokens).length > 1) break
    chosen = more
  }
  return chosen
}

function without(list: readonly Judgement[], others: readonly Judgement[]): Judgement[] {
  const taken = new Set(others.map(({ lastSentence }) => lastSentence))
  return list.filter(({ lastSentence }) => !taken.has(lastSentence))
}

function withRank(judgement: Judgement, i: number): Judgement {
  return { ...judgement, rank: i + 1 }
}

function detectorOf({ model }: ModelName): Judgements['by'] {
  return { rung: 'llm', name: model, version: rankingPromptVersion }
}
