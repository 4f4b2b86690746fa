import { expect, test } from 'vitest'
import { captionStyles } from '../../domain/clip.ts'
import type { Segment } from '../../domain/transcript.ts'
import { type RenderingInputs, renderingKey } from './rendering-key.ts'

const word = (text: string, start: number) => ({
  text,
  start,
  end: start + 0.4,
  confidence: null,
  timing: 'exact' as const,
})
const segment = (words: ReturnType<typeof word>[]): Segment => ({
  ordinal: 0,
  start: words[0]?.start ?? 0,
  end: words.at(-1)?.end ?? 0,
  text: '',
  speaker: null,
  words,
})
const inputs: RenderingInputs = {
  contentHash: 'abc',
  edit: { ranges: [{ start: 10, end: 20 }] },
  framing: {
    aspect: '9:16',
    scenes: [{ start: 10, end: 20, kind: 'crop', crop: { x: 0, y: 0, width: 90, height: 160 }, reason: 'a' }],
  },
  segments: [segment([word('hello', 11), word('there', 12)])],
  style: { aspect: '9:16', captions: 'pop' },
  title: 'A talk',
  fontFingerprint: 'font',
  toolFingerprint: 'ffmpeg',
  threads: 2,
}
const key = renderingKey(inputs)
const changed = (change: Partial<RenderingInputs>) => renderingKey({ ...inputs, ...change }) !== key

test('is a SHA-256 that the same inputs give again', () => {
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(renderingKey(structuredClone(inputs))).toBe(key)
})

test.each<[string, Partial<RenderingInputs>]>([
  ['another recording', { contentHash: 'abd' }],
  ['another range', { edit: { ranges: [{ start: 10, end: 20.001 }] } }],
  [
    'another box',
    {
      framing: {
        aspect: '9:16',
        scenes: [{ start: 10, end: 20, kind: 'crop', crop: { x: 2, y: 0, width: 90, height: 160 }, reason: 'a' }],
      },
    },
  ],
  ['another word', { segments: [segment([word('hello', 11), word('three', 12)])] }],
  ['a word said later', { segments: [segment([word('hello', 11), word('there', 12.1)])] }],
  ['another style', { style: { aspect: '9:16', captions: 'none' } }],
  ['another font', { fontFingerprint: 'other' }],
  ['another ffmpeg', { toolFingerprint: 'other' }],
  ['more threads', { threads: 4 }],
])('%s is another rendering', (_, change) => {
  expect(changed(change)).toBe(true)
})

test('faces count where captions keep off them', () => {
  const faces = [{ start: 12, end: 13, x: 0, y: 0, w: 10, h: 10 }]
  expect(changed({ faces })).toBe(true)
  expect(changed({ faces: [{ ...faces[0], start: 0, end: 1 }] as typeof faces })).toBe(false)
  expect(changed({ faces: [] })).toBe(false)
  const bare = { ...inputs, style: { aspect: '9:16', captions: 'none' } } as const
  expect(renderingKey({ ...bare, faces })).toBe(renderingKey(bare))
})

test('every style of captions is another rendering', () => {
  const keys = captionStyles.map((captions) => renderingKey({ ...inputs, style: { aspect: '9:16', captions } }))
  expect(new Set(keys).size).toBe(captionStyles.length)
})

test('what does not reach the file makes no other rendering', () => {
  const elsewhere = segment([word('later', 40)])
  expect(changed({ segments: [...inputs.segments, elsewhere] })).toBe(false)
  expect(changed({ title: 'Another title' })).toBe(false)
  const scenes = inputs.framing.scenes.map((scene) => ({ ...scene, reason: 'b' }))
  expect(changed({ framing: { aspect: '9:16', scenes } })).toBe(false)
})

test('the title counts where it is drawn', () => {
  const card: RenderingInputs = {
    ...inputs,
    framing: { aspect: '9:16', scenes: [{ start: 10, end: 20, kind: 'card', crop: null, reason: '' }] },
  }
  expect(renderingKey(card)).not.toBe(renderingKey({ ...card, title: 'Another title' }))
})

test('treated sound and drafts are other renderings; what is not asked for makes none', () => {
  const styled = (sound: RenderingInputs['style']['sound']) =>
    renderingKey({ ...inputs, style: { ...inputs.style, sound } })
  const music = { path: '/song.mp3', sha256: 'a', level: -14 }
  const keys = [
    key,
    styled({ denoise: true }),
    styled({ deEss: true }),
    styled({ music }),
    styled({ music: { ...music, sha256: 'b' } }),
    styled({ music: { ...music, level: -10 } }),
    renderingKey({ ...inputs, draft: true }),
  ]
  expect(new Set(keys).size).toBe(keys.length)
  expect(styled({})).toBe(key)
  // The same music under another name is the same music.
  expect(styled({ music: { ...music, path: '/copy.mp3' } })).toBe(styled({ music }))
})

test('the kind of HDR counts, where it is known', () => {
  const video = {
    ...{ streamIndex: 0, codec: 'hevc', width: 1920, height: 1080, rotation: 0, frameRate: 30 },
    ...{ variableFrameRate: false, interlaced: false, hdr: true, startTime: 0 },
  }
  expect(changed({ video })).toBe(false)
  expect(changed({ video: { ...video, transfer: 'smpte2084' } })).toBe(true)
})

test('a clip that may be copied is another rendering than one that may not', () => {
  const video = {
    ...{ streamIndex: 0, codec: 'h264', width: 1920, height: 1080, rotation: 0, frameRate: 30 },
    ...{ variableFrameRate: false, interlaced: false, hdr: false, startTime: 0 },
  }
  const wide: RenderingInputs = {
    ...inputs,
    video,
    style: { aspect: '16:9', captions: 'none' },
    framing: { aspect: '16:9', scenes: [{ start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }] },
  }
  expect(renderingKey(wide)).not.toBe(renderingKey({ ...wide, fastPath: false }))
  // Where it could not be copied anyway, whether it may makes no difference.
  expect(changed({ video, fastPath: false })).toBe(false)
})

const file = (path: string, sha256: string) => ({ path, sha256 })
const branded = (path: string, sha256: string) => ({
  ...inputs.style,
  brand: { fonts: { titles: file(path, sha256) }, colours: {}, hookTitle: { seconds: 3 } },
})

test('a brand counts by what is in its files, not by where they lie', () => {
  const one = renderingKey({ ...inputs, style: branded('/a/font.ttf', '11') })
  expect(one).not.toBe(key)
  expect(renderingKey({ ...inputs, style: branded('/b/font.ttf', '11') })).toBe(one)
  expect(renderingKey({ ...inputs, style: branded('/a/font.ttf', '22') })).not.toBe(one)
  expect(renderingKey({ ...inputs, style: branded('/a/font.ttf', '11'), hook: 'Another title' })).not.toBe(one)
  // Without a hook title it is not drawn.
  expect(changed({ hook: 'Another title' })).toBe(false)
})

test('what moves on a card counts where there is one', () => {
  const scenes = [{ start: 10, end: 20, kind: 'card' as const, crop: null, reason: '' }]
  const card = (audiogram?: 'waveform' | 'bars' | 'still') =>
    renderingKey({ ...inputs, framing: { aspect: '9:16', scenes }, style: { ...inputs.style, audiogram } })
  expect(card()).toBe(card('waveform'))
  expect(new Set([card(), card('bars'), card('still')]).size).toBe(3)
  expect(changed({ style: { ...inputs.style, audiogram: 'bars' } })).toBe(false)
})
