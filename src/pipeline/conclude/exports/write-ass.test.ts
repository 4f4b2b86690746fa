import { expect, test } from 'vitest'
import { writeAss } from './write-ass.ts'

const size = { width: 1080, height: 1920 }
const eventsOf = (vtt: string) =>
  writeAss({ vtt, title: 'A "title"\nin two lines', size })
    .split('\n')
    .filter((line) => line.startsWith('Dialogue'))

test('cues are events with the speaker as name, and what would be a command is disarmed', () => {
  const vtt =
    'WEBVTT\n\n00:00:00.080 --> 00:00:02.136\n<v Ada, B>Tom &amp; {\\an8}Jerry\nsay 3 &lt; 4\n\n01:00:02.000 --> 01:00:03.999\nשלום 🎧\n'
  expect(eventsOf(vtt)).toEqual([
    'Dialogue: 0,0:00:00.08,0:00:02.14,Default,Ada  B,0,0,0,,Tom & ｛＼an8｝Jerry\\Nsay 3 < 4',
    'Dialogue: 0,1:00:02.00,1:00:04.00,Default,,0,0,0,,שלום 🎧',
  ])
})

test('cues that end before they begin, say nothing or have no time are left out', () => {
  expect(
    eventsOf('WEBVTT\n\n00:00:09.000 --> 00:00:08.000\nnever\n\n00:01.000 --> 00:02.000\n \n\nNOTE --> x\n'),
  ).toEqual([])
  expect(eventsOf('00:01.000 --> 00:02.000\r\nshort hours\r\n')).toEqual([
    'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,short hours',
  ])
})

test('the head has the picture of the clip and one style, its title in one line', () => {
  const ass = writeAss({ vtt: 'WEBVTT\n', title: 'A "title"\nin two lines', size })
  expect(ass).toContain('Title: A "title" in two lines\n')
  expect(ass).toContain('PlayResX: 1080\nPlayResY: 1920\n')
  expect(ass.match(/^Style: /gm)).toHaveLength(1)
  const fields = (line: string) => (ass.split('\n').find((each) => each.startsWith(line)) ?? '').split(',').length
  expect(fields('Style: ')).toBe(fields('Format: Name'))
})
