import { z } from 'zod'
import { aspects, captionStyles } from '../../domain/clip.ts'
import { genres, modes } from '../../domain/moment.ts'
import { platforms } from '../../domain/platform.ts'
import { documentedEdit } from './describe-edit.ts'

/**
 * What `moments.json` says, version 1. Fields may be added without a new version; a field that goes or changes its
 * meaning makes it `clipwright.moments/2`. Every field is described, with its unit, in docs/guide/moments-json.md.
 */
export const momentsSchemaName = 'clipwright.moments/1'

const seconds = z.number().nonnegative()
const share = z.number().min(0).max(1)
const pixels = z.number().int().positive()
const range = { start: seconds, end: seconds }

const detector = z.object({
  rung: z.enum(['llm', 'local-model', 'ranker', 'signals']),
  name: z.string(),
  version: z.string(),
})

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
const framing = z.object({
  ...range,
  kind: z.enum(['crop', 'split', 'blurred-fit', 'card']),
  crop: box.nullable().optional(),
  moves: z.array(z.object({ time: seconds, seconds: z.number(), x: z.number(), y: z.number() })).optional(),
  panels: z.array(box).optional(),
  faces: z.number().int().nonnegative().optional(),
  by: z.literal('hand').optional(),
  reason: z.string(),
})

const evidence = z.object({
  command: z.string().optional(),
  exitCode: z.number().nullable().optional(),
  signal: z.string().nullable().optional(),
  output: z.string().optional(),
  durationSeconds: z.number().optional(),
})

const error = z.object({
  code: z.string().min(1),
  message: z.string(),
  hint: z.string().nullable(),
  evidence: evidence.nullable(),
})

const whatEveryClipHas = {
  /** Of the edit: 1 is how it was first made. */
  version: z.number().int().positive(),
  ranges: z.array(z.object(range)).min(1),
  framing: z.array(framing),
  reused: z.boolean(),
  edit: documentedEdit,
}

const doneClip = z.object({
  status: z.literal('done'),
  ...whatEveryClipHas,
  file: z.string().min(1),
  thumbnail: z.string().min(1).nullable(),
  srt: z.string().min(1).nullable(),
  vtt: z.string().min(1).nullable(),
  width: pixels,
  height: pixels,
  duration: seconds,
  startsAt: seconds.default(0),
  sizeBytes: z.number().int().nonnegative(),
  loudness: z.number().nullable(),
  draft: z.boolean().default(false),
  fastPath: z.object({ used: z.boolean(), detail: z.string() }).nullable().default(null),
  warnings: z.array(z.string()).default([]),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  error: z.null(),
})

const failedClip = z.object({ status: z.literal('failed'), ...whatEveryClipHas, file: z.null(), error })

const moment = z.object({
  rank: z.number().int().positive(),
  ...range,
  score: share,
  confidence: share,
  genre: z.enum(genres),
  title: z.string(),
  text: z.string(),
  firstSegment: z.number().int().nonnegative(),
  lastSegment: z.number().int().nonnegative(),
  features: z.record(z.string(), z.number()),
  reasons: z.array(z.object({ feature: z.string(), text: z.string(), weight: z.number() })),
  detector,
  hook: z.string().nullable().default(null),
  // Documents of earlier versions have none.
  span: z.object(range).nullable().default(null),
  clip: z.discriminatedUnion('status', [doneClip, failedClip]),
})

export const momentsDocumentSchema = z.object({
  schema: z.literal(momentsSchemaName),
  recording: z.object({
    name: z.string(),
    path: z.string(),
    duration: seconds,
    hash: z.string(),
    video: z.object({ width: pixels, height: pixels }).nullable(),
  }),
  run: z.object({
    id: z.string(),
    mode: z.enum(modes),
    query: z.string().nullable().default(null),
    platform: z.enum(platforms).nullable().default(null),
    count: z.number().int().positive(),
    min: seconds,
    max: seconds,
    aspect: z.enum(aspects),
    captions: z.enum(captionStyles),
    draft: z.boolean().default(false),
    startedAt: z.iso.datetime().nullable(),
  }),
  detector,
  transcript: z.object({
    origin: z.object({
      kind: z.enum(['given', 'sidecar', 'platform', 'embedded', 'local', 'cloud', 'none']),
      name: z.string(),
      format: z
        .enum(['srt', 'vtt', 'whisper', 'whisperx', 'assemblyai', 'deepgram', 'podcasting', 'clipwright'])
        .nullable(),
    }),
    language: z.string().nullable(),
    segments: z.number().int().nonnegative(),
    warnings: z.array(z.string()),
  }),
  shortfall: z.string().nullable(),
  chapters: z.array(z.object({ ...range, title: z.string() })).default([]),
  curve: z.object({ step: z.number().positive(), values: z.array(z.number()) }),
  moments: z.array(moment),
  /** Files for editors beside this one. Documents of earlier versions have none. */
  exports: z.array(z.string().min(1)).default([]),
  warnings: z.array(z.string()),
})

export type MomentsDocument = z.infer<typeof momentsDocumentSchema>
export type DocumentedMoment = MomentsDocument['moments'][number]
export type DocumentedClip = DocumentedMoment['clip']
export type DoneClip = Extract<DocumentedClip, { status: 'done' }>
export type FailedClip = Extract<DocumentedClip, { status: 'failed' }>
