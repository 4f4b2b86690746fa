import { expect, it } from 'vitest'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf } from '../facts-for-test.ts'
import { titleChapters } from './title-chapter.ts'

function titlesOf(...chapters: string[][]): string[] {
  const lines = chapters.flatMap((texts) => texts.map((text): Line => ['Ana', text]))
  const facts = factsOf(conversation(lines))
  let first = 0
  return titleChapters(
    facts,
    chapters.map((texts) => {
      const span = { first, last: first + texts.length - 1 }
      first += texts.length
      return span
    }),
  )
}

const kettle = ['The kettle leaks.', 'Somebody has to mend the kettle.', 'A kettle must never leak.']

it('names things rather than what they are like', () => {
  const [title] = titlesOf(
    [
      'The wooden harbour burned.',
      'A wooden harbour is cheap.',
      'People paid for the harbour.',
      'The harbour stays.',
      'It was a wooden harbour.',
      'They built the wooden sheds first.',
    ],
    kettle,
  )
  expect(title?.toLowerCase()).toContain('harbour')
  expect(title?.toLowerCase()).not.toMatch(/and wooden$|^wooden(?! harbour)/)
})

it('does without contractions', () => {
  const lines = [
    "We'll paint the bridge.",
    "We'll close the bridge.",
    "We'll open the bridge.",
    "We'll see the bridge.",
  ]
  expect(titlesOf(lines, kettle)[0]).toBe('Bridge')
})
