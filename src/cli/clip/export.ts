import { join, resolve } from 'node:path'
import { z } from 'zod'
import { loadSettings } from '../../config/load-settings.ts'
import { AppError } from '../../domain/app-error.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { readStartTimecode } from '../../pipeline/conclude/exports/read-start-timecode.ts'
import { removeReplacedExports, writeExports } from '../../pipeline/conclude/exports/write-exports.ts'
import { documentName, readEarlierDocument, takeOutFolder } from '../../pipeline/conclude/out-folder.ts'
import { writeBeside } from '../../pipeline/conclude/write-beside.ts'
import { exportFormats } from '../../pipeline/export-formats.ts'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { Interrupted, listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { WrongUsage } from './clip-options.ts'
import { exportFormatList } from './read-export-formats.ts'

/** The folder that was named holds no clips of ours. */
export class ClipsFolderNotFound extends AppError {
  readonly code = 'CLIPS_FOLDER_NOT_FOUND'
  constructor(folder: string) {
    super(`There are no clips in ${folder}: it has no ${documentName} that Clipwright wrote.`, {
      hint: 'Name the folder that `clipwright clip` printed.',
    })
  }
}

const exportOptions = z.object({
  format: exportFormatList('format').default([...exportFormats]),
  recording: z.string().min(1, '--recording needs the name of a file.').optional(),
  json: z.boolean().default(false),
})

/** `clipwright export FOLDER`: what editors open, of clips that were made before; nothing is rendered. Returns the exit status. */
export async function exportClips(folder: string, options: object): Promise<number> {
  const json = 'json' in options && options.json === true
  try {
    const parsed = exportOptions.safeParse(options)
    if (!parsed.success)
      throw new WrongUsage(
        parsed.error.issues.map(({ message }) => message),
        'export',
      )
    const files = await writeInto(resolve(folder), parsed.data)
    const places = files.map((name) => join(resolve(folder), name))
    process.stdout.write(json ? `${JSON.stringify({ files: places }, null, 2)}\n` : `${places.join('\n')}\n`)
    return exitCodes.ok
  } catch (thrown) {
    const error = asNoSpace(thrown)
    printError(error, { json })
    return exitCodeOf(error)
  }
}

async function writeInto(folder: string, { format, recording }: z.infer<typeof exportOptions>): Promise<string[]> {
  using interruption = listenForInterruption()
  const { signal } = interruption
  try {
    const stored = await readEarlierDocument(folder)
    if (!stored) throw new ClipsFolderNotFound(folder)
    const path = recording === undefined ? stored.recording.path : resolve(recording)
    await findMediaFile(path)
    await using _taken = await takeOutFolder(folder, stored.recording.path)
    const tools = await findMediaTools(loadSettings(), { signal })
    const document = { ...stored, recording: { ...stored.recording, path } }
    const info = await createMedia({ tools, signal }).probe(path)
    const startTimecode = await readStartTimecode(path, { tools, signal })
    const files = await writeExports({ folder, document, info, startTimecode, formats: format })
    const exports = [...new Set([...stored.exports, ...files])]
    await removeReplacedExports(folder, { earlier: stored, now: exports })
    await writeBeside(join(folder, documentName), `${JSON.stringify({ ...stored, exports }, null, 2)}\n`)
    return files
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error
  }
}
