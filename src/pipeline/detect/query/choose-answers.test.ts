import { expect, it } from 'vitest'
import { chooseAnswers } from './choose-answers.ts'

const window = (start: number, end: number, score: number) => ({ start, end, score })

it('prefers what many likely windows agree on to a single good one', () => {
  const lonely = window(500, 560, 1)
  const agreed = [window(0, 60, 0.9), window(5, 65, 0.9), window(10, 70, 0.9)]
  expect(chooseAnswers([lonely, ...agreed], 1)[0]?.window).toBe(agreed[0])
})

it('chooses nothing that shares half with what it has', () => {
  const chosen = chooseAnswers([window(0, 100, 3), window(20, 90, 2.9), window(95, 180, 1)], 3)
  expect(chosen.map(({ window: { start } }) => start)).toEqual([0, 95])
})

it('says how likely each is, the likelier first', () => {
  const chances = chooseAnswers([window(0, 60, 2), window(200, 260, 1), window(400, 460, 0)], 3).map(
    ({ chance }) => chance,
  )
  expect(chances).toEqual([...chances].sort((a, b) => b - a))
  expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 5)
})

it('has nothing to choose from nothing', () => {
  expect(chooseAnswers([], 5)).toEqual([])
})
