import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Aspect, CaptionStyle, ClipEdit } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import { overlapOf, type TimeRange } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { getAnalysis } from '../../library/analyses.store.ts'
import { type EventToSave, saveEvent } from '../../library/events.store.ts'
import { getMoment } from '../../library/moments.store.ts'
import type { Recording } from '../../library/recordings.store.ts'
import { getSegments } from '../../library/transcripts.store.ts'
import type { Media } from '../../media/create-media.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import type { SceneOverride } from '../framing-overrides.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { readSource } from '../source-file.ts'
import type { FaceDetector } from './face-detector.ts'
import { easyFraming } from './frame-moment.ts'
import { frameRanges } from './frame-ranges.ts'
import type { Speech } from './people/who-speaks.ts'
import { putOver } from './put-over.ts'
import { rangesToFrame } from './ranges-to-frame.ts'

/** Raise when the same span could be framed otherwise. */
const version = 4

interface Dependencies {
  /** What the clip of a moment plays, where a person wants the camera in it, and how it is to look. */
  editOf: (
    context: StepContext,
    about: { recording: Recording; moment: TimeRange },
  ) => Promise<{ edit: ClipEdit; overrides: SceneOverride[]; look: { aspect: Aspect; captions: CaptionStyle } }>
  detector: FaceDetector
  /** Looks at every frame of a stretch: times of its hard cuts, in seconds of the recording. */
  findCuts: (request: { media: Media; path: string; info: MediaInfo; range: TimeRange }) => Promise<number[]>
}

/** Decides where the camera looks during one moment. */
export async function handleReframe(context: StepContext, { editOf, detector, findCuts }: Dependencies): Promise<void> {
  const { db, media, settings, signal, step } = context
  const recording = await recordingOf(context)
  const moment = await getMoment(db, pinOf(context, 'detectionId'), step.subject)
  const { edit, overrides: byHand, look } = await editOf(context, { recording, moment })
  const ranges = rangesToFrame(edit, moment)
  const speeches = await speechesIn(context, ranges)
  const overrides = putOver(settings.framing ?? [], byHand).filter((override) =>
    ranges.some((range) => overlapOf(override, range) > 0),
  )
  const { aspect, captions } = look
  const { video } = recording.info
  const isEasy = video !== null && ranges.every((range) => easyFraming({ range, video, aspect }))
  // Elsewhere faces are looked for anyway, so that another style of captions changes nothing here.
  const mustKnowFaces = isEasy && captions !== 'none'
  const memoKey = contentHash({
    kind: 'reframe',
    version,
    recording: recording.contentHash,
    // One stretch has the key it had before there could be more.
    range: ranges.length === 1 ? ranges[0] : ranges,
    aspect,
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
    frameRanges({
      ranges,
      scenes,
      findCuts: (within) => findCuts({ media, path, info, range: within }),
      speeches,
      overrides,
      info,
      aspect,
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

async function speechesIn(context: StepContext, ranges: readonly TimeRange[]): Promise<Speech[]> {
  const speeches: Speech[] = []
  const transcriptId = pinOf(context, 'transcriptId')
  for (const range of ranges) speeches.push(...(await getSegments(context.db, transcriptId, range)).map(toSpeech))
  return speeches
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
