import { expect, it } from 'vitest'
import { parsePageProgress } from './parse-progress.ts'

it.each([
  [
    '[clipwright] downloading 1024 4096 NA 512.5',
    { status: 'downloading', receivedBytes: 1024, totalBytes: 4096, bytesPerSecond: 512.5 },
  ],
  [
    '\r[clipwright] downloading 1024 NA 4100.7 NA',
    { status: 'downloading', receivedBytes: 1024, totalBytes: 4100.7, bytesPerSecond: null },
  ],
  [
    '[clipwright] finished 4096 4096 NA NA',
    { status: 'finished', receivedBytes: 4096, totalBytes: 4096, bytesPerSecond: null },
  ],
  ['[clipwright] downloading NA NA NA NA', null],
  ['[download]  12.0% of 3.2MiB', null],
  ['', null],
])('%j', (line, progress) => {
  expect(parsePageProgress(line)).toEqual(progress)
})
