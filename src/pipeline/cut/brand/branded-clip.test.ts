import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeAudio, makeVideo } from '../../../../test/support/make-media.ts'
import type { Brand } from '../../../domain/brand.ts'
import type { Framing } from '../../../domain/clip.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { renderClip } from '../render-clip.ts'
import { readBrandFile } from './files/read-brand-file.ts'

const logo = join(import.meta.dirname, '../../../../examples/night-bakery-brand/logo.png')
const framing: Framing = {
  aspect: '1:1',
  scenes: [{ start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }],
}
const segments: Segment[] = [
  {
    ordinal: 0,
    start: 0.5,
    end: 2,
    text: 'Ask what you can do',
    speaker: 'Nora',
    words: ['Ask', 'what', 'you', 'can', 'do'].map((text, i) => ({
      text,
      start: 0.5 + 0.3 * i,
      end: 0.75 + 0.3 * i,
      confidence: null,
      timing: 'exact',
    })),
  },
]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-branded-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function brandOf(media: Media, fields: object): Promise<Brand> {
  const path = join(folder, 'brand.json')
  await writeFile(path, JSON.stringify({ schema: 'clipwright.brand/1', ...fields }))
  return readBrandFile({ path, media })
}

async function render(media: Media, brand: Brand, name = 'clip') {
  const path = await makeVideo({ seconds: 3, rate: 25 })
  return renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 0.5, end: 2.1 }] },
    framing,
    segments,
    style: { aspect: '1:1', captions: 'pop', brand },
    threads: 2,
    workFolder: join(folder, `work-${name}`),
    output: join(folder, `${name}.mp4`),
    title: 'A talk',
    hook: 'What you can do',
  })
}

const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

describe.each([
  ['this system', undefined],
  ['npm, 2018', findNpmTool('ffmpeg')],
] as const)('with the ffmpeg of %s', (_name, ffmpeg) => {
  const it = test.skipIf(ffmpeg === null)
  const mediaOf = async () => createMedia({ tools: await findMediaTools(ffmpeg ? { FFMPEG_PATH: ffmpeg } : {}) })

  it('all of a brand at once: lengths, captions and loudness are exact, and the same again', async () => {
    const media = await mediaOf()
    await copyFile(
      await makeVideo({ seconds: 2, width: 160, height: 320, rate: 30, audio: 'tone' }),
      join(folder, 'i.mp4'),
    )
    await copyFile(await makeAudio({ seconds: 2 }), join(folder, 'o.mp3'))
    await copyFile(logo, join(folder, 'logo.png'))
    const brand = await brandOf(media, {
      colours: { accent: '#FFC95C', background: '#2B2154' },
      logo: { file: 'logo.png', place: 'bottom', opacity: 0.6 },
      intro: { file: 'i.mp4', seconds: 0.6 },
      outro: { file: 'o.mp3', seconds: 0.8 },
      lowerThird: true,
      progressBar: true,
      hookTitle: { seconds: 1 },
    })
    const clip = await render(media, brand)
    expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(clip.quality.checks.find(({ name }) => name === 'captions')?.status).toBe('passed')
    expect(clip.duration).toBeCloseTo(0.6 + 1.6 + 0.8, 6)
    const info = await media.probe(clip.path)
    expect(info.duration).toBeCloseTo(3, 1)
    expect(info.video).toMatchObject({ width: 1080, height: 1080, frameRate: 25 })
    // The first word is said at the clip's own beginning, which is 0.6 s into the file.
    expect(await readFile(clip.srtPath, 'utf8')).toMatch(/^1\n00:00:00,600 -->/)
    expect(await readFile(clip.vttPath, 'utf8')).toMatch(/\n00:00:00\.600 -->/)
    expect(Math.abs((clip.loudness.integrated ?? 0) + 14)).toBeLessThan(0.6)
    const again = await render(media, brand, 'again')
    expect(await hashOf(again.path)).toBe(await hashOf(clip.path))
    expect(await hashOf(again.srtPath)).toBe(await hashOf(clip.srtPath))
  })

  it('a still and a silent film around it, whatever their shapes', async () => {
    const media = await mediaOf()
    await copyFile(logo, join(folder, 'logo.png'))
    await copyFile(await makeVideo({ seconds: 1, width: 64, height: 200, audio: 'none' }), join(folder, 's.mp4'))
    const brand = await brandOf(media, {
      intro: { file: 'logo.png', seconds: 0.52, fit: 'blur' },
      outro: { file: 's.mp4', fit: 'colour' },
    })
    const clip = await render(media, brand)
    expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(clip.duration).toBeCloseTo(0.52 + 1.6 + 1, 2)
    // The rim of the logo is as wide as the picture, and lies over its own blurred copy.
    const row = (await pictureAt(media, clip.path, 0.2)).subarray(45 * 90, 46 * 90)
    expect(Math.max(...row.subarray(0, 6), ...row.subarray(84))).toBeGreaterThan(170)
    expect(row[40]).toBeLessThan(90)
  })

  // libass says nothing when it does not find a font: then all of these would look alike.
  it('captions in the font of the brand, thick or thin', async () => {
    const media = await mediaOf()
    const inkOf = async (fonts?: object) => {
      const name = `clip-${JSON.stringify(fonts ?? 'own').length}`
      const clip = await render(media, await brandOf(media, { ...(fonts && { fonts }) }), name)
      return pictureAt(media, clip.path, 1)
    }
    await copyFile(notoSans('900Black'), join(folder, 'black.ttf'))
    await copyFile(notoSans('100Thin'), join(folder, 'thin.ttf'))
    const [usual, black, thin] = [
      await inkOf(),
      await inkOf({ captions: 'black.ttf' }),
      await inkOf({ captions: 'thin.ttf' }),
    ]
    for (const [one, other] of [
      [usual, black],
      [usual, thin],
      [black, thin],
    ] as const)
      expect(differenceOf(one, other)).toBeGreaterThan(40)
  })
})

