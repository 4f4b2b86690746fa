import { describe, expect, test } from 'vitest'
import { parseSrt } from './parse-srt.ts'

const texts = (srt: string) => parseSrt(srt).cues.map(({ text }) => text)
const times = (srt: string) => parseSrt(srt).cues.map(({ start, end }) => [start, end])
/** One cue around a text. */
const cue = (text: string) => `1\n00:00:01,000 --> 00:00:04,000\n${text}\n`

test('a well-made file', () => {
  const { cues, warnings, format } = parseSrt(
    '1\n00:00:01,167 --> 00:00:03,300\nGood afternoon.\nMy name is Dave.\n\n2\n00:00:03,300 --> 00:00:06,167\nI am on the team.\n',
  )
  expect(cues).toEqual([
    { start: 1.167, end: 3.3, text: 'Good afternoon. My name is Dave.', speaker: null, words: null },
    { start: 3.3, end: 6.167, text: 'I am on the team.', speaker: null, words: null },
  ])
  expect(warnings).toEqual([])
  expect(format).toBe('srt')
})

describe('broken files', () => {
  test.each([
    [
      'Windows line ends',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nTwo\r\n',
    ],
    ['old Mac line ends', '1\r00:00:01,000 --> 00:00:02,000\rOne\r\r2\r00:00:02,000 --> 00:00:03,000\rTwo\r'],
    ['no numbers', '00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:02,000 --> 00:00:03,000\nTwo\n'],
    ['no blank lines', '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n'],
    ['a blank line in a cue', '1\n00:00:01,000 --> 00:00:02,000\n\nOne\n\n\n2\n00:00:02,000 --> 00:00:03,000\n\nTwo\n'],
    ['dots and few digits', '1\n0:00:01.0 --> 0:00:02.00\nOne\n\n2\n00:02,000 --> 00:03\nTwo\n'],
    [
      'other arrows and blanks',
      '1\n00:00:01,000 -> 00:00:02,000\nOne\n\n2\n00 : 00 : 02 , 000 --&gt; 00:00:03,000\nTwo',
    ],
    [
      'coordinates',
      '1\n00:00:01,000 --> 00:00:02,000 X1:1 X2:2 Y1:3 Y2:4\nOne\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
    ],
    [
      'the number of a cue that never came',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n\n3\n',
    ],
  ])('%s', (_, srt) => {
    expect(texts(srt)).toEqual(['One', 'Two'])
    expect(times(srt)).toEqual([
      [1, 2],
      [2, 3],
    ])
  })

  test('a number that is said stays', () => {
    expect(
      texts('1\n00:00:01,000 --> 00:00:02,000\nThe answer is\n42\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo'),
    ).toEqual(['The answer is 42', 'Two'])
  })

  test('times that cannot be read take their text with them, and the line is named', () => {
    const { cues, warnings } = parseSrt(
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:0x,000 --> 00:00:03,000\nLost\n\n3\n00:00:03,000 --> 00:00:04,000\nThree',
    )
    expect(cues.map(({ text }) => text)).toEqual(['One', 'Three'])
    expect(warnings).toEqual(['Times cannot be read, cue skipped: line 6.'])
  })

  test('a cue without text is skipped and named by line', () => {
    const { cues, warnings } = parseSrt('1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo')
    expect(cues.map(({ text }) => text)).toEqual(['Two'])
    expect(warnings).toEqual(['Cue without text skipped: line 2.'])
  })

  test('backwards, negative and very long times are kept as written, for mendCues', () => {
    expect(
      times(
        '1\n00:00:05,000 --> 00:00:02,000\nA\n\n2\n-00:00:01,500 --> 00:00:01,000\nB\n\n3\n123:00:00,000 --> 133:00:00,000\nC',
      ),
    ).toEqual([
      [5, 2],
      [-1.5, 1],
      [442800, 478800],
    ])
  })

  test('thousands of faults are one sentence', () => {
    const { warnings } = parseSrt('00:00:01,000 --> 00:00:02,000\n\n'.repeat(5000))
    expect(warnings).toEqual(['Cue without text skipped: line 1, line 3, line 5 and 4997 more.'])
  })

  test('text with no timing line gives nothing', () => {
    expect(parseSrt('just text\nwith lines').cues).toEqual([])
  })

  test('an arrow in what is said is said', () => {
    expect(texts(cue('a --> b'))).toEqual(['a --> b'])
  })
})

describe('markup', () => {
  test.each([
    ['tags', '<i>Hello</i> <font color="#fff">there</font>', 'Hello there'],
    ['line break tag', 'Hello<br/>there', 'Hello there'],
    ['entities', 'Q&amp;A &lt;3 &#39;yes&#x27; &nbsp;ok &bogus; &#0;', "Q&A <3 'yes' ok &bogus;"],
    ['ASS codes', '{\\an8}{\\pos(1,2)}Up here\\Nand here\\h!', 'Up here and here\u00a0!'],
    ['what is no tag', 'if x < y and y > z, List<String> wins', 'if x < y and y > z, List<String> wins'],
    ['unclosed', 'broken <i and {\\an8', 'broken <i and {\\an8'],
    ['direction marks and zero-width spaces', '\u202bשלום\u202c\u200b עולם', 'שלום עולם'],
  ])('%s', (_, written, read) => {
    expect(texts(cue(written))).toEqual([read])
  })
})

