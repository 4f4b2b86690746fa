import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCountedVideo } from '../../../test/support/make-counted-video.ts'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import type { Framing } from '../../domain/clip.ts'
import type { Segment } from '../../domain/transcript.ts'
import type { ChildProcess } from '../../media/child-process-ledger.ts'
import { createMedia, type FfmpegRun, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { findNpmTool } from '../../media/find-npm-tool.ts'
import type { MediaTools } from '../../media/media-tools.ts'
import { type RenderRequest, renderClip } from './render-clip.ts'

let tools: MediaTools
let folder = ''
beforeAll(async () => {
  tools = await findMediaTools({})
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-render-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const said = ['Ask', 'not', 'what', 'your', 'country', 'can', 'do']
const segments: Segment[] = [
  {
    ordinal: 0,
    start: 0,
    end: 3.5,
    text: said.join(' '),
    speaker: null,
    words: said.map((text, i) => ({ text, start: i * 0.5, end: i * 0.5 + 0.4, confidence: null, timing: 'exact' })),
  },
]
const everything: Framing = {
  aspect: '9:16',
  scenes: [{ start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }],
}
const card: Framing = { aspect: '9:16', scenes: [{ start: 0, end: 60, kind: 'card', crop: null, reason: '' }] }

async function render(path: string, { media = createMedia({ tools }), ...changes }: Partial<RenderRequest> = {}) {
  return renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 0.4, end: 1.4 }] },
    framing: everything,
    segments,
    style: { aspect: '1:1', captions: 'pop' },
    threads: 2,
    workFolder: join(folder, 'work', 'attempt-1'),
    output: join(folder, 'out', 'clip.mp4'),
    title: 'A talk',
    ...changes,
  })
}

