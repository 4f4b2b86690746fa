import { expect, test } from 'vitest'
import { createPaint } from '../terminal/create-paint.ts'
import { evaluationText } from './evaluation-text.ts'

const paint = createPaint(false)
const table = {
  title: 'talks, clips: 5 to find in 5 recordings',
  head: ['', 'lift@5', 'P@5', 'R@5'],
  rows: [['trained@1', '2.8 [2.6, 3.0]', '.400 [.400, .400]', '.500 [.400, .600]']],
  notes: ['trained@1: of 10 clips 0.0 % open inside a sentence.'],
}
const widest = (text: string) =>
  Math.max(
    ...text
      .split('\n')
      .filter((line) => /[│┌└]/.test(line))
      .map((line) => line.length),
  )

test('all measures where there is room, fewer where there is not', () => {
  expect(evaluationText([table], { paint, width: 120 })).toContain('R@5')
  const narrow = evaluationText([table], { paint, width: 60 })
  expect(narrow).toContain('P@5')
  expect(narrow).not.toContain('R@5')
  expect(widest(narrow)).toBeLessThanOrEqual(60)
})

test('the first measure is there in any case', () => {
  expect(evaluationText([table], { paint, width: 10 })).toContain('lift@5')
})

test('nothing to find', () => {
  expect(evaluationText([], { paint, width: 80 })).toContain('nothing to find')
})