describe('sounds', () => {
  test.each([
    ['[laughter] So funny.', 'So funny.'],
    ['So [cheers and\napplause] thank you.', 'So thank you.'],
    ['(APPLAUSE) Thanks.', 'Thanks.'],
    ['It works (which is great) and (GL_EXTENSIONS) too.', 'It works (which is great) and (GL_EXTENSIONS) too.'],
    ['♪ la la la ♪ Welcome', 'Welcome'],
    ['*coughs* Sorry, 2 * 3 * 4', 'Sorry, 2 * 3 * 4'],
  ])('%s', (written, read) => {
    expect(texts(cue(written))).toEqual([read])
  })

  test('are counted, and a cue of nothing else is gone', () => {
    const { cues, warnings } = parseSrt(`${cue('[applause]')}\n${cue('(laughs) Hi')}`)
    expect(cues.map(({ text }) => text)).toEqual(['Hi'])
    expect(warnings).toEqual(['2 sound descriptions were left out of the words.'])
  })
})

describe('speakers', () => {
  const srt = (...lines: string[]) =>
    lines.map((text, index) => `${index + 1}\n00:00:0${index},000 --> 00:00:0${index + 1},000\n${text}\n`).join('\n')
  const speakers = (...lines: string[]) => parseSrt(srt(...lines)).cues.map(({ speaker, text }) => [speaker, text])

  test('names that recur hold until the next one', () => {
    expect(speakers('Hannon: Hello.', 'And more.', 'Lars Rasmussen:\nThanks.', 'Hannon: Bye.')).toEqual([
      ['Hannon', 'Hello.'],
      ['Hannon', 'And more.'],
      ['Lars Rasmussen', 'Thanks.'],
      ['Hannon', 'Bye.'],
    ])
  })

  test('two in one cue share its time', () => {
    const { cues } = parseSrt(srt('ANN: Yes. BOB: no', 'ANN: Yes.\nBOB: No, I do not think so.', 'BOB: Why?'))
    expect(cues.slice(1).map(({ speaker, text }) => [speaker, text])).toEqual([
      ['ANN', 'Yes.'],
      ['BOB', 'No, I do not think so.'],
      ['BOB', 'Why?'],
    ])
    expect(cues[1]?.end).toBe(cues[2]?.start)
    expect(cues[1]?.end).toBeLessThan(1.5)
  })

  test('a colon that does not recur is speech', () => {
    expect(speakers('Remember: be kind.', 'Anna: hi.')).toEqual([
      [null, 'Remember: be kind.'],
      [null, 'Anna: hi.'],
    ])
    expect(speakers('Note: one.', 'Note: two.')[0]).toEqual([null, 'Note: one.'])
  })

  test('marks of a change are not said; who speaks then is not known', () => {
    expect(speakers('ANN: Hello.', '>> Who is that?', '- Me.\n- Not me.', 'ANN: -5 degrees.', '-5 degrees')).toEqual([
      ['ANN', 'Hello.'],
      [null, 'Who is that?'],
      [null, 'Me. Not me.'],
      ['ANN', '-5 degrees.'],
      ['ANN', '-5 degrees'],
    ])
  })

  test('diarization labels', () => {
    expect(speakers('[SPEAKER_00]: Hello.', '[SPEAKER_01]: Hi.', '[SPEAKER_00]: Bye.')).toEqual([
      ['SPEAKER_00', 'Hello.'],
      ['SPEAKER_01', 'Hi.'],
      ['SPEAKER_00', 'Bye.'],
    ])
  })
})

describe('rolling captions', () => {
  test('each line is read once', () => {
    const srt =
      '1\n00:00:00,000 --> 00:00:02,000\nhello everyone\n\n2\n00:00:02,000 --> 00:00:04,000\nhello everyone\nwelcome to\n\n' +
      '3\n00:00:04,000 --> 00:00:06,000\nwelcome to\nthe show\n\n4\n00:00:06,000 --> 00:00:08,000\nthe show\n'
    expect(texts(srt)).toEqual(['hello everyone', 'welcome to', 'the show'])
  })

  test('a line that grows is read as it grows', () => {
    const srt =
      '1\n00:00:00,000 --> 00:00:01,000\nI was\n\n2\n00:00:01,000 --> 00:00:02,000\nI was going\n\n3\n00:00:02,000 --> 00:00:03,000\nI was going home\n'
    expect(texts(srt)).toEqual(['I was', 'going', 'home'])
  })

  test('someone who says it again says it again', () => {
    const srt =
      '1\n00:00:00,000 --> 00:00:01,000\nNo.\n\n2\n00:00:01,000 --> 00:00:02,000\nNo.\n\n3\n00:00:02,000 --> 00:00:03,000\nNo.\n'
    expect(texts(srt)).toEqual(['No.', 'No.', 'No.'])
  })

  test('someone who begins again now and then does not make a file roll', () => {
    const said = ['I think', 'I think we', 'should go', 'home now', 'and', 'and then', 'rest', 'for a', 'long', 'while']
    const srt = said.map((text, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at},999\n${text}\n`).join('\n')
    expect(texts(srt)).toEqual(said)
  })
})
