import type { ErrorRecord } from '../../domain/app-error.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import { overlapOf, type TimeRange } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { getAnalysis } from '../../library/analyses.store.ts'
import { type EventToSave, saveEvent } from '../../library/events.store.ts'
import { getMoment } from '../../library/moments.store.ts'
import { getSegments } from '../../library/transcripts.store.ts'
import type { Media } from '../../media/create-media.ts'
import { contentHash } from '../content-hash.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { readSource } from '../source-file.ts'
import type { StepContext } from '../step-context.ts'
import type { FaceDetector } from './face-detector.ts'
import { easyFraming, frameSpan } from './frame-moment.ts'
import type { Speech } from './who-speaks.ts'

/** Raise when the same span could be framed otherwise. */
const version = 3

interface Dependencies {
  detector: FaceDetector
  /** Looks at every frame of a stretch: times of its hard cuts, in seconds of the recording. */
  findCuts: (request: { media: Media; path: string; info: MediaInfo; range: TimeRange }) => Promise<number[]>
}

/** Decides where the camera looks during one moment. */
export async function handleReframe(context: StepContext, { detector, findCuts }: Dependencies): Promise<void> {
  const { db, media, settings, signal, step } = context
  const recording = await recordingOf(context)
  const { start, end } = await getMoment(db, pinOf(context, 'detectionId'), step.subject)
  const range = { start, end }
  const speeches = (await getSegments(db, pinOf(context, 'transcriptId'), range)).map(toSpeech)
  const overrides = (settings.framing ?? []).filter((override) => overlapOf(override, range) > 0)
  const isEasy = recording.info.video && easyFraming({ range, video: recording.info.video, aspect: settings.aspect })
  // Elsewhere faces are looked for anyway, so that another style of captions changes nothing here.
  const mustKnowFaces = isEasy !== null && settings.captions !== 'none'
  const memoKey = contentHash({
    kind: 'reframe',
    version,
    recording: recording.contentHash,
    range,
    aspect: settings.aspect,
    detector: [detector.name, detector.version],
    speeches,
    overrides,
    mustKnowFaces,
    tools: media.tools.fingerprint,
  })
  if (await context.reuse(memoKey)) return
  const message = 'deciding where the camera looks'
  context.report({ fraction: 0, message })
  const { info } = recording
  const { scenes } = await getAnalysis(db, pinOf(context, 'analysisId'))
  const { framing, faces, failure } = await readSource(db, recording, (path) =>
    frameSpan({
      range,
      scenes,
      findCuts: (within) => findCuts({ media, path, info, range: within }),
      speeches,
      overrides,
      info,
      aspect: settings.aspect,
      detector,
      media,
      path,
      mustKnowFaces,
      signal,
      onProgress: (fraction) => context.report({ fraction, message }),
    }),
  )
  await context.finish(
    async (tx) => {
      if (failure) await saveEvent(tx, facesMissed(context, { failure, recordingId: recording.id }))
      return { framing, ...(faces && { faces }) }
    },
    // What was framed without looking for faces is good enough for this run, not for the next one.
    failure ? {} : { memoKey },
  )
}

/** Of the words only when they are said matters, and by whom. */
function toSpeech({ start, end, speaker }: Segment): Speech {
  return { start, end, speaker }
}

function facesMissed(
  { run, step }: StepContext,
  { failure, recordingId }: { failure: ErrorRecord; recordingId: string },
): EventToSave {
  return {
    severity: 'warn',
    component: 'reframe',
    name: 'reframe.faces-missed',
    message: `Clip ${step.subject} was framed without all of its faces. ${failure.message}`,
    data: failure,
    runId: run.id,
    recordingId,
  }
}
