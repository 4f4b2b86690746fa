import { expect, test } from 'vitest'
import { parsePackets } from './parse-packets.ts'

const listed = `#extradata 0:       43, 0x24630e32
#software: Lavf59.27.100
#tb 0: 1/15360
#media_type 0: video
#tb 1: 1/48000
#media_type 1: audio
0,      -1024,          0,      512,   149102, 0xd59c83c4
1,      -1024,      -1024,     1024,      235, 0x9a5d6a63
0,       -512,       2048,      512,    31404, 0x5d2e2c3c, F=0x0
0,          0,       1024,      512,    11404, 0x5d2e2c3c, F=0x0
0,       2560,       2560,      512,   100000, 0x11111111
1,     273408,     273408,      192,       27, 0x7c3309dc
`

test('counts packets, and knows keyframes and the end of each stream', () => {
  expect(parsePackets(listed, 0)).toEqual({ count: 4, end: 3072 / 15360, keyTimes: [0, 2560 / 15360] })
  expect(parsePackets(listed, 1)).toMatchObject({ count: 2, end: 5.7 })
})

test('a stream that is not there has nothing', () => {
  expect(parsePackets(listed, 2)).toEqual({ count: 0, end: 0, keyTimes: [] })
  expect(parsePackets('', 0)).toEqual({ count: 0, end: 0, keyTimes: [] })
})
