import { expect, it } from 'vitest'
import { conversation } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { wording } from './wording.ts'

const explained = (...lines: (readonly [string | null, string])[]) => {
  const facts = factsOf(conversation(lines))
  return wording.explain(spanOf(facts), facts)
}

it('quotes the words that give it away', () => {
  expect(explained(['Ana', 'That was a joke.'], ['Bo', 'Oh, come on.'])).toBe(
    'In the words of talk that people laugh at: “joke”, “oh”, “come on”',
  )
})

it('points at the rhythm where no word does', () => {
  expect(explained(['王', '真的 吗？'], ['李', '没错。'])).toMatch(/who speaks when/)
  expect(explained([null, 'The meter stands at nine.'])).toMatch(/length of its sentences/)
})
