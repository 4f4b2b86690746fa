import { createHash } from 'node:crypto'
import { contentOfBrand } from '../../domain/brand.ts'
import type { ClipEdit, ClipStyle, CropBox, Framing } from '../../domain/clip.ts'
import type { VideoStream } from '../../domain/media-info.ts'
import { overlapOf } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { brandVersion } from './brand/open-brand.ts'
import { captionVersion } from './captions/build-captions.ts'
import type { FaceBox } from './captions/place-phrases.ts'
import { wordsOfClip } from './captions/plan-captions.ts'
import { audiogramVersion } from './card/audiogram/draw-audiogram.ts'
import { fastPathObstacle, fastPathVersion } from './fast-path/fast-path-obstacle.ts'
import { coloursVersion } from './graph/ordinary-colours.ts'
import { graphVersion } from './graph/plan-graph.ts'
import { openingInputs } from './opening/find-opening.ts'
import { soundVersion } from './sound/treat/treatment.ts'

export interface RenderingInputs {
  /** Hash of the recording's bytes. */
  contentHash: string
  edit: ClipEdit
  framing: Framing
  /** Where faces are in the recording; captions keep off them. */
  faces?: readonly FaceBox[] | undefined
  segments: Segment[]
  style: ClipStyle
  /** Name of the recording; drawn where it has no picture. */
  title: string
  /** What a brand's hook title says. */
  hook?: string | null | undefined
  draft?: boolean | undefined
  /** Of the recording. */
  video?: VideoStream | null | undefined
  /** False: the picture is made anew even where it could be copied. */
  fastPath?: boolean | undefined
  fontFingerprint: string
  /** Of ffmpeg's build. */
  toolFingerprint: string
  threads: number
}

/**
 * Names a rendering by everything that goes into its files, and by nothing else: the same key, the same bytes. Reasons for
 * a framing, segments outside the clip and a title that is not drawn make no difference, so they make no other key.
 */
export function renderingKey(inputs: RenderingInputs): string {
  const {
    contentHash,
    edit,
    framing,
    faces = [],
    segments,
    style,
    title,
    fontFingerprint,
    toolFingerprint,
    threads,
  } = inputs
  const seen = faces.filter((face) => edit.ranges.some((range) => overlapOf(face, range) > 0))
  const isCard = framing.scenes.some(({ kind }) => kind === 'card')
  const ingredients = [
    ['content', contentHash],
    ['ranges', edit.ranges.map(({ start, end }) => [start, end])],
    ...(edit.zoom === undefined ? [] : [['zoom', edit.zoom]]),
    ['framing', framing.aspect, framing.scenes.map(lookOf)],
    [
      'words',
      wordsOfClip({ segments, ranges: edit.ranges }).map(({ text, start, end, speaker }) => [
        text,
        start,
        end,
        speaker,
      ]),
    ],
    ['style', style.aspect, style.captions],
    ['title', isCard ? title : null],
    ...(isCard ? audiogramOf(style) : []),
    openingInputs({ edit, segments, faces }),
    ...(seen.length > 0 && (style.captions !== 'none' || style.brand) ? [['faces', seen]] : []),
    ...brandOf(inputs),
    ...soundOf(style),
    ...(inputs.video?.transfer ? [['colours', coloursVersion]] : []),
    ...(inputs.draft ? [['draft']] : []),
    ...(isCopied(inputs) ? [['fast-path', fastPathVersion]] : []),
    ['font', fontFingerprint],
    ['versions', graphVersion, captionVersion(style.captions)],
    ['tools', toolFingerprint, threads],
  ]
  return createHash('sha256').update(JSON.stringify(ingredients)).digest('hex')
}

/** What moves on a card; one that stands still has the key it always had. */
function audiogramOf({ audiogram = 'waveform' }: ClipStyle): unknown[][] {
  return audiogram === 'still' ? [] : [['audiogram', audiogram, audiogramVersion]]
}

/** A brand by what is in its files, wherever they lie; clips without one keep the keys they had. */
function brandOf({ style: { brand }, hook = null }: RenderingInputs): unknown[][] {
  return brand ? [['brand', contentOfBrand(brand), brand.hookTitle ? hook : null, brandVersion]] : []
}

/** Whether copying is tried. */
function isCopied({ video = null, fastPath = true, ...clip }: RenderingInputs): boolean {
  return fastPath && fastPathObstacle({ ...clip, video }) === null
}

/** What is done to the sound, where something is: clips with none keep the keys they had. */
function soundOf({ sound }: ClipStyle): unknown[][] {
  if (!sound?.denoise && !sound?.deEss && !sound?.music) return []
  const { denoise = false, deEss = false, music } = sound
  return [['sound', soundVersion, denoise, deEss, music ? [music.sha256, music.level] : null]]
}

/** What is seen of a scene; what a scene does not have is left out, so that a plain crop has the key it always had. */
function lookOf({ start, end, kind, crop, moves = [], panels = [] }: Framing['scenes'][number]): unknown[] {
  const still = [start, end, kind, boxOf(crop)]
  if (moves.length === 0 && panels.length === 0) return still
  return [...still, moves.map(({ time, seconds, x, y }) => [time, seconds, x, y]), panels.map(boxOf)]
}

function boxOf(crop: CropBox | null): number[] | null {
  return crop ? [crop.x, crop.y, crop.width, crop.height] : null
}
