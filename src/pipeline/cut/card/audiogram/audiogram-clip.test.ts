import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeAudio } from '../../../../../test/support/make-media.ts'
import type { AudiogramLook, Framing } from '../../../../domain/clip.ts'
import type { Segment } from '../../../../domain/transcript.ts'
import { createMedia, type Media } from '../../../../media/create-media.ts'
import { findMediaTools } from '../../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../../media/find-npm-tool.ts'
import { renderClip } from '../../render-clip.ts'

const framing: Framing = { aspect: '1:1', scenes: [{ start: 0, end: 60, kind: 'card', crop: null, reason: '' }] }
const segments: Segment[] = ['Nora', 'Felix'].map((speaker, ordinal) => ({
  ordinal,
  start: ordinal,
  end: ordinal + 0.8,
  text: 'Hello',
  speaker,
  words: [{ text: 'Hello', start: ordinal, end: ordinal + 0.8, confidence: null, timing: 'exact' as const }],
}))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-audiogram-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function render(path: string, { media, look }: { media: Media; look: AudiogramLook }) {
  const clip = await renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 0.2, end: 1.6 }] },
    framing,
    segments,
    style: { aspect: '1:1', captions: 'pop', audiogram: look },
    threads: 2,
    workFolder: join(folder, 'work'),
    output: join(folder, 'clip.mp4'),
    title: 'A talk',
  })
  expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  return createHash('sha256')
    .update(await readFile(clip.path))
    .digest('hex')
}

describe.each([
  ['this system', undefined],
  ['npm, 2018', findNpmTool('ffmpeg')],
] as const)('with the ffmpeg of %s', (_name, ffmpeg) => {
  test.skipIf(ffmpeg === null)('looks differ, and each is the same again', async () => {
    const media = createMedia({ tools: await findMediaTools(ffmpeg ? { FFMPEG_PATH: ffmpeg } : {}) })
    const path = await makeAudio({ seconds: 2, sound: 'speech-like', cover: true })
    const bars = await render(path, { media, look: 'bars' })
    expect(await render(path, { media, look: 'bars' })).toBe(bars)
    expect(await render(path, { media, look: 'speakers' })).not.toBe(bars)
  })
})

test('silence, and a cover that is wide and huge beside six channels of sound', async () => {
  const media = createMedia({ tools: await findMediaTools({}) })
  await render(await makeAudio({ seconds: 2, sound: 'silence' }), { media, look: 'waveform' })
  const path = join(folder, 'six.m4a')
  await media.ffmpeg({
    args: [
      ['-f', 'lavfi', '-i', 'sine=f=300:d=2', '-f', 'lavfi', '-i', 'testsrc=s=4000x1000:d=0.04'],
      [
        '-map',
        '0:a',
        '-map',
        '1:v',
        '-frames:v',
        '1',
        '-ac',
        '6',
        '-c:a',
        'aac',
        '-c:v',
        'mjpeg',
        '-pix_fmt',
        'yuvj420p',
      ],
      ['-disposition:v:0', 'attached_pic', '-y', path],
    ].flat(),
  })
  const info = await media.probe(path)
  expect(info).toMatchObject({ video: null, audio: [{ channels: 6 }] })
  expect(info.coverArt).not.toBeNull()
  await render(path, { media, look: 'waveform' })
})
