import type { ModelStates } from '../../compose.ts'
import type { DoctorCheck } from './doctor-report.ts'

/** How the language models are doing, a check for each. None is fine: the built-in ranker needs nobody. */
export function checkLanguageModels({ models, spentToday, limits }: ModelStates): DoctorCheck[] {
  if (models.length === 0) {
    const found = 'none is set up; the built-in ranker chooses the moments, and nothing leaves this machine'
    return [{ name: 'language model', status: 'ok', found, mend: null }]
  }
  const isSpent = spentToday.usd >= limits.usdPerDay || spentToday.tokens >= limits.tokensPerDay
  return [
    ...models.map(checkModel),
    {
      name: 'model budget',
      status: isSpent ? 'warn' : 'ok',
      found: `$${spentToday.usd.toFixed(2)} of $${limits.usdPerDay} and ${spentToday.tokens} of ${limits.tokensPerDay} tokens used in 24 hours`,
      mend: isSpent
        ? 'The built-in ranker chooses until then; MODEL_USD_PER_DAY and MODEL_TOKENS_PER_DAY raise it.'
        : null,
    },
  ]
}

function checkModel({ label, model, breaker, lastProblem }: ModelStates['models'][number]): DoctorCheck {
  const name = label === model ? model : `${label} (${model})`
  const problem = lastProblem === null ? '' : ` Last: ${lastProblem}`
  switch (breaker.state) {
    case 'closed':
      return {
        name: 'language model',
        status: lastProblem === null ? 'ok' : 'warn',
        found: lastProblem === null ? `${name}, circuit closed` : `${name}, circuit closed.${problem}`,
        mend: lastProblem === null ? null : 'The next rung answers whenever this one does not.',
      }
    case 'open':
      return {
        name: 'language model',
        status: 'warn',
        found: `${name}, circuit open until ${breaker.until.toISOString().slice(11, 19)} UTC.${problem}`,
        mend: 'It failed three times in a row and is left alone for a minute; the next rung answers at once.',
      }
    case 'half-open':
      return {
        name: 'language model',
        status: 'warn',
        found: `${name}, circuit half-open.${problem}`,
        mend: 'The next call finds out whether it is back.',
      }
  }
}
