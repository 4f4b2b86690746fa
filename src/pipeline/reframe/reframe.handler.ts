import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { getAnalysis } from '../../library/analyses.store.ts'
import { getMoment } from '../../library/moments.store.ts'
import type { Media } from '../../media/create-media.ts'
import { contentHash } from '../content-hash.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { readSource } from '../source-file.ts'
import type { StepContext } from '../step-context.ts'
import { frameSpan } from './frame-moment.ts'
import type { SceneFramer } from './framer.ts'

/** Raise when the same span could be framed otherwise by the same framer. */
const version = 1

interface Dependencies {
  framer: SceneFramer
  /** Looks at every frame of a stretch: times of its hard cuts, in seconds of the recording. */
  findCuts: (request: { media: Media; path: string; info: MediaInfo; range: TimeRange }) => Promise<number[]>
}

/** Decides where the camera looks during one moment. */
export async function handleReframe(context: StepContext, { framer, findCuts }: Dependencies): Promise<void> {
  const { db, media, settings, signal, step } = context
  const recording = await recordingOf(context)
  const { start, end } = await getMoment(db, pinOf(context, 'detectionId'), step.subject)
  const range = { start, end }
  const memoKey = contentHash({
    kind: 'reframe',
    version,
    recording: recording.contentHash,
    range,
    aspect: settings.aspect,
    framer: [framer.name, framer.version],
    tools: media.tools.fingerprint,
  })
  if (await context.reuse(memoKey)) return
  context.report({ fraction: 0, message: 'deciding where the camera looks' })
  const { info } = recording
  const { scenes } = await getAnalysis(db, pinOf(context, 'analysisId'))
  const framing = await readSource(db, recording, (path) =>
    frameSpan({
      range,
      scenes,
      findCuts: (within) => findCuts({ media, path, info, range: within }),
      info,
      aspect: settings.aspect,
      framer,
      media,
      path,
      signal,
    }),
  )
  await context.finish(async () => ({ framing }), { memoKey })
}
