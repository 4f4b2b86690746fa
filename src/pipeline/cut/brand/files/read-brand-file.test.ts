import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAudio, makeVideo } from '../../../../../test/support/make-media.ts'
import { contentOfBrand } from '../../../../domain/brand.ts'
import { createMedia, type Media } from '../../../../media/create-media.ts'
import { findMediaTools } from '../../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../../media/find-npm-tool.ts'
import { brandSettings } from '../../../brand-settings.ts'
import { readBrandFile } from './read-brand-file.ts'

const example = join(import.meta.dirname, '../../../../../examples/night-bakery-brand')
const font = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/montserrat/600SemiBold/Montserrat_600SemiBold.ttf',
)

let media: Media
let folder = ''
beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-brand-'))
  await copyFile(join(example, 'logo.png'), join(folder, 'logo.png'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(fields: object | string, its = media) {
  const path = join(folder, 'brand.json')
  const text =
    typeof fields === 'string' ? fields : JSON.stringify({ schema: 'clipwright.brand/1', ...fields }, null, 2)
  await writeFile(path, text)
  return readBrandFile({ path, media: its })
}

test('reads the example, with what it leaves out', async () => {
  const brand = await readBrandFile({ path: join(example, 'brand.json'), media })
  expect(brand).toMatchObject({
    fonts: {},
    logo: { place: 'top-right', opacity: 1, margin: 0.02 },
    intro: { kind: 'still', seconds: 1, fit: 'colour' },
    progressBar: { place: 'bottom', height: 0.006 },
    hookTitle: { seconds: 3 },
    lowerThird: { seconds: 3.5 },
  })
  expect(brand.logo?.file.sha256).toMatch(/^[0-9a-f]{64}$/)
  // A run keeps it as JSON.
  expect(brandSettings.parse(JSON.parse(JSON.stringify(brand)))).toEqual(brand)
})

test('a brand without anything is one', async () => {
  expect(await read({})).toEqual({ fonts: {}, colours: {} })
  expect(await read({ hookTitle: false, progressBar: false })).toEqual({ fonts: {}, colours: {} })
})

test('names of files are relative to it, and only their content counts', async () => {
  const here = await read({ logo: { file: './logo.png' } })
  await copyFile(join(folder, 'logo.png'), join(folder, 'other.png'))
  const there = await read({ logo: { file: join(folder, 'other.png') } })
  expect(here.logo?.file.path).toBe(join(folder, 'logo.png'))
  expect(contentOfBrand(there)).toEqual(contentOfBrand(here))
  await writeFile(join(folder, 'other.png'), await readFile(await changedLogo()))
  expect(contentOfBrand(await read({ logo: { file: 'other.png' } }))).not.toEqual(contentOfBrand(here))
})

async function changedLogo(): Promise<string> {
  const path = join(folder, 'changed.png')
  await media.ffmpeg({ args: ['-i', join(folder, 'logo.png'), '-vf', 'hue=h=90', '-y', path] })
  return path
}

test('tells what an intro is, and how long it plays', async () => {
  await copyFile(await makeVideo({ seconds: 3 }), join(folder, 'intro.mp4'))
  await copyFile(await makeAudio({ seconds: 2 }), join(folder, 'jingle.mp3'))
  const brand = await read({ intro: { file: 'intro.mp4', seconds: 1.5, fit: 'crop' }, outro: { file: 'jingle.mp3' } })
  expect(brand.intro).toMatchObject({ kind: 'video', seconds: 1.5, fit: 'crop' })
  expect(brand.outro).toMatchObject({ kind: 'sound', fit: 'blur' })
  expect(brand.outro?.seconds).toBeCloseTo(2, 0)
})

describe.each([
  ['this system', undefined],
  ['npm, 2018', findNpmTool('ffmpeg')],
] as const)('with the ffmpeg of %s', (_name, ffmpeg) => {
  test.skipIf(ffmpeg === null)('a font is drawn with before it is believed', async () => {
    const its = ffmpeg ? createMedia({ tools: await findMediaTools({ FFMPEG_PATH: ffmpeg }) }) : media
    await copyFile(font, join(folder, 'own.ttf'))
    expect((await read({ fonts: { captions: 'own.ttf' } }, its)).fonts.captions?.sha256).toMatch(/^\w{64}$/)
    const bytes = await readFile(font)
    // All tables are there, but the outlines, names and maps FreeType opens first are not what they say.
    bytes.fill(0xff, 12 + 16 * bytes.readUInt16BE(4) + 4096)
    await writeFile(join(folder, 'own.ttf'), bytes)
    await expect(read({ fonts: { captions: 'own.ttf' } }, its)).rejects.toMatchObject({ code: 'BRAND_MEDIA_UNUSABLE' })
  })
})

test.each<[string, object | string, RegExp]>([
  ['no JSON', '{\n  "schema": "clipwright.brand/1",\n  "logo": ,\n}', /line 3: it is not JSON/],
  ['another schema', { schema: 'clipwright.brand/9' }, /line 2, schema: must be "clipwright.brand\/1"/],
  ['a colour by name', { colours: { accent: 'red' } }, /line 4, colours, accent: must be a colour like #FFD41F/],
  ['a field nobody knows', { logo: { file: 'logo.png', colour: 1 } }, /line 5, logo: there is no field colour here/],
  ['a place that is none', { logo: { file: 'logo.png', place: 'moon' } }, /logo, place: must be one of top-left/],
  ['a size out of bounds', { logo: { file: 'logo.png', size: 40 } }, /line 5, logo, size: must be 0.03 to 0.6/],
  ['an intro that never ends', { intro: { file: 'logo.png', seconds: 99 } }, /intro, seconds: must be 0.5 to 15/],
  ['a number for a switch', { hookTitle: 3 }, /line 3, hookTitle: must be true, false or an object/],
])('says where it is wrong: %s', async (_name, fields, message) => {
  await expect(read(fields)).rejects.toMatchObject({
    code: 'BRAND_FILE_UNUSABLE',
    message: expect.stringMatching(message),
  })
})

test('a brand file that is not there, a folder, or a film', async () => {
  const code = { code: 'BRAND_FILE_UNUSABLE' }
  await expect(readBrandFile({ path: join(folder, 'no.json'), media })).rejects.toMatchObject(code)
  await expect(readBrandFile({ path: folder, media })).rejects.toMatchObject(code)
  await writeFile(join(folder, 'big.json'), Buffer.alloc(1_000_000))
  await expect(readBrandFile({ path: join(folder, 'big.json'), media })).rejects.toMatchObject(code)
})

describe('files that can not be used', () => {
  const files: [string, string | Buffer, object, RegExp][] = [
    ['an empty logo', '', { logo: { file: 'x' } }, /logo \(line 4\).*it is empty/],
    ['a GIF', 'GIF89a....', { logo: { file: 'x' } }, /it is a GIF; save it as PNG/],
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      { logo: { file: 'x' } },
      /it is an SVG drawing; save it as PNG/,
    ],
    ['text as a logo', 'hello', { logo: { file: 'x' } }, /no PNG or JPEG/],
    ['text as a font', 'hello', { fonts: { titles: 'x' } }, /fonts, titles \(line 4\).*no TTF or OTF/],
    ['a web font', 'wOF2....', { fonts: { captions: 'x' } }, /font for web pages/],
    ['a collection of fonts', 'ttcf....', { fonts: { captions: 'x' } }, /collection of fonts/],
    [
      'a font of nothing',
      Buffer.from('00010000000000000000', 'hex'),
      { fonts: { captions: 'x' } },
      /damaged, or no font/,
    ],
    ['text as an intro', 'hello', { intro: { file: 'x' } }, /intro \(line 4\).*no video, sound or picture/],
    ['an empty outro', '', { outro: { file: 'x' } }, /outro \(line 4\).*it is empty/],
    ['a playlist as an intro', '#EXTM3U\nfile:///etc/passwd\n', { intro: { file: 'x' } }, /no video, sound or picture/],
  ]
  test.each(files)('%s', async (_name, content, fields, message) => {
    await writeFile(join(folder, 'x'), content)
    await expect(read(fields)).rejects.toMatchObject({
      code: 'BRAND_MEDIA_UNUSABLE',
      message: expect.stringMatching(message),
    })
  })

  test('a logo that is not there, a folder, or a link', async () => {
    const logo = (file: string) => read({ logo: { file } })
    await expect(logo('nowhere.png')).rejects.toMatchObject({ message: expect.stringMatching(/it is not there/) })
    await expect(logo('.')).rejects.toMatchObject({ message: expect.stringMatching(/it is no file|it is a folder/) })
    await expect(logo('https://x.org/l.png')).rejects.toMatchObject({
      message: expect.stringMatching(/links are not read/),
    })
  })

  test('a logo cut off in the middle, and one with another picture inside its header', async () => {
    await truncate(join(folder, 'logo.png'), 6000)
    await expect(read({ logo: { file: 'logo.png' } })).rejects.toMatchObject({
      message: expect.stringMatching(/damaged or cut off/),
    })
  })

  test('a huge logo is refused by its header, before it is decoded', async () => {
    const bytes = await readFile(join(example, 'logo.png'))
    bytes.writeUInt32BE(60_000, 16)
    await writeFile(join(folder, 'logo.png'), bytes)
    await expect(read({ logo: { file: 'logo.png' } })).rejects.toMatchObject({
      message: expect.stringMatching(/60000×512 pixels, at most 6000/),
    })
  })

  test('a long intro says what to do', async () => {
    await copyFile(await makeAudio({ seconds: 17 }), join(folder, 'long.mp3'))
    await expect(read({ intro: { file: 'long.mp3' } })).rejects.toMatchObject({
      message: expect.stringMatching(/15 s is the most; "seconds" beside it/),
    })
  })
})
