import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mediaInfoOf } from '../../../../test/support/media-info.ts'
import { otioTimeline } from '../../../../test/support/otio-schema.ts'
import { readEdl } from '../../../../test/support/read-edl.ts'
import { sampleMomentsInput } from '../../../../test/support/sample-moments-document.ts'
import type { MediaInfo, VideoStream } from '../../../domain/media-info.ts'
import { exportFormats } from '../../export-formats.ts'
import type { MomentsDocument } from '../moments-document.ts'
import { writeMomentsDocument } from '../write-moments-document.ts'
import { planEditLists } from './plan-edit-lists.ts'
import { removeReplacedExports, writeExports } from './write-exports.ts'

const run = promisify(execFile)
const dtd = fileURLToPath(new URL('../../../../test/support/fcpxml-1.10-part.dtd', import.meta.url))
const hasXmllint = await run('xmllint', ['--version']).then(
  () => true,
  () => false,
)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-'))
})
afterAll(() => rm(folder, { recursive: true }))

const video = (frameRate: number): VideoStream => ({
  streamIndex: 0,
  codec: 'h264',
  width: 1920,
  height: 1080,
  rotation: 0,
  frameRate,
  variableFrameRate: false,
  interlaced: false,
  hdr: false,
  startTime: 0,
})
const sound = {
  streamIndex: 1,
  codec: 'aac',
  channels: 2,
  sampleRate: 48_000,
  language: null,
  title: null,
  startTime: 0,
}
const film = (frameRate: number) => mediaInfoOf(3725.44, { video: video(frameRate), audio: [sound] })

/** Four clips with titles that want to break every format, and edits of one and of three stretches. */
function sampleDocument(): MomentsDocument {
  const input = sampleMomentsInput(4)
  const titles = [
    'He said "no" & <left>]]> | the\r\n room\u0000\u2028: 100 %',
    '../../etc/passwd',
    'שלום \u202Eevil\u202C עולם 👩‍👩‍👧 🎧',
    'x'.repeat(300),
  ]
  const moments = input.moments.map(({ moment, clip }, i) => ({
    moment: { ...moment, title: titles[i] ?? '' },
    clip: {
      ...clip,
      ranges:
        i === 1
          ? [
              { start: 2210.013, end: 2214.5 },
              { start: 2216.25, end: 2222.789 },
              { start: 2212, end: 2213 },
            ]
          : [{ start: moment.start, end: moment.end }],
    },
  }))
  const recording = { ...input.recording, path: '/home/ana/my "films" & more/[ä] 100 % #1?.mov' }
  return writeMomentsDocument({ ...input, recording, moments })
}

async function exported(info: MediaInfo, startTimecode: string | null = null): Promise<Map<string, string>> {
  const place = await mkdtemp(join(folder, 'x'))
  const document = sampleDocument()
  const names = await writeExports({ folder: place, document, info, startTimecode, formats: ['edl', 'fcpxml', 'otio'] })
  expect(new Set(await readdir(place))).toEqual(new Set(names))
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(place, name), 'utf8')] as const)),
  )
}

const endingIn = (files: Map<string, string>, ending: string) => [...files].filter(([name]) => name.endsWith(ending))

