import { expect, test } from 'vitest'
import { joinWords, splitTextIntoWords } from './split-text-into-words.ts'

test.each([
  ['Hello,  there\n world!', ['Hello,', 'there', 'world!']],
  ['very small -- sure', ['very', 'small\u00a0--', 'sure']],
  ['« Bonjour ! » dit-il', ['«\u00a0Bonjour\u00a0!\u00a0»', 'dit-il']],
  ['fish & chips @ 5 %', ['fish', '&', 'chips', '@', '5', '%']],
  ['... -- !', []],
  ['今日は、GPT4を使う。', ['今日', 'は、', 'GPT4', 'を', '使う。']],
  ['他说：「你好」', ['他', '说：', '「你好」']],
  ['안녕하세요 여러분', ['안녕하세요', '여러분']],
  ['שלום עולם', ['שלום', 'עולם']],
  ['😀 nice', ['😀', 'nice']],
])('%s', (text, words) => {
  expect(splitTextIntoWords(text)).toEqual(words)
})

test('joining puts blanks where they were', () => {
  const join = (text: string) => joinWords(splitTextIntoWords(text).map((word) => ({ text: word })))
  for (const text of ['Hello, there world!', '今日は、元気ですか？はい。', 'สวัสดีครับ', 'a\u00a0-- b'])
    expect(join(text)).toBe(text)
})
