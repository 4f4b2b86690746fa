import { expect, test } from 'vitest'
import { findFillers } from './find-fillers.ts'
import { say } from './say-for-test.ts'
import { textOf } from './spoken-word.ts'

function fillersIn(text: string, language: string | null = 'en'): string[] {
  const words = say(text)
  return findFillers(words, language).map((run) => textOf(words, run))
}

test.each([
  ['So, um, we went uh there', 'en', ['um,', 'uh']],
  ['Uhm I think erm, yes. Hmm. Right.', 'en', ['Uhm', 'erm,', 'Hmm.']],
  ['It was, you know, late.', 'en', ['you know,']],
  ['You know, it was late.', 'en', ['You know,']],
  ['And I, like, ran.', 'en', ['like,']],
  ['I mean, that is, sort of, the point', 'en', ['I mean,', 'sort of,']],
  ['it was … you know … late again', 'en', ['you know']],
  ['Das ist, ähm, sozusagen, äh gut', 'de', ['ähm,', 'sozusagen,', 'äh']],
  ["C'est euh, tu vois, bien", 'fr', ['euh,', 'tu vois,']],
  ['Es que, eh, o sea, no', 'es', ['eh,', 'o sea,']],
  ['Foi, tipo, hum muito bom', 'pt', ['tipo,', 'hum']],
  ['È, cioè, ehm bello', 'it', ['cioè,', 'ehm']],
  ['तो, मतलब, हम्म अच्छा है', 'hi', ['मतलब,', 'हम्म']],
  ['えーと、 今日 は、 なんか、 いい', 'ja', ['えーと、', 'なんか、']],
  ['えー と、 今日 は', 'ja', ['えー と、']],
  ['okay uhm good ähm yes', null, ['uhm', 'ähm']],
])('takes fillers out of “%s” (%s)', (text, language, expected) => {
  expect(fillersIn(text, language)).toEqual(expected)
})

test.each([
  ['Do you know, what time it is?', 'en'],
  ['Do you know what I mean?', 'en'],
  ['As you know, it rained.', 'en'],
  ['I like it, and things like that, too.', 'en'],
  ['He said you know him.', 'en'],
  ['Do … you know … what this is', 'en'],
  ['Is it done? B: You know. A: Yes.', 'en'],
  ['The ER was full, he went to the ER.', 'en'],
  ['Hm? What did you say', 'en'],
  ['We went um den Block, um acht', 'de'],
  ['Er kommt, er geht', 'de'],
  ['Um homem, um dia', 'pt'],
  ['¿Qué hace este hombre, eh?', 'es'],
  ['あの 人 は その 本 を', 'ja'],
  ['um, er, eh, ah, hm', null],
  ['the umbrella, the summer, the humming', 'en'],
])('leaves what means something in “%s” (%s)', (text, language) => {
  expect(fillersIn(text, language)).toEqual([])
})

test('a pause between estimated words says nothing', () => {
  const words = say('it was … you know … late again', 'estimated')
  expect(findFillers(words, 'en')).toEqual([])
})