const notoSans = (weight: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`))

/** Pixels that are brighter or darker by more than a coding could make them. */
const differenceOf = (one: Buffer, other: Buffer) =>
  one.filter((value, at) => Math.abs(value - (other[at] ?? 0)) > 24).length

/** Brightness of the pixels of one picture, 90 × 90. */
async function pictureAt(media: Media, path: string, time: number): Promise<Buffer> {
  return media.ffmpegBytes({
    args: [
      ['-ss', String(time), '-i', path, '-frames:v', '1', '-vf', 'scale=90:90:flags=area,format=gray'],
      ['-f', 'rawvideo', 'pipe:1'],
    ].flat(),
    mostBytes: 90 * 90,
  })
}

test('an intro as loud as the clip: the sound does not jump', async () => {
  const media = createMedia({ tools: await findMediaTools({}) })
  // The usual tone, 15 dB softer than the recording's.
  const soft = ['-i', await makeAudio({ seconds: 3 }), '-af', 'volume=-15dB', '-y', join(folder, 'soft.mp3')]
  await media.ffmpeg({ args: soft })
  const clip = await render(media, await brandOf(media, { intro: { file: 'soft.mp3', seconds: 1.6 } }))
  const loudnessOf = async (from: number) => {
    let found = Number.NaN
    await media.ffmpegLines({
      args: [
        '-ss',
        String(from),
        '-t',
        '1.5',
        '-i',
        clip.path,
        '-vn',
        '-af',
        'ebur128=framelog=verbose',
        '-f',
        'null',
        '-',
      ],
      onLine: (line) => {
        found = Number(/I: +(-?[\d.]+) LUFS/.exec(line)?.[1] ?? found)
      },
    })
    return found
  }
  expect(Math.abs((await loudnessOf(0.05)) - (await loudnessOf(1.65)))).toBeLessThan(1)
})

test('a logo that changed since the brand was read is told, not drawn', async () => {
  const media = createMedia({ tools: await findMediaTools({}) })
  await copyFile(logo, join(folder, 'logo.png'))
  const brand = await brandOf(media, { logo: { file: 'logo.png' } })
  await writeFile(join(folder, 'logo.png'), 'something else')
  await expect(render(media, brand)).rejects.toMatchObject({ code: 'BRAND_MEDIA_CHANGED' })
  await rm(join(folder, 'logo.png'))
  await expect(render(media, brand)).rejects.toMatchObject({ code: 'BRAND_MEDIA_CHANGED' })
})
