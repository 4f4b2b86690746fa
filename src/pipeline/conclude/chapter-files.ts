import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { formatClock } from '../../domain/time-range.ts'
import type { MomentsDocument } from './moments-document.ts'
import { writeBeside } from './write-beside.ts'

export const chapterListName = 'chapters.txt'
export const chapterJsonName = 'chapters.json'

/** Writes the chapters beside the report, as players and platforms read them; a run without chapters takes away those of an earlier one. */
export async function writeChapterFiles(
  folder: string,
  { chapters }: MomentsDocument,
  hadChapters: boolean,
): Promise<void> {
  if (chapters.length > 0) {
    await writeBeside(join(folder, chapterListName), chapterList(chapters))
    await writeBeside(join(folder, chapterJsonName), chapterJson(chapters))
  } else if (hadChapters) {
    for (const name of [chapterListName, chapterJsonName]) await rm(join(folder, name), { force: true })
  }
}

type Chapters = MomentsDocument['chapters']

/**
 * Lines such as `12:03 Remote control` for a description: platforms make chapters of them when the first begins at 00:00
 * (https://support.google.com/youtube/answer/9884579).
 */
export function chapterList(chapters: Chapters): string {
  const longest = Math.max(0, ...chapters.map(({ start }) => start))
  return chapters.map(({ start, title }) => `${paddedClock(start, longest)} ${inOneLine(title)}\n`).join('')
}

function paddedClock(seconds: number, longest: number): string {
  const clock = formatClock(seconds)
  const wanted = longest >= 3600 ? 3 : 2
  const parts = clock.split(':').map((part) => part.padStart(2, '0'))
  while (parts.length < wanted) parts.unshift('00')
  return parts.join(':')
}

/** Podcasting 2.0 chapters (https://github.com/Podcastindex-org/podcast-namespace/blob/main/chapters/jsonChapters.md). */
export function chapterJson(chapters: Chapters): string {
  const list = chapters.map(({ start, end, title }) => ({ startTime: start, endTime: end, title: inOneLine(title) }))
  return `${JSON.stringify({ version: '1.2.0', chapters: list }, null, 2)}\n`
}

function inOneLine(title: string): string {
  return title.replace(/\s+/g, ' ').trim()
}
