import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Aspect, CaptionStyle, SceneFraming } from '../../domain/clip.ts'
import type { Detection, Detector, Mode, Moment } from '../../domain/moment.ts'
import type { Platform } from '../../domain/platform.ts'
import { roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { TranscriptOrigin } from '../../domain/transcript.ts'
import type { DocumentedEdit } from './describe-edit.ts'
import {
  type DocumentedClip,
  type DocumentedMoment,
  type MomentsDocument,
  momentsDocumentSchema,
  momentsSchemaName,
} from './moments-document.ts'

export interface MomentsDocumentInput {
  recording: {
    name: string
    path: string
    /** Seconds. */
    duration: number
    hash: string
    /** As displayed, in pixels; null without a picture. */
    video: { width: number; height: number } | null
  }
  run: {
    id: string
    mode: Mode
    /** What was looked for in `query` mode. */
    query?: string | null
    /** Where the clips are meant to be posted. */
    platform?: Platform | null
    count: number
    /** Seconds. */
    min: number
    /** Seconds. */
    max: number
    aspect: Aspect
    captions: CaptionStyle
    draft?: boolean
    /** ISO 8601 in UTC. Leave it out where two runs should give the same bytes. */
    startedAt?: string
  }
  detector: Detector
  transcript: { origin: TranscriptOrigin; language: string | null; segments: number; warnings: string[] }
  detection: Pick<Detection, 'curve' | 'shortfall' | 'chapters'>
  moments: { moment: Moment; clip: ClipResult }[]
  warnings: string[]
}

interface ClipResultBase {
  version: number
  /** Stretches of the recording it plays, in this order. */
  ranges: TimeRange[]
  framing: (Pick<SceneFraming, 'start' | 'end' | 'kind' | 'reason'> & Partial<SceneFraming>)[]
  reused: boolean
  /** Left out where it is as it was first made. */
  edit?: DocumentedEdit
}

/** What became of one clip. Files are named relative to the folder that holds `moments.json`. */
export type ClipResult = ClipResultBase &
  (
    | {
        status: 'done'
        file: string
        thumbnail: string | null
        srt: string | null
        vtt: string | null
        /** Pixels. */
        width: number
        height: number
        /** Seconds. */
        duration: number
        /** Where the clip begins in its file, seconds. */
        startsAt?: number
        sizeBytes: number
        /** LUFS; null when the clip is silent. */
        loudness: number | null
        draft?: boolean
        /** Whether the picture was copied, and why; null where nobody would expect it. */
        fastPath?: { used: boolean; detail: string } | null
        /** What is not as it should be. */
        warnings?: string[]
        sha256?: string | null
      }
    | { status: 'failed'; error: ErrorRecord }
  )

/**
 * The content of `moments.json`. The same input gives the same bytes: moments by rank, features by name, times rounded
 * to milliseconds, no clock read.
 * @throws z.ZodError when the input breaks the schema, which is a mistake of ours
 */
export function writeMomentsDocument(input: MomentsDocumentInput): MomentsDocument {
  const { recording, run, transcript, detection } = input
  return momentsDocumentSchema.parse({
    schema: momentsSchemaName,
    recording: { ...recording, duration: roundToMs(recording.duration) },
    run: { ...run, query: run.query ?? null, platform: run.platform ?? null, startedAt: run.startedAt ?? null },
    detector: input.detector,
    transcript,
    shortfall: detection.shortfall,
    chapters: (detection.chapters ?? []).map((chapter) => ({ ...chapter, ...roundRange(chapter) })),
    curve: { step: detection.curve.step, values: detection.curve.values.map(roundShare) },
    moments: input.moments.map(documentMoment).sort((a, b) => a.rank - b.rank),
    warnings: input.warnings,
  })
}

function documentMoment({ moment, clip }: { moment: Moment; clip: ClipResult }): DocumentedMoment {
  return {
    ...moment,
    ...roundRange(moment),
    title: clip.edit?.title ?? moment.title,
    score: roundShare(moment.score),
    confidence: roundShare(moment.confidence),
    features: sortedByName(moment.features),
    hook: moment.hook ?? null,
    reasons: moment.reasons.map((reason) => ({ ...reason, weight: roundShare(reason.weight) })),
    span: moment.span === undefined ? null : roundRange(moment.span),
    clip: documentClip(clip),
  }
}

function documentClip(clip: ClipResult): DocumentedClip {
  const base = {
    version: clip.version,
    ranges: clip.ranges.map(roundRange),
    framing: clip.framing.map((scene) => ({ ...scene, ...roundRange(scene) })),
    reused: clip.reused,
    edit: clip.edit ?? null,
  }
  if (clip.status === 'failed') return { ...base, status: 'failed', file: null, error: documentError(clip.error) }
  const { status, file, thumbnail, srt, vtt, width, height, sizeBytes } = clip
  return {
    ...base,
    status,
    file,
    thumbnail,
    srt,
    vtt,
    width,
    height,
    sizeBytes,
    duration: roundToMs(clip.duration),
    startsAt: roundToMs(clip.startsAt ?? 0),
    loudness: clip.loudness === null ? null : Math.round(clip.loudness * 10) / 10,
    draft: clip.draft ?? false,
    fastPath: clip.fastPath ?? null,
    warnings: clip.warnings ?? [],
    sha256: clip.sha256 ?? null,
    error: null,
  }
}

function documentError({ code, message, hint, evidence }: ErrorRecord) {
  return { code, message, hint: hint ?? null, evidence: evidence ?? null }
}

const roundRange = ({ start, end }: TimeRange) => ({ start: roundToMs(start), end: roundToMs(end) })

/** Four decimals: a tenth of what the bars show, and it keeps a curve of hours small. */
const roundShare = (value: number) => Math.round(value * 10_000) / 10_000

function sortedByName(features: Record<string, number>): Record<string, number> {
  const names = Object.keys(features).sort()
  return Object.fromEntries(names.map((name) => [name, roundShare(features[name] ?? 0)]))
}
