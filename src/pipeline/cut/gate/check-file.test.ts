import { expect, test } from 'vitest'
import { mediaInfoOf } from '../../../../test/support/media-info.ts'
import { checkFile } from './check-file.ts'
import type { ClipInspection } from './inspect-clip.ts'
import { failuresOf } from './quality-report.ts'

const expected = { width: 1080, height: 1920, duration: 10, loudness: -14 }
const video = {
  streamIndex: 0,
  codec: 'h264',
  width: 1080,
  height: 1920,
  rotation: 0,
  frameRate: 30,
  variableFrameRate: false,
  interlaced: false,
  hdr: false,
  startTime: 0,
}
const audio = {
  streamIndex: 1,
  codec: 'aac',
  channels: 2,
  sampleRate: 48000,
  language: null,
  title: null,
  startTime: 0,
}
const good: ClipInspection = {
  info: mediaInfoOf(10, { video, audio: [audio] }),
  picture: { count: 300, end: 10, keyTimes: [0, 2, 4, 6, 8] },
  sound: { count: 470, end: 10.02, keyTimes: [] },
  keyframes: [],
  loudness: { integrated: -14.2, truePeak: -1.6 },
}

const failing = (inspection: Partial<ClipInspection>, wanted = expected) =>
  failuresOf(checkFile({ ...good, ...inspection }, wanted)).map(({ name }) => name)

test('a good file passes everything', () => {
  expect(failing({})).toEqual([])
  expect(checkFile(good, expected).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'passed'))
})

test.each([
  ['no picture', { info: mediaInfoOf(10, { audio: [audio] }) }, ['streams', 'size']],
  ['no sound', { info: mediaInfoOf(10, { video, audio: [] }) }, ['streams']],
  [
    'another size',
    { info: mediaInfoOf(10, { video: { ...video, width: 1920, height: 1080 }, audio: [audio] }) },
    ['size'],
  ],
  ['a picture that ends early', { picture: { ...good.picture, end: 9.8 } }, ['duration']],
  ['sound that goes on', { sound: { ...good.sound, end: 10.3 } }, ['duration']],
  ['late sound', { info: mediaInfoOf(10, { video, audio: [{ ...audio, startTime: 0.06 }] }) }, ['synchrony']],
  ['too soft', { loudness: { integrated: -15, truePeak: -3 } }, ['loudness']],
  ['too loud', { loudness: { integrated: -13.4, truePeak: -1.2 } }, ['loudness']],
  ['silent', { loudness: { integrated: null, truePeak: null } }, ['loudness']],
  ['peaks', { loudness: { integrated: -14, truePeak: -0.6 } }, ['true-peak']],
] as const)('%s is found', (_, inspection, names) => {
  expect(failing(inspection)).toEqual(names)
})

test('where there is nothing to hear loudness is not judged', () => {
  const checks = checkFile({ ...good, loudness: { integrated: null, truePeak: null } }, { ...expected, loudness: null })
  expect(checks.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toEqual(['loudness', 'true-peak'])
  expect(failuresOf(checks)).toEqual([])
})

test('what could not be made as loud as wanted is judged by what was promised', () => {
  expect(failing({ loudness: { integrated: -21, truePeak: -2 } }, { ...expected, loudness: -21.1 })).toEqual([])
})
