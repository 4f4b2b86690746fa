import { describe, expect, test } from 'vitest'
import type { ClipWord } from './clip-word.ts'
import { formatCueTime } from './format-cue-time.ts'
import { groupCues } from './group-cues.ts'
import { writeSrt } from './write-srt.ts'
import { writeVtt } from './write-vtt.ts'

function say(
  text: string,
  { start = 0, speaker = null }: { start?: number; speaker?: string | null } = {},
): ClipWord[] {
  return text
    .split(' ')
    .map((word, i) => ({ text: word, start: start + i * 0.3, end: start + i * 0.3 + 0.25, speaker }))
}

const long = say(
  'It was the best of times, it was the worst of times. It was the age of wisdom, it was the age of foolishness, it was the ' +
    'epoch of belief, it was the epoch of incredulity. We had everything before us! We had nothing before us.',
)

describe('cues', () => {
  test('hold every word in two lines of 42 at most, a second to seven seconds, without overlaps', () => {
    const cues = groupCues(long)
    expect(cues.flatMap(({ lines }) => lines).join(' ')).toBe(long.map(({ text }) => text).join(' '))
    for (const [i, { start, end, lines }] of cues.entries()) {
      expect(lines.length).toBeLessThanOrEqual(2)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(42)
      expect(end - start).toBeGreaterThanOrEqual(1)
      expect(end - start).toBeLessThanOrEqual(7)
      expect(start).toBeGreaterThanOrEqual(cues[i - 1]?.end ?? 0)
    }
  })

  test('change with the speaker', () => {
    const cues = groupCues([
      ...say('are you there', { speaker: 'Ann' }),
      ...say('yes I am', { start: 0.9, speaker: 'Bob' }),
    ])
    expect(cues.map(({ speaker, lines }) => [speaker, ...lines])).toEqual([
      ['Ann', 'are you there'],
      ['Bob', 'yes I am'],
    ])
  })

  test('leave the screen in a long silence', () => {
    const [first] = groupCues([...say('that is all I know'), ...say('later', { start: 20 })])
    expect(first?.end).toBeLessThan(2.5)
  })

  test('break Chinese by columns', () => {
    const text = '今天我们来聊一聊人工智能以及它会怎样改变我们每一天的生活还有工作'
    const [cue] = groupCues([{ text, start: 0, end: 5, speaker: null }])
    expect(cue?.lines.length).toBe(2)
    expect(cue?.lines.join('')).toBe(text)
  })
})

test('times have hours, and are rounded as a whole', () => {
  expect(formatCueTime(10_801.2345, ',')).toBe('03:00:01,235')
  expect(formatCueTime(59.9996, '.')).toBe('00:01:00.000')
  expect(formatCueTime(-1, '.')).toBe('00:00:00.000')
})

test('SRT is numbered plain text that reads back', () => {
  const srt = writeSrt([...say('Ben & Jerry <3 you --> now'), ...say('and later', { start: 8, speaker: 'Ann' })])
  const cues = srt
    .trimEnd()
    .split('\n\n')
    .map((block) => block.split('\n'))
  expect(cues.map(([number]) => number)).toEqual(['1', '2'])
  expect(cues[0]?.[1]).toMatch(/^00:00:00,000 --> 00:00:0\d,\d{3}$/)
  expect(cues[0]?.slice(2)).toEqual(['Ben & Jerry <3 you → now'])
  expect(cues[1]?.slice(2)).toEqual(['and later'])
  expect(writeSrt([])).toBe('')
})

test('VTT has voices and escapes, and reads back', () => {
  const vtt = writeVtt([...say('a < b & c --> d', { speaker: 'Ann > <Bob>\n' }), ...say('no\n\nname', { start: 8 })])
  expect(vtt).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:02.350\n<v Ann &gt; &lt;Bob&gt;>a &lt; b &amp; c --&gt; d\n\n00:00:08.000 --> 00:00:09.000\nno name\n',
  )
  expect(writeVtt([])).toBe('WEBVTT\n')
})
