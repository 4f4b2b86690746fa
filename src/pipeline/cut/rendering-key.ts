import { createHash } from 'node:crypto'
import type { ClipEdit, ClipStyle, Framing } from '../../domain/clip.ts'
import type { Segment } from '../../domain/transcript.ts'
import { captionStyleVersion } from './captions/build-captions.ts'
import { wordsOfClip } from './captions/plan-captions.ts'
import { graphVersion } from './plan-graph.ts'

export interface RenderingInputs {
  /** Hash of the recording's bytes. */
  contentHash: string
  edit: ClipEdit
  framing: Framing
  segments: Segment[]
  style: ClipStyle
  /** Name of the recording; drawn where it has no picture. */
  title: string
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
  const { contentHash, edit, framing, segments, style, title, fontFingerprint, toolFingerprint, threads } = inputs
  const isCard = framing.scenes.some(({ kind }) => kind === 'card')
  const ingredients = [
    ['content', contentHash],
    ['ranges', edit.ranges.map(({ start, end }) => [start, end])],
    ['framing', framing.aspect, framing.scenes.map(({ start, end, kind, crop }) => [start, end, kind, boxOf(crop)])],
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
    ['font', fontFingerprint],
    ['versions', graphVersion, captionStyleVersion],
    ['tools', toolFingerprint, threads],
  ]
  return createHash('sha256').update(JSON.stringify(ingredients)).digest('hex')
}

function boxOf(crop: Framing['scenes'][number]['crop']): number[] | null {
  return crop ? [crop.x, crop.y, crop.width, crop.height] : null
}
