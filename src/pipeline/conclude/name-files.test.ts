import { expect, it } from 'vitest'
import { defaultOutName, nameClipFiles, slugOf } from './name-files.ts'

it('names files by rank and title', () => {
  expect(nameClipFiles(3, 'Why we don’t sleep, ever?').mp4).toBe('03-why-we-dont-sleep-ever.mp4')
})

it('keeps other scripts and drops what a file system could take amiss', () => {
  expect(slugOf('../../etc/passwd: Ünïcode 日本語 🎉')).toBe('etc-passwd-ünïcode-日本語')
})

it('keeps accents and drops the marks of pictures', () => {
  expect(slugOf('🎙️ e\u0301pisode ❤️love')).toBe('épisode-love')
  expect(slugOf('हिन्दी में')).toBe('हिन्दी-में')
  expect(defaultOutName('/a/🎙️.mp4')).toBe('recording-clips')
})

it('names a clip by its rank alone when its title has no letters', () => {
  expect(nameClipFiles(12, '🎉🎉').srt).toBe('12.srt')
})

it('breaks long titles at a word', () => {
  const slug = slugOf('word '.repeat(40))
  expect(slug.length).toBeLessThanOrEqual(60)
  expect(slug.endsWith('-word')).toBe(true)
  expect(slugOf('x'.repeat(300))).toHaveLength(60)
})

it('names the folder after the recording', () => {
  expect(defaultOutName('/a/My Talk (final).mp4')).toBe('my-talk-final-clips')
  expect(defaultOutName('/a/-.mp4')).toBe('recording-clips')
})
