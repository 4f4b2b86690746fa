import { AppError } from '../../domain/app-error.ts'
import type { LanguageModel, ModelName } from '../language-model.ts'
import { plain, type Topic, type TopicsInput, topicsQuestion } from './topics-question.ts'

/** Topics come from a language model, and no language model is set up. */
export class ModelNotSet extends AppError {
  readonly code = 'MODEL_NOT_SET'
  constructor() {
    super('Ideas come from a language model, and none is set up.', {
      hint: 'Set one of ANTHROPIC_API_KEY, OPENAI_API_KEY, XAI_API_KEY, MISTRAL_API_KEY or OPENAI_COMPATIBLE_URL in the environment or in .env.',
    })
  }
}

/** Nobody of those that are set up gave a usable answer. */
export class ModelUnavailable extends AppError {
  readonly code = 'MODEL_UNAVAILABLE'
  override readonly retry = 'later'
  constructor(reason: string) {
    super(`No language model answered: ${reason}`, {
      hint: '`clipwright doctor` shows how each of them is doing. Try again in a minute.',
    })
  }
}

export interface SuggestedTopics {
  topics: Topic[]
  by: ModelName
  /** Given within the last five minutes. */
  cached: boolean
}

/** Fresh topics for a niche, best first. @throws ModelNotSet | ModelUnavailable, and what `signal` was aborted with */
export async function suggestTopics(
  input: TopicsInput,
  { model, signal }: { model: LanguageModel | null; signal: AbortSignal },
): Promise<SuggestedTopics> {
  if (model === null) throw new ModelNotSet()
  const reply = await model.ask(topicsQuestion(input), { signal })
  if (reply.outcome === 'unavailable') throw new ModelUnavailable(reply.message)
  return { topics: different(reply.answer.topics).slice(0, input.count), by: reply.by, cached: reply.cached }
}

function different(topics: readonly Topic[]): Topic[] {
  const seen = new Set<string>()
  return topics
    .map(({ title, angle, why }) => ({ title: plain(title), angle: plain(angle), why: plain(why) }))
    .filter(({ title }) => {
      const key = title.toLowerCase()
      if (key === '' || seen.has(key)) return false
      seen.add(key)
      return true
    })
}
