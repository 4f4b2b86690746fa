import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Moment } from '../../src/domain/moment.ts'
import { saveClipVersion, setRendering } from '../../src/library/clips.store.ts'
import { getDetection } from '../../src/library/moments.store.ts'
import { saveRendering } from '../../src/library/renderings.store.ts'
import type { Pipeline } from '../../src/pipeline/open-pipeline.ts'
import { renderingFiles } from '../../src/pipeline/rendering-files.ts'
import { newRendering, storedSamples } from './stored-samples.ts'

/** A clip with files of a few bytes, and what it stands on. `change` is of its moment. */
export async function storeClip(
  { database, dataFolder }: Pick<Pipeline, 'database' | 'dataFolder'>,
  change: Partial<Moment> = {},
) {
  const { id: detectionId, recordingId } = await storedSamples(database).newDetection([change])
  const [moment] = (await getDetection(database.kysely, detectionId)).moments
  if (moment === undefined) throw new Error('a detection has its moment')
  const rendering = newRendering()
  await database.kysely.transaction().execute(async (tx) => {
    await saveRendering(tx, rendering)
    const versionId = await saveClipVersion(tx, {
      recordingId,
      momentId: moment.id,
      span: moment,
      title: moment.title,
      edit: { ranges: [{ start: moment.start, end: moment.end }] },
      style: { aspect: '9:16', captions: 'pop' },
      framing: { aspect: '9:16', scenes: [] },
      contentHash: 'a',
      by: 'test',
    })
    await setRendering(tx, versionId, rendering.key)
  })
  const files = renderingFiles(dataFolder, rendering.key)
  await mkdir(dirname(files.mp4), { recursive: true })
  for (const file of Object.values(files)) await writeFile(file, '0123456789')
  return { recordingId, key: rendering.key, files }
}