describe.each([
  [23.976, 24, 24_000, 1001],
  [24, 24, 24, 1],
  [25, 25, 25, 1],
  [29.97, 30, 30_000, 1001],
  [30, 30, 30, 1],
  [50, 50, 50, 1],
  [59.94, 60, 60_000, 1001],
  [60, 60, 60, 1],
])('at %f frames a second', (rate, nominal, numerator, denominator) => {
  const perSecond = numerator / denominator
  const drops = denominator === 1001 && nominal !== 24

  test('every EDL is a CMX 3600 list, and plays what the clip plays', async () => {
    const files = await exported(film(rate))
    const lists = endingIn(files, '.edl').map(([name, text]) => ({ name, ...readEdl(text, nominal) }))
    expect(lists).toHaveLength(5)
    for (const { dropFrame, events } of lists) {
      expect(dropFrame).toBe(drops)
      for (const { channels, comments } of events) {
        expect(channels).toBe('AA/V')
        expect(comments[0]).toBe('* FROM CLIP NAME: [ä] 100 % #1?.mov')
      }
    }
    const edited = lists.find(({ name }) => name.startsWith('02-'))
    expect(edited?.events.map(({ sourceIn, sourceOut }) => [sourceIn, sourceOut - sourceIn])).toEqual([
      [Math.round(2210.013 * perSecond), Math.round(4.487 * perSecond)],
      [Math.round(2216.25 * perSecond), Math.round(6.539 * perSecond)],
      [Math.round(2212 * perSecond), Math.round(perSecond)],
    ])
    const [one, two, three] = edited?.events ?? []
    expect(one?.recordIn).toBe(60 * 60 * nominal - (drops ? 54 * (nominal / 15) : 0))
    expect([two?.recordIn, three?.recordIn]).toEqual([one?.recordOut, two?.recordOut])
  })

  test('the moments lie on the recording’s own timeline, an event and a marker each', async () => {
    const text = (await exported(film(rate))).get('moments.edl') ?? ''
    const { events } = readEdl(text, nominal)
    const starts = sampleDocument().moments.map(({ start }) => Math.round(start * perSecond))
    expect(events.map(({ sourceIn }) => sourceIn)).toEqual(starts.toSorted((a, b) => a - b))
    const zero = (events[0]?.recordIn ?? 0) - (events[0]?.sourceIn ?? 0)
    for (const { sourceIn, recordIn, comments } of events) {
      expect(recordIn - sourceIn).toBe(zero)
      expect(comments.filter((line) => line.startsWith('* LOC: '))).toHaveLength(1)
      expect(comments.filter((line) => /^ \|C:ResolveColorGreen \|M:[^|]+ \|D:\d+$/.test(line))).toHaveLength(1)
    }
  })

  test('every FCPXML counts in whole frames, without holes', async () => {
    for (const [name, xml] of endingIn(await exported(film(rate)), '.fcpxml')) {
      const frame = /frameDuration="(\d+)(?:\/(\d+))?s"/.exec(xml)
      expect(Number(frame?.[1]) / Number(frame?.[2] ?? 1)).toBe(denominator / numerator)
      const times = [...xml.matchAll(/(?:offset|start|duration|tcStart)="([^"]*)"/g)].map(([, time = '']) => time)
      expect(times.length, name).toBeGreaterThan(6)
      for (const time of times) {
        const [, top = '', bottom = '1'] = /^(\d+)(?:\/(\d+))?s$/.exec(time) ?? []
        const frames = (BigInt(top || '-1') * BigInt(numerator)) % (BigInt(bottom) * BigInt(denominator))
        expect(frames, `${time} in ${name}`).toBe(0n)
      }
      let reached = 0
      for (const [, offset = '', duration = ''] of xml.matchAll(
        /<asset-clip [^>]*offset="([^"]*)"[^>]*duration="([^"]*)"/g,
      )) {
        expect(seconds(offset)).toBeCloseTo(reached, 9)
        reached += seconds(duration)
      }
    }
  })

  test('every OTIO file has the fields of its schemas, and both tracks the same', async () => {
    for (const [, text] of endingIn(await exported(film(rate)), '.otio')) {
      const { tracks } = otioTimeline.parse(JSON.parse(text))
      expect(tracks.children.map(({ kind }) => kind)).toEqual(['Video', 'Audio'])
      const [picture, audio] = tracks.children.map(({ children }) => children.map((child) => child.source_range))
      expect(picture).toEqual(audio)
      for (const range of picture ?? []) {
        expect(range.start_time.rate).toBe(perSecond)
        expect(Number.isInteger(range.start_time.value) && Number.isInteger(range.duration.value)).toBe(true)
      }
    }
  })
})

describe.skipIf(!hasXmllint)('by a parser that is not ours', () => {
  test.each([
    ['a film', film(29.97), '10:00:00;00'],
    ['sound alone', mediaInfoOf(3725.44), null],
    ['a picture without sound', mediaInfoOf(3725.44, { video: video(25), audio: [] }), null],
    [
      'an upright HDR picture of an odd size',
      mediaInfoOf(3725.44, { video: { ...video(59.94), width: 1080, height: 1920, hdr: true } }),
      null,
    ],
  ] as const)('FCPXML of %s is well-formed and valid', async (_name, info, startTimecode) => {
    const place = await mkdtemp(join(folder, 'x'))
    const names = await writeExports({
      folder: place,
      document: sampleDocument(),
      info,
      startTimecode,
      formats: ['fcpxml'],
    })
    for (const name of names) await run('xmllint', ['--noout', '--nonet', '--dtdvalid', dtd, join(place, name)])
    expect(names).toHaveLength(5)
  })
})