/** Every file under the folder, by path. */
async function filesIn(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

test('a recording becomes a clip with thumbnail, SRT and VTT', async () => {
  const messages = new Set<string>()
  const fractions: number[] = []
  const clip = await render(await makeVideo({ seconds: 3 }), {
    edit: { ranges: [{ start: 0.4, end: 2.4 }] },
    style: { aspect: '9:16', captions: 'pop' },
    onProgress: ({ fraction, message }) => {
      messages.add(message)
      fractions.push(fraction)
    },
  })
  expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(clip).toMatchObject({ width: 1080, height: 1920, duration: 2, warnings: [], quality: { repaired: false } })
  expect(clip.loudness.integrated).toBeGreaterThan(-14.5)
  expect(clip.loudness.integrated).toBeLessThan(-13.5)
  expect(clip.loudness.truePeak).toBeLessThanOrEqual(-1)
  expect((await filesIn()).sort()).toEqual(['out/clip.jpg', 'out/clip.mp4', 'out/clip.srt', 'out/clip.vtt'])
  expect((await stat(clip.path)).size).toBe(clip.sizeBytes)
  expect((await stat(clip.thumbnailPath)).size).toBeLessThanOrEqual(200_000)
  expect(await readFile(clip.srtPath, 'utf8')).toContain('what')
  expect(await readFile(clip.vttPath, 'utf8')).toMatch(/^WEBVTT/)
  expect([...messages]).toEqual([
    'measuring loudness',
    'rendering',
    'checking the clip',
    'making the thumbnail',
    'done',
  ])
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  // Players that stream want the index before the pictures.
  const bytes = await readFile(clip.path)
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
})

test('the same again gives the same bytes, under another name and in another folder', async () => {
  const path = await makeVideo({ seconds: 3 })
  const first = await render(path)
  const second = await render(path, { workFolder: join(folder, 'elsewhere'), output: join(folder, 'other.mp4') })
  for (const file of ['path', 'thumbnailPath', 'srtPath', 'vttPath'] as const) {
    expect(await hashOf(second[file])).toBe(await hashOf(first[file]))
  }
})

describe.skipIf(findNpmTool('ffmpeg') === null)('with the ffmpeg of npm, 2018', () => {
  test('a clip passes the same checks', async () => {
    const FFMPEG_PATH = findNpmTool('ffmpeg') ?? ''
    const media = createMedia({ tools: await findMediaTools({ FFMPEG_PATH }) })
    const clip = await render(await makeVideo({ seconds: 3 }), { media })
    const left = clip.quality.checks.filter(({ status }) => status !== 'passed')
    expect(left).toMatchObject([{ name: 'faces', status: 'skipped' }])
  })
})

test('a stream without times becomes a good clip', async () => {
  const path = await makeCountedVideo({ extension: 'h264' })
  const { quality, duration } = await render(path, { edit: { ranges: [{ start: 1.4, end: 2.9 }] } })
  expect(duration).toBeCloseTo(1.5, 1)
  expect(quality.repaired).toBe(false)
  expect(quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(quality.checks.filter(({ status }) => status === 'skipped').map(({ name }) => name)).not.toContain('captions')
})

test('two ranges play in the order asked for, with their words', async () => {
  const edit = {
    ranges: [
      { start: 2, end: 3 },
      { start: 0.48, end: 1 },
    ],
  }
  const clip = await render(await makeVideo({ seconds: 3 }), { edit, style: { aspect: '4:5', captions: 'pop' } })
  expect(clip).toMatchObject({ width: 1080, height: 1350 })
  expect(clip.duration).toBeCloseTo(1.52, 2)
  expect((await readFile(clip.srtPath, 'utf8')).replace(/\s+/g, ' ')).toContain('country can not')
})

test('a podcast gets a card with its cover', async () => {
  const path = await makeAudio({ seconds: 3, sound: 'speech-like', cover: true })
  const clip = await render(path, { framing: card, style: { aspect: '16:9', captions: 'pop' } })
  expect(clip).toMatchObject({ width: 1920, height: 1080 })
  expect(clip.quality.checks).toContainEqual({
    name: 'standstill',
    status: 'skipped',
    detail: 'The picture is a card.',
  })
  expect(clip.quality.checks.find(({ name }) => name === 'captions')?.status).toBe('passed')
})

test('a recording without sound and without words becomes a silent clip', async () => {
  const clip = await render(await makeVideo({ seconds: 3, audio: 'none' }), { segments: [] })
  expect(clip.loudness.integrated).toBeNull()
  const skipped = clip.quality.checks.filter(({ status }) => status === 'skipped').map(({ name }) => name)
  expect(skipped).toEqual(['loudness', 'true-peak', 'captions', 'faces'])
})

test('sudden peaks end below −1 dBTP and the clip at −14 LUFS', async () => {
  const path = join(mediaFolder(), 'dynamic.mp4')
  const speech = '0.05*sin(2*PI*190*t)*(1+sin(2*PI*4*t))+0.02*random(0)*gt(sin(2*PI*3*t),0)'
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=4', '-f', 'lavfi', '-i'],
      [`aevalsrc='${speech}+0.9*between(mod(t,1.3),0.5,0.52)*sin(2*PI*900*t)':s=44100:d=4`],
      ['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k', path],
    ].flat(),
  )
  const { loudness } = await render(path, { edit: { ranges: [{ start: 0.2, end: 3.8 }] } })
  expect(Math.abs((loudness.integrated ?? 0) + 14)).toBeLessThanOrEqual(0.5)
  expect(loudness.truePeak).toBeLessThanOrEqual(-1)
})

test('a file name is only a name, whatever is in it', async () => {
  const name = '-it\'s "all" [here]; %03d a:b, \\ = 🎬 日本\nline'
  const path = join(folder, `${name}.mp4`)
  await copyFile(await makeVideo({ seconds: 3 }), path)
  const output = join(folder, `out ${name}`, `${name} clip.mp4`)
  const clip = await render(path, { output, workFolder: join(folder, `work ${name}`) })
  expect((await stat(clip.path)).size).toBe(clip.sizeBytes)
  expect(await filesIn()).toHaveLength(5)
})

test('a clip is made once more when its sound came out wrong', async () => {
  const media = spoiling((args) => args.map((arg) => arg.replace(/volume=[-\d.]+dB/, 'volume=-20dB')), 1)
  const clip = await render(await makeVideo({ seconds: 3 }), { media })
  expect(clip.quality.repaired).toBe(true)
  expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
})

