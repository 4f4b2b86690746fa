import { dirname, join } from 'node:path'
import { normalizeLanguage } from '../../pipeline/transcribe/normalize-language.ts'
import { readTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import type { Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { readDownloadRecord } from '../downloaders/download-record.ts'
import { fileSource } from './file-source.ts'

/** The captions that came with a recording from its site or its feed; only downloads have them. */
export const downloadedCaptions: Transcriber = {
  name: 'downloaded captions',
  async find({ path }, { signal }) {
    signal.throwIfAborted()
    const captions = (await readDownloadRecord(path))?.captions[0]
    if (captions === undefined) return null
    const file = await readTranscriptFile(join(dirname(path), captions.file), signal)
    const isHeard = captions.kind === 'automatic'
    return fileSource({
      file,
      origin: { kind: 'platform', name: `${isHeard ? 'automatic ' : ''}captions of ${captions.from}`, format: null },
      language: normalizeLanguage(captions.language ?? undefined),
      warnings: isHeard ? [`A machine of ${captions.from} wrote these captions; names may be wrong.`] : [],
    })
  },
  wayOut: () => null,
}