test('a recording that has a timecode is counted by it, in its kind', async () => {
  const files = await exported(film(29.97), '10:00:00:00')
  const { dropFrame, events } = readEdl(files.get('moments.edl') ?? '', 30)
  expect(dropFrame).toBe(false)
  expect(events[0]?.sourceIn).toBe(36_000 * 30 + Math.round((402.7 * 30_000) / 1001))
  // 10 hours of numbers at 29.97: 1,080,000 frames of 1001/30000 s.
  expect(files.get('moments.fcpxml')).toContain('start="36036s"')
  const { tracks } = otioTimeline.parse(JSON.parse(files.get('moments.otio') ?? ''))
  expect(tracks.children[0]?.children[0]?.source_range?.start_time.value).toBe(1_080_000)
  expect(readEdl((await exported(film(25), 'nonsense')).get('moments.edl') ?? '', 25).events[0]?.sourceIn).toBe(
    Math.round(402.7 * 25),
  )
})

test('sound alone has no picture anywhere', async () => {
  const files = await exported(mediaInfoOf(3725.44))
  for (const [, text] of endingIn(files, '.edl')) {
    for (const { channels } of readEdl(text, 30).events) expect(channels).toBe('A')
  }
  expect(files.get('moments.fcpxml')).not.toMatch(/hasVideo|videoSources/)
  const { tracks } = otioTimeline.parse(JSON.parse(files.get('moments.otio') ?? ''))
  expect(tracks.children.map(({ kind }) => kind)).toEqual(['Audio'])
})

test('titles keep their letters, files their names, and the path is a link that leads there', async () => {
  const files = await exported(film(25))
  const names = [...files.keys()]
  for (const name of names) expect(name).not.toMatch(/[/\\"<>|\s]|\.\./)
  const hebrew = names.find((name) => name.startsWith('03-') && name.endsWith('.fcpxml')) ?? ''
  expect(files.get(hebrew)).toContain('שלום evil עולם 👩‍👩‍👧 🎧')
  const first = files.get(names.find((name) => name.startsWith('01-') && name.endsWith('.fcpxml')) ?? '') ?? ''
  expect(first).toContain('name="He said &quot;no&quot; &amp; &lt;left&gt;]]&gt; | the room : 100 %"')
  const src = /src="([^"]*)"/.exec(first)?.[1] ?? ''
  expect(fileURLToPath(src.replaceAll('&amp;', '&'))).toBe('/home/ana/my "films" & more/[ä] 100 % #1?.mov')
})

test('no stretch goes on after the end of the recording', () => {
  const document = sampleDocument()
  const lists = planEditLists({
    document,
    info: mediaInfoOf(430, { video: video(25), audio: [sound] }),
    startTimecode: null,
  })
  for (const { list } of lists) {
    for (const { sourceFrame, frames } of list.events) {
      expect(frames).toBeGreaterThan(0)
      expect(sourceFrame + frames).toBeLessThanOrEqual(430 * 25)
    }
  }
})

test('a clip without captions beside it has no ASS', async () => {
  const place = await mkdtemp(join(folder, 'x'))
  const stem = '01-he-said-no-left-the-room-100'
  await writeFile(join(place, `${stem}.vtt`), 'WEBVTT\n\n00:00:00.080 --> 00:00:02.136\nhello\n')
  const document = sampleDocument()
  const names = await writeExports({ folder: place, document, info: film(25), startTimecode: null, formats: ['ass'] })
  expect(names).toEqual([`${stem}.ass`])
  expect(await readFile(join(place, `${stem}.ass`), 'utf8')).toContain('PlayResY: ')
})

test('exports of an earlier run go when they are not written again, and nothing else goes', async () => {
  const place = await mkdtemp(join(folder, 'x'))
  const document = sampleDocument()
  const exports = await writeExports({
    folder: place,
    document,
    info: film(25),
    startTimecode: null,
    formats: exportFormats,
  })
  await writeFile(join(place, 'mine.edl'), 'mine')
  const earlier = { ...document, exports: [...exports, 'mine.edl', '../outside.edl'] }
  await removeReplacedExports(place, { earlier, now: exports.filter((name) => name.endsWith('.otio')) })
  const left = await readdir(place)
  expect(left.filter((name) => !name.endsWith('.otio'))).toEqual(['mine.edl'])
})

function seconds(time: string): number {
  const [, top = '0', bottom = '1'] = /^(\d+)(?:\/(\d+))?s$/.exec(time) ?? []
  return Number(top) / Number(bottom)
}
