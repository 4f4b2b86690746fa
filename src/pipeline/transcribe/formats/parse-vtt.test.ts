import { expect, test } from 'vitest'
import { parseVtt } from './parse-vtt.ts'

test('voices, settings, names, comments, styles and regions', () => {
  const { cues, warnings, format } = parseVtt(`WEBVTT - an interview

STYLE
::cue { color: red }

REGION
id:fred
width:40%

NOTE
a comment
over two lines

intro
00:01.000 --> 00:04.000 align:start position:10% line:0
<v.loud Helena Zhang>Hello, <b>everyone</b></v> <lang fr>bonjour</lang>

NOTE one line

2
01:00:04.000 --> 01:00:06.500
<v Tobias Fried>Thanks.</v> <v Helena Zhang>Sure.</v>
`)
  expect(cues.map(({ start, speaker, text }) => [start, speaker, text])).toEqual([
    [1, 'Helena Zhang', 'Hello, everyone'],
    [expect.any(Number), null, 'bonjour'],
    [3604, 'Tobias Fried', 'Thanks.'],
    [expect.any(Number), 'Helena Zhang', 'Sure.'],
  ])
  expect(cues.at(-1)?.end).toBe(3606.5)
  expect(warnings).toEqual([])
  expect(format).toBe('vtt')
})

test('language of the header wins over the one of the file name', () => {
  const header = 'WEBVTT\nKind: captions\nLanguage: de-DE\n\n00:01.000 --> 00:02.000\nHallo\n'
  expect(parseVtt(header, { language: 'en' }).language).toBe('de-DE')
  expect(parseVtt('WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n', { language: 'en' }).language).toBe('en')
})

test('a time map of a stream is passed over, with a word', () => {
  const { cues, warnings } = parseVtt(
    'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n00:01.000 --> 00:02.000\nHi\n',
  )
  expect(cues).toHaveLength(1)
  expect(warnings).toEqual(['X-TIMESTAMP-MAP was passed over; times are read as seconds of the recording.'])
})

test('rolling automatic captions give each word once, with its exact time', () => {
  const { cues, language } = parseVtt(`WEBVTT
Kind: captions
Language: en

00:00:00.480 --> 00:00:02.750 align:start position:0%
 
hello<00:00:00.800><c> everyone</c><00:00:01.200><c> welcome</c>

00:00:02.750 --> 00:00:02.760 align:start position:0%
hello everyone welcome
 

00:00:02.760 --> 00:00:05.000 align:start position:0%
hello everyone welcome
to<00:00:03.000><c> the</c><00:00:03.200><c> show</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
to the show


00:00:05.010 --> 00:00:08.010 align:start position:0%
to the show
[Music]
`)
  expect(language).toBe('en')
  expect(cues.map(({ text }) => text)).toEqual(['hello everyone welcome', 'to the show'])
  const words = cues.flatMap((cue) => cue.words ?? [])
  expect(words.map(({ text, start, timing }) => [text, start, timing])).toEqual([
    ['hello', 0.48, 'exact'],
    ['everyone', 0.8, 'exact'],
    ['welcome', 1.2, 'exact'],
    ['to', 2.76, 'exact'],
    ['the', 3, 'exact'],
    ['show', 3.2, 'exact'],
  ])
})

test('inline times that go backwards are not believed', () => {
  const { cues } = parseVtt('WEBVTT\n\n00:05.000 --> 00:09.000\none <00:07.000>two <00:06.000>three\n')
  expect(cues).toMatchObject([{ text: 'one two three', words: null }])
})

test('furigana is not said twice', () => {
  const { cues } = parseVtt('WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢字<rt>かんじ</rt></ruby>です\n')
  expect(cues[0]?.text).toBe('漢字です')
})

test('a header alone is the transcript of silence', () => {
  expect(parseVtt('WEBVTT').cues).toEqual([])
})

test('missing blank lines and a missing header blank', () => {
  const { cues } = parseVtt('WEBVTT\n00:01.000 --> 00:02.000\nOne\n00:02.000 --> 00:03.000\nTwo')
  expect(cues.map(({ text }) => text)).toEqual(['One', 'Two'])
})
