import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import { type ExportFormat, exportFormats } from '../../export-formats.ts'
import type { MomentsDocument } from '../moments-document.ts'
import { writeBeside } from '../write-beside.ts'
import { clipStem, clipTitle } from './clip-stem.ts'
import { planEditLists } from './plan-edit-lists.ts'
import { writeAss } from './write-ass.ts'
import { writeEdl } from './write-edl.ts'
import { writeFcpxml } from './write-fcpxml.ts'
import { writeOtio } from './write-otio.ts'

interface ExportRequest {
  /** Where the clips are. */
  folder: string
  document: MomentsDocument
  info: MediaInfo
  startTimecode: string | null
  formats: readonly ExportFormat[]
}

const writers = { edl: writeEdl, fcpxml: writeFcpxml, otio: writeOtio } as const

/** Writes what editors open into the folder of the clips; nothing is rendered. Answers with the names of the files. */
export async function writeExports(request: ExportRequest): Promise<string[]> {
  const { folder, document, info, startTimecode, formats } = request
  const names: string[] = []
  const write = async (name: string, text: string): Promise<void> => {
    await writeBeside(join(folder, name), text)
    names.push(name)
  }
  const lists = planEditLists({ document, info, startTimecode })
  for (const format of exportFormats.filter((known) => formats.includes(known))) {
    if (format === 'ass') {
      for (const { name, text } of await captionsOf(request)) await write(name, text)
      continue
    }
    for (const { stem, list } of lists) await write(`${stem}.${format}`, writers[format](list))
  }
  return names
}

/** Of clips that have captions beside them; a file a person removed has none. */
async function captionsOf({ folder, document }: ExportRequest): Promise<{ name: string; text: string }[]> {
  const found: { name: string; text: string }[] = []
  for (const moment of document.moments) {
    const { clip } = moment
    if (clip.status !== 'done' || clip.vtt === null) continue
    const stem = clipStem(moment)
    const vtt = await readFile(join(folder, `${stem}.vtt`), 'utf8').catch(() => null)
    if (vtt === null) continue
    const { width, height } = clip
    found.push({ name: `${stem}.ass`, text: writeAss({ vtt, title: clipTitle(moment), size: { width, height } }) })
  }
  return found
}

/** Removes exports of an earlier run that this one does not write; only names we would give ourselves. */
export async function removeReplacedExports(
  folder: string,
  { earlier, now }: { earlier: MomentsDocument; now: readonly string[] },
): Promise<void> {
  const stems = ['moments', ...earlier.moments.map(clipStem)]
  const ours = new Set(stems.flatMap((stem) => exportFormats.map((format) => `${stem}.${format}`)))
  for (const name of earlier.exports) {
    if (ours.has(name) && !now.includes(name)) await rm(join(folder, name), { force: true })
  }
}
