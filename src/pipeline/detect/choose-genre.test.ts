import { expect, it } from 'vitest'
import { chooseGenre } from './choose-genre.ts'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf, spanOf } from './facts-for-test.ts'

function genreOf(...lines: Line[]) {
  const facts = factsOf(conversation(lines))
  return chooseGenre({ ...spanOf(facts), features: {} }, facts)
}

it.each([
  ['humour', 'It was a joke, a hilarious one, and we were laughing about the duck all night long until the boat came.'],
  ['story', 'I remember when I was nine, one day my mom told me to wait, and then she came home with a goat.'],
  [
    'advice',
    'You should write it down first. Make sure that you have to think only once. The trick is to start with the end.',
  ],
  ['emotion', 'I was so scared, I cried, and I still feel the shame and the grief and the regret about all of it.'],
  ['news', 'They announced today that the new version was released, and according to them two million people use it.'],
  ['debate', 'I disagree, that is nonsense. Hold on, come on, that is not true and I would argue the other way round.'],
  ['other', 'The shelf stands in the corner of the room, next to the window, where the old table used to stand.'],
])('%s', (genre, text) => {
  expect(genreOf(['Ana', text])).toBe(genre)
})
