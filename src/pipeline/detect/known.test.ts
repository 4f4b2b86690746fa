import { expect, it } from 'vitest'
import { conversation } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'
import { knownOf } from './known.ts'

const knows = (text: string) => knownOf(factsOf(conversation([['Ana', text]]))).words

it.each([
  'So I went to the store and they were like, we do not have that any more, you know?',
  'SO I WENT TO THE STORE AND THEY WERE OUT OF IT',
  'the way it works is that we keep a queue in memory and write it to disk later',
])('knows English: %s', (text) => {
  expect(knows(text)).toBe(true)
})

it.each([
  'Und dann bin ich in den Laden gegangen, und die hatten das nicht mehr, was soll man da machen?',
  'Entonces fui a la tienda y me dijeron que ya no lo tenían, no me lo podía creer.',
  'Alors je suis allé au magasin et ils me disent que non, on a plus ça, c’est fini.',
  'Toen ging ik naar de winkel en ze hadden het niet meer, wat een dag was dat.',
  '然后 我 去 了 商店 他们 说 没有 了。',
  'फिर मैं दुकान गया और उन्होंने कहा कि अब नहीं है।',
  '😂 😂 🎉',
])('does not take others for English: %s', (text) => {
  expect(knows(text)).toBe(false)
})

it('tells speakers apart when there are two', () => {
  expect(
    knownOf(
      factsOf(
        conversation([
          ['Ana', 'Hi.'],
          ['Bo', 'Hello.'],
        ]),
      ),
    ).speakers,
  ).toBe(true)
  expect(
    knownOf(
      factsOf(
        conversation([
          [null, 'Hi.'],
          [null, 'Hello.'],
        ]),
      ),
    ).speakers,
  ).toBe(false)
})