test('a clip that fails twice fails loudly and leaves nothing', async () => {
  const media = spoiling((args) => args.map((arg) => arg.replace(/ass=captions\.ass:fontsdir=fonts,/, '')), 2)
  const making = render(await makeVideo({ seconds: 3 }), { media })
  await expect(making).rejects.toMatchObject({
    code: 'CLIP_FAILED_QUALITY',
    retry: 'never',
    evidence: { output: expect.stringMatching(/^captions: \d+ % of the caption's pixels/) },
  })
  expect(await filesIn()).toEqual([])
})

test('a cancel in the middle leaves no file and no process', async () => {
  const abort = new AbortController()
  const started: ChildProcess[] = []
  const ended = new Set<number>()
  const ledger = {
    started: (child: ChildProcess) => void started.push(child),
    ended: ({ pid }: ChildProcess) => void ended.add(pid),
  }
  const media = createMedia({ tools, signal: abort.signal, ledger })
  const path = await makeVideo({ seconds: 20 })
  const making = render(path, {
    media,
    edit: { ranges: [{ start: 0, end: 19 }] },
    onProgress: ({ message, fraction }) => {
      if (message === 'rendering' && fraction > 0.04) abort.abort(new Error('Ctrl-C'))
    },
  })
  await expect(making).rejects.toThrow('Ctrl-C')
  expect(await filesIn()).toEqual([])
  expect(started.length).toBeGreaterThan(1)
  for (const { pid } of started) {
    expect(ended).toContain(pid)
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }
})

test.skipIf(!canMount())('a full disk is NO_SPACE and nothing is half-written (needs a right to mount)', async () => {
  const small = join(folder, 'small')
  await mkdir(small)
  mountTiny(small)
  try {
    const making = render(await makeVideo({ seconds: 6, width: 640, height: 360 }), {
      edit: { ranges: [{ start: 0, end: 5.5 }] },
      workFolder: join(small, 'work'),
      output: join(small, 'clip.mp4'),
    })
    await expect(making).rejects.toMatchObject({ code: 'NO_SPACE', retry: 'later' })
    expect(await readdir(small)).toEqual([])
  } finally {
    execFileSync('/bin/umount', [small])
  }
})

describe.skipIf(!process.env['CLIPWRIGHT_TEST_MEDIA'])('real recordings (CLIPWRIGHT_TEST_MEDIA)', () => {
  test.each(['jfk.wav', 'sense_and_sensibility_01_austen_64kb-0870.wav'])(
    'speech of %s plays at −14 LUFS',
    async (name) => {
      const path = join(process.env['CLIPWRIGHT_TEST_MEDIA'] ?? '', name)
      const edit = { ranges: [{ start: 0.3, end: 5.3 }] }
      const { loudness } = await render(path, { framing: card, edit })
      expect(Math.abs((loudness.integrated ?? 0) + 14)).toBeLessThanOrEqual(0.5)
      expect(loudness.truePeak).toBeLessThanOrEqual(-1)
    },
  )
})

/** Media whose first `times` renderings come out wrong. */
function spoiling(spoil: (args: readonly string[]) => readonly string[], times: number): Media {
  const media = createMedia({ tools })
  let left = times
  return {
    ...media,
    ffmpeg: (run: FfmpegRun) => {
      const isRendering = run.args.at(-1) === 'clip.mp4'
      if (!isRendering || left-- <= 0) return media.ffmpeg(run)
      return media.ffmpeg({ ...run, args: spoil(run.args) })
    },
  }
}

/** Mounts a file system of 900 kB. */
function mountTiny(path: string): void {
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=900k', 'tmpfs', path], { stdio: 'ignore' })
}

/** Ordinary users may not, and root in most containers may not either. */
function canMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'clipwright-mount-'))
  try {
    mountTiny(path)
    execFileSync('/bin/umount', [path])
    return true
  } catch {
    return false
  } finally {
    rmdirSync(path)
  }
}
