import { symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findNpmTool } from './find-npm-tool.ts'

const fixtures = resolve(import.meta.dirname, '../../test/fixtures/tools')
const npmFfmpeg = findNpmTool('ffmpeg')
const npmFfprobe = findNpmTool('ffprobe')

let folder: string

/** What was found is remembered per process; each test looks afresh. */
async function find(settings: { FFMPEG_PATH?: string; FFPROBE_PATH?: string } = {}) {
  vi.resetModules()
  const { findMediaTools } = await import('./find-media-tools.ts')
  return findMediaTools(settings)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-test-path-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.doUnmock('./find-npm-tool.ts')
  await rm(folder, { recursive: true, force: true })
})

describe('findMediaTools', () => {
  it('finds a pair that can make clips', async () => {
    const tools = await find()
    expect(tools.capabilities).toMatchObject({ ass: true, libx264: true, ebur128: true, silencedetect: true })
    expect(tools.ffmpeg.path).toMatch(/^(\/|[A-Z]:\\)/)
    expect(tools.fingerprint).toMatch(/^[0-9a-f]{32}$/)
  })

  it('looks once per process', async () => {
    vi.resetModules()
    const { findMediaTools } = await import('./find-media-tools.ts')
    expect(findMediaTools({})).toBe(findMediaTools({}))
  })

  it.skipIf(!npmFfmpeg || !npmFfprobe)('falls back to the pair from npm, and says how old it is', async () => {
    vi.stubEnv('PATH', folder)
    const tools = await find()
    expect(tools.ffmpeg).toMatchObject({ source: 'npm', year: 2018 })
    expect(tools.ffprobe.source).toBe('npm')
    expect(tools.capabilities.scdet).toBe(false)
    expect(tools.warnings.join()).toContain('2018')
  })

  it.skipIf(!npmFfmpeg)('uses the one the setting names, and knows another build by its fingerprint', async () => {
    const tools = await find({ FFMPEG_PATH: npmFfmpeg ?? '', FFPROBE_PATH: npmFfprobe ?? '' })
    expect(tools.ffmpeg).toMatchObject({ source: 'setting', path: npmFfmpeg })
    const usual = await find()
    if (usual.ffmpeg.source === 'system') expect(tools.fingerprint).not.toBe(usual.fingerprint)
  })

  it.skipIf(!npmFfmpeg)('passes over a system ffmpeg without captions, aloud', async () => {
    symlinkSync(join(fixtures, 'limited-ffmpeg.mjs'), join(folder, 'ffmpeg'))
    // The fixture's first line looks for node.
    vi.stubEnv('PATH', `${folder}:${dirname(process.execPath)}`)
    const tools = await find()
    expect(tools.ffmpeg.source).toBe('npm')
    expect(tools.warnings.join()).toContain('libass')
  })

  it('refuses a named one without captions instead of taking another', async () => {
    const failure = await find({ FFMPEG_PATH: join(fixtures, 'limited-ffmpeg.mjs') }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'FFMPEG_TOO_LIMITED', message: expect.stringContaining('libass') })
  })

  it.each(['/nowhere/ffmpeg', process.execPath, import.meta.filename])(
    'refuses %s, which is no ffmpeg',
    async (path) => {
      const failure = await find({ FFMPEG_PATH: path }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'FFMPEG_BROKEN', message: expect.stringContaining(path) })
    },
  )

  it('tells how to get one where there is none', async () => {
    vi.stubEnv('PATH', folder)
    vi.doMock('./find-npm-tool.ts', () => ({ findNpmTool: () => null }))
    const failure = await find().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'FFMPEG_MISSING',
      hint: expect.stringContaining('npm install --include=optional'),
    })
  })

  it('can be cancelled while a program hangs', async () => {
    vi.resetModules()
    const { findMediaTools } = await import('./find-media-tools.ts')
    const cancel = new AbortController()
    const search = findMediaTools({ FFMPEG_PATH: join(fixtures, 'silent-ffmpeg.mjs') }, { signal: cancel.signal })
    cancel.abort(new Error('enough'))
    await expect(search).rejects.toThrow('enough')
  })
})
