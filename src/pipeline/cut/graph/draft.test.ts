import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeVideo } from '../../../../test/support/make-media.ts'
import { frameSizes } from '../../../domain/clip.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { renderClip } from '../render-clip.ts'
import { draftSize } from './draft.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-draft-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const said = ['Ask', 'not', 'what', 'your', 'country']
const segments = [
  {
    ordinal: 0,
    start: 0,
    end: 2.5,
    text: said.join(' '),
    speaker: null,
    words: said.map((text, i) => ({
      ...{ text, start: i * 0.5, end: i * 0.5 + 0.4, confidence: null },
      timing: 'exact' as const,
    })),
  },
]

async function render(media: Media, draft: boolean) {
  const path = await makeVideo({ seconds: 3 })
  return renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 0.4, end: 1.4 }] },
    framing: { aspect: '9:16', scenes: [{ start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }] },
    segments,
    style: { aspect: '9:16', captions: 'box' },
    draft,
    threads: 2,
    workFolder: join(folder, 'work'),
    output: join(folder, `${draft}.mp4`),
    title: 'A talk',
  })
}

/** Every fifth frame in gray, small enough that only what is seen counts. */
async function looksOf(media: Media, path: string): Promise<Buffer> {
  const filters = "select='not(mod(n,5))',scale=180:320:flags=area,format=gray"
  return media.ffmpegBytes({
    args: [...mediaInput(path), '-an', '-vf', filters, '-vsync', '0', '-f', 'rawvideo', 'pipe:1'],
    mostBytes: 1e7,
  })
}

test('a draft looks like the final clip: framing, captions, length and sound', async () => {
  const media = createMedia({ tools: await findMediaTools({}) })
  const [final, draft] = [await render(media, false), await render(media, true)]
  expect(draft).toMatchObject({ width: 720, height: 1280, duration: final.duration, loudness: final.loudness })
  expect(draft.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(draft.quality.checks.find(({ name }) => name === 'captions')?.status).toBe('passed')
  expect(draft.sizeBytes).toBeLessThan(final.sizeBytes)
  const [wanted, got] = [await looksOf(media, final.path), await looksOf(media, draft.path)]
  expect(got.length).toBe(wanted.length)
  const differences = Array.from(wanted, (level, i) => Math.abs(level - (got[i] ?? 0)))
  // Two encoders differ by a level or two; letters a pixel aside would differ by a hundred.
  expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(2)
  expect(differences.filter((each) => each > 40).length / differences.length).toBeLessThan(0.0005)
})

test('its short side is 720 pixels, and nothing is made larger', () => {
  expect(Object.values(frameSizes).map(draftSize)).toEqual([
    { width: 720, height: 1280 },
    { width: 720, height: 720 },
    { width: 720, height: 900 },
    { width: 1280, height: 720 },
  ])
  expect(draftSize({ width: 640, height: 360 })).toEqual({ width: 640, height: 360 })
})
