import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { chapterJson, chapterList, writeChapterFiles } from './chapter-files.ts'
import { writeMomentsDocument } from './write-moments-document.ts'

const chapters = [
  { start: 0, end: 75.5, title: 'Welcome' },
  { start: 75.5, end: 1803, title: 'Remote control\nand buttons' },
  { start: 1803, end: 3599.2, title: 'لوحة المفاتيح' },
]

it('lists chapters as descriptions have them, the first at 00:00', () => {
  expect(chapterList(chapters)).toBe('00:00 Welcome\n01:15 Remote control and buttons\n30:03 لوحة المفاتيح\n')
})

it('writes hours on every line once one has them', () => {
  expect(chapterList([...chapters, { start: 3723, end: 4000, title: 'Farewell' }])).toBe(
    '00:00:00 Welcome\n00:01:15 Remote control and buttons\n00:30:03 لوحة المفاتيح\n01:02:03 Farewell\n',
  )
})

it('writes Podcasting 2.0 chapters', () => {
  expect(JSON.parse(chapterJson(chapters))).toEqual({
    version: '1.2.0',
    chapters: [
      { startTime: 0, endTime: 75.5, title: 'Welcome' },
      { startTime: 75.5, endTime: 1803, title: 'Remote control and buttons' },
      { startTime: 1803, endTime: 3599.2, title: 'لوحة المفاتيح' },
    ],
  })
})

it('writes both files, and takes them away when a later run has no chapters', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-chapters-'))
  const input = sampleMomentsInput(1)
  const without = writeMomentsDocument(input)
  const withThem = writeMomentsDocument({ ...input, detection: { ...input.detection, chapters } })
  await writeChapterFiles(folder, withThem, false)
  expect(await readdir(folder)).toEqual(['chapters.json', 'chapters.txt'])
  expect(await readFile(join(folder, 'chapters.txt'), 'utf8')).toContain('01:15 Remote control and buttons')
  // A file of that name which no run of ours has written stays.
  await writeChapterFiles(folder, without, false)
  expect(await readdir(folder)).toHaveLength(2)
  await writeChapterFiles(folder, without, true)
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
