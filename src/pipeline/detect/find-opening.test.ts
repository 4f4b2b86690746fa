import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'
import { findOpening, leanOf, openingSigns } from './find-opening.ts'

function openingOf(lines: readonly Line[], index: number) {
  const { sentences } = factsOf(conversation(lines))
  return sentences[findOpening(sentences, openingSigns(sentences), index)]?.text
}

describe('findOpening', () => {
  it('starts at the question rather than at its answer', () => {
    const lines: Line[] = [
      ['Ana', 'Let us move on.'],
      ['Ana', 'How did you lose the boat?'],
      ['Bo', 'We tied the rope to the wrong post.'],
    ]
    expect(openingOf(lines, 2)).toBe('How did you lose the boat?')
  })

  it('goes back from words that lean on what came before, step by step', () => {
    const lines: Line[] = [
      ['Ana', 'My uncle sold kites.'],
      ['Ana', 'He painted every one of them.'],
      ['Ana', 'And that took all winter.'],
    ]
    expect(openingOf(lines, 2)).toBe('My uncle sold kites.')
  })

  it('goes back from a short remark to what it is about', () => {
    const lines: Line[] = [
      ['Ana', 'The bridge opened twice a day for forty years.'],
      ['Bo', 'Wow.'],
    ]
    expect(openingOf(lines, 1)).toBe('The bridge opened twice a day for forty years.')
  })

  it('stays where a sentence stands alone', () => {
    const lines: Line[] = [
      ['Ana', 'The weather was fine.'],
      ['Ana', 'Most boats leak within ten years.'],
    ]
    expect(openingOf(lines, 1)).toBe('Most boats leak within ten years.')
  })

  it('does not reach back across a long silence, nor further than three sentences and ten seconds', () => {
    const early = conversation([['Ana', 'Did you hear it?']])
    const late = conversation([['Bo', 'That was the bell.']], { from: 30 })
    const { sentences } = factsOf([...early, ...late])
    expect(findOpening(sentences, openingSigns(sentences), 1)).toBe(1)
    const chain = factsOf(
      conversation(Array.from({ length: 9 }, (_, i): Line => ['Ana', `And thing number ${i} came along.`])),
    )
    expect(findOpening(chain.sentences, openingSigns(chain.sentences), 8)).toBe(5)
  })
})

describe('leanOf', () => {
  const lean = (text: string) => leanOf(factsOf(conversation([['Ana', text]])).sentences[0] ?? fail())

  it.each([
    ['And we left.', 1],
    ['Because it rained.', 1],
    ["That's why he left.", 0.7],
    ['So we left.', 0.5],
    ['Boats leak.', 0],
    ['Is it true?', 0],
    ['There was a king in the north.', 0],
  ])('weighs %s', (text, expected) => {
    expect(lean(text)).toBe(expected)
  })

  it.each([
    ['German', 'Deshalb ist er gegangen.', 'Boote lecken im Winter.'],
    ['German', 'Das ist der Grund dafür.', 'Das Haus am See war leer.'],
    ['German', 'Aber niemand kam.', 'Es gibt drei Gründe dafür.'],
    ['Spanish', 'Por eso se fue a casa.', 'Los barcos pierden agua.'],
    ['Spanish', 'Y ella no dijo nada.', 'Es una historia de tres hermanos.'],
    ['French', "C'est pour ça qu'il est parti.", 'Les bateaux prennent l’eau.'],
    ['French', 'Il a vendu la maison.', 'Il y a dix ans, une tempête a pris le port.'],
    ['Portuguese', 'Por isso ele foi embora.', 'O livro está na mesa.'],
    ['Portuguese', 'Mas ninguém veio.', 'Os barcos vazam no inverno.'],
    ['Italian', 'Ma nessuno è venuto.', 'Il treno parte alle nove.'],
    ['Dutch', 'Maar niemand kwam.', 'De boten lekken in de winter.'],
    ['Russian', 'Но никто не пришёл.', 'Лодки протекают зимой.'],
    ['Chinese', '但是没有人来。', '船在冬天漏水。'],
    ['Japanese', 'でも誰も来なかった。', '船は冬に水が漏れる。'],
    ['Korean', '하지만 아무도 오지 않았다.', '배는 겨울에 물이 샌다.'],
    ['Arabic', 'ولكن لم يأت أحد.', 'القوارب تتسرب في الشتاء.'],
    ['Hindi', 'लेकिन कोई नहीं आया।', 'नावें सर्दियों में रिसती हैं।'],
  ])('knows in %s that “%s” hangs on something', (_, leaning, standing) => {
    expect(lean(leaning)).toBeGreaterThanOrEqual(0.5)
    expect(lean(standing)).toBe(0)
  })
})

function fail(): never {
  throw new Error('no sentence')
}
