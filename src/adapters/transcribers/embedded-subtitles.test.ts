import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import type { TranscribableRecording } from '../../pipeline/transcribe/transcriber.ts'
import { embeddedSubtitles } from './embedded-subtitles.ts'

const { signal } = new AbortController()
const english =
  '1\n00:00:01,000 --> 00:00:03,000\n<i>Hello</i> there.\n\n2\n00:00:03,000 --> 00:00:05,000\nHow are you?\n'
const german = '1\n00:00:01,000 --> 00:00:03,000\nGuten Tag.\n\n2\n00:00:03,000 --> 00:00:05,000\nWie geht es?\n'
const voices =
  'WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Hello there.\n\n00:03.000 --> 00:05.000\n<v Bob>How are you?\n'

/** AAC in Matroska begins 64 ms late, and everything else with it. */
const audioCodecs: Record<string, string> = { '.mkv': 'pcm_s16le', '.webm': 'libopus', '.mp4': 'aac' }

let folder: string
let media: Media

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-embedded-test-'))
  media = createMedia({ tools: await findMediaTools({}) })
  await writeFile(join(folder, 'en.srt'), english)
  await writeFile(join(folder, 'de.srt'), german)
  await writeFile(join(folder, 'voices.vtt'), voices)
  await writeFile(join(folder, 'music.srt'), '1\n00:00:01,000 --> 00:00:05,000\n[music]\n')
  await Promise.all([
    make('plain.mkv', []),
    make('srt.mkv', ['en.srt'], ['-c:s', 'srt']),
    make('changed.mkv', ['de.srt'], ['-c:s', 'srt']),
    make('mov.mp4', ['en.srt'], ['-c:s', 'mov_text']),
    make('voices.webm', ['voices.vtt'], ['-c:s', 'copy']),
    make('music.mkv', ['music.srt'], ['-c:s', 'ass']),
    make(
      '-two \'languages\' "100%d" 😀.mkv',
      ['en.srt', 'de.srt'],
      [
        '-c:s',
        'srt',
        '-metadata:s:a',
        'language=ger',
        '-metadata:s:s:0',
        'language=eng',
        '-metadata:s:s:1',
        'language=ger',
      ],
    ),
  ])
})
afterAll(() => rm(folder, { recursive: true }))

/** Six seconds of near silence with these files as subtitle tracks. */
async function make(name: string, subtitles: string[], options: string[] = []): Promise<void> {
  await media.ffmpeg({
    args: [
      '-f',
      'lavfi',
      '-i',
      'anoisesrc=d=6:a=0.01:r=16000:seed=1',
      ...subtitles.flatMap((file) => ['-i', `file:${join(folder, file)}`]),
      '-map',
      '0:a',
      ...subtitles.flatMap((_, index) => ['-map', `${index + 1}:s`]),
      '-c:a',
      audioCodecs[extname(name)] ?? 'aac',
      ...options,
      `file:${join(folder, name)}`,
    ],
  })
}

async function recordingOf(name: string): Promise<TranscribableRecording> {
  const path = join(folder, name)
  return { path, hash: `hash of ${name}`, info: await media.probe(path), givenTranscript: null }
}

const read = async (name: string) => {
  const source = await embeddedSubtitles({ media }).find(await recordingOf(name), { signal })
  return source?.read({ signal })
}

describeTranscriber('embedded subtitles', async () => ({
  transcriber: embeddedSubtitles({ media }),
  spoken: await recordingOf('srt.mkv'),
  empty: await recordingOf('plain.mkv'),
  silent: await recordingOf('music.mkv'),
  change: async () => ({ transcriber: embeddedSubtitles({ media }), spoken: await recordingOf('changed.mkv') }),
}))

describe('embedded subtitles', () => {
  test.each([
    ['srt.mkv', 'srt'],
    ['mov.mp4', 'srt'],
  ])('%s', async (name, format) => {
    const document = await read(name)
    expect(document?.origin).toMatchObject({
      kind: 'embedded',
      format,
      name: expect.stringContaining('subtitle track 1'),
    })
    expect(document?.cues.map(({ start, text }) => [start, text])).toEqual([
      [1, 'Hello there.'],
      [3, 'How are you?'],
    ])
  })

  test('WebVTT keeps its voices', async () => {
    const document = await read('voices.webm')
    expect(document?.origin.format).toBe('vtt')
    expect(document?.cues.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Ann', 'Hello there.'],
      ['Bob', 'How are you?'],
    ])
  })

  test('of two languages the spoken one, in a file of any name', async () => {
    const document = await read('-two \'languages\' "100%d" 😀.mkv')
    expect(document).toMatchObject({ language: 'de', cues: [{ text: 'Guten Tag.' }, { text: 'Wie geht es?' }] })
  })

  test('pictures of text are none, and the way out says so', async () => {
    const track = { streamIndex: 1, codec: 'dvd_subtitle', isText: false, language: 'eng', title: null }
    const info = mediaInfoOf(10, { subtitles: [track] })
    const recording = { path: '/film.mkv', hash: 'abc', info, givenTranscript: null }
    expect(await embeddedSubtitles({ media }).find(recording, { signal })).toBeNull()
    expect(embeddedSubtitles({ media }).wayOut(recording)).toContain('pictures of text')
  })

  test('leaves no temporary folder behind, also when ffmpeg fails', async () => {
    const left = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('clipwright-subtitles-'))
    const before = await left()
    const recording = await recordingOf('srt.mkv')
    const gone = { ...recording, path: join(folder, 'gone.mkv') }
    const source = await embeddedSubtitles({ media }).find(gone, { signal })
    await expect(source?.read({ signal })).rejects.toMatchObject({ code: 'FFMPEG_FAILED' })
    await read('srt.mkv')
    expect(await left()).toEqual(before)
  })
})
