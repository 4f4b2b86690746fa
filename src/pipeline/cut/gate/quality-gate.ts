import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import type { BurnIn, CardPicture } from '../graph/plan-graph.ts'
import { planStills } from '../graph/plan-stills.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { checkCaptions, longestCaption } from './check-captions.ts'
import { checkFaces, type FindFaces } from './check-faces.ts'
import { checkFile, startOffsetOf } from './check-file.ts'
import { checkSynchrony, pictureLagOf } from './check-synchrony.ts'
import { findBlack, findStandstill, type Rows, rowMask } from './find-suspects.ts'
import { blackShareOf, changedShare, type GrayPicture, splitGrayPictures } from './gray-picture.ts'
import { type ClipInspection, inspectClip, smallSize } from './inspect-clip.ts'
import { measureSoundLag } from './measure-sound-lag.ts'
import { type QualityCheck, skipped, verdict } from './quality-report.ts'

export interface GateRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  timeline: Timeline
  /** The clip's picture as it is drawn, pixels. */
  output: { width: number; height: number }
  /** The picture in the file, where it is another size. */
  fileSize?: { width: number; height: number } | undefined
  card: CardPicture | null
  burnIn: BurnIn
  /** The captions as an ASS script; null when none are burned in, for the reason in `noCaptions`. */
  captions: string | null
  noCaptions: string
  /** Where captions are drawn, as shares of the height; null when none are. */
  captionRows: { from: number; to: number } | null
  /** What plays before and after the clip in its file, seconds. */
  around?: { before: number; after: number } | undefined
  /** Where a progress bar is drawn. */
  bars?: readonly Rows[] | undefined
  /** LUFS; null when there is nothing to hear. */
  expectedLoudness: number | null
  /** Left out where faces can't be looked for. */
  findFaces?: FindFaces | null
  /** The working folder with the finished clip, fonts and scripts. */
  folder: string
  fileName: string
}

/** At 96 % a stretch is black; a recording's own black is as dark as that, give or take its noise. */
const blackInSource = 0.9
/** Ten times what a standstill may change: the recording clearly moves where the clip does not. */
const movesInSource = 0.01

/**
 * Looks at a finished clip and compares it with what it should be. Reads the file once; what looks wrong in it is compared
 * with the recording, because a recording may be black or stand still for good reasons.
 */
export async function checkQuality(
  request: GateRequest,
): Promise<{ checks: QualityCheck[]; inspection: ClipInspection }> {
  const { media, source, folder, fileName, output, timeline, card, expectedLoudness } = request
  const { frameRate } = timeline
  const { before, after } = request.around ?? { before: 0, after: 0 }
  const duration = before + timeline.duration + after
  const inspection = await inspectClip({ media, folder, fileName, size: output, frameRate, duration })
  const checks = checkFile(inspection, { ...(request.fileSize ?? output), duration, loudness: expectedLoudness })
  if (inspection.keyframes.length === 0) return { checks, inspection }
  // Intro and outro are as their maker wanted them.
  const keyframes = inspection.keyframes
    .map(({ time, picture }) => ({ time: time - before, picture }))
    .filter(({ time }) => time > -0.001 && time < timeline.duration)
  const own = { ...inspection, keyframes }
  const { captions, pictureLag } = await compareWithRecording(request)
  const soundLag = await measureSoundLag({ media, source, timeline, before, folder, fileName })
  const synchrony = checkSynchrony({
    startOffset: startOffsetOf(inspection),
    soundLag: card ? null : soundLag,
    pictureLag,
  })
  const fileChecks = checks.map((check) => (check.name === 'synchrony' ? synchrony : check))
  const pictureChecks = [
    await checkBlack(request, own),
    await checkStandstill(request, own),
    captions,
    await checkFaces({ timeline, keyframes, findFaces: request.findFaces ?? null }),
  ]
  return { checks: [...fileChecks, ...pictureChecks], inspection }
}

async function checkBlack(request: GateRequest, { keyframes }: ClipInspection): Promise<QualityCheck> {
  if (request.card) return skipped('black', 'The picture is a card.')
  const black = findBlack(keyframes, request.timeline.duration)
  for (const stretch of black) {
    const pictures = await bareStills(request, momentsIn(stretch))
    if (!pictures.every((picture) => blackShareOf(picture) >= blackInSource)) {
      return verdict('black', false, `Black from ${secondsOf(stretch)} although the recording is not.`)
    }
  }
  if (black.length > 0) return skipped('black', `Black from ${black.map(secondsOf).join(', ')}, as the recording is.`)
  return verdict('black', true, 'There is something to see throughout.')
}

async function checkStandstill(request: GateRequest, { keyframes }: ClipInspection): Promise<QualityCheck> {
  if (request.card) return skipped('standstill', 'The picture is a card.')
  const { duration } = request.timeline
  const still = findStandstill(keyframes, { duration, rows: request.captionRows, bars: request.bars })
  for (const stretch of still) {
    const pictures = await bareStills(request, momentsIn(stretch))
    const moves = pictures.slice(1).some((picture, i) => changedShare(pictures[i] ?? picture, picture) >= movesInSource)
    if (moves)
      return verdict('standstill', false, `Stands still from ${secondsOf(stretch)} although the recording moves.`)
  }
  if (still.length > 0)
    return skipped('standstill', `Stands still from ${still.map(secondsOf).join(', ')}, as the recording does.`)
  return verdict('standstill', true, 'The picture moves.')
}

/** Frames before and after a time at which the recording is looked at: two are more than 40 ms at any rate up to 50. */
const framesAside = 2

/** Whether each frame of the clip is one of the recording: where its rate is changed, the nearest is shown, up to half of one early or late. */
function keepsFrames({ source: { info }, timeline }: GateRequest): boolean {
  const rate = perSecond(timeline.frameRate)
  const { video } = info
  if (!video || video.variableFrameRate || video.interlaced) return false
  return Math.abs(video.frameRate - rate) < 0.01 * rate
}

/** One look at the clip beside the recording, with and without captions, tells whether they are on it and whether it is in time. */
async function compareWithRecording(
  request: GateRequest,
): Promise<{ captions: QualityCheck; pictureLag: number | null }> {
  const { captions: script, noCaptions, timeline, folder, fileName, card, captionRows, bars = [] } = request
  const captioned = script === null ? null : longestCaption(script, timeline.duration)
  const aside = Math.max(0.05, framesAside / perSecond(timeline.frameRate))
  const time = captioned ?? timeline.duration / 2
  const isComparable = !card && keepsFrames(request) && time >= aside && time + aside < timeline.duration
  const offsets = isComparable ? [-aside, 0, aside] : [0]
  const burnIn = captioned === null ? null : request.burnIn
  const times = offsets.map((offset) => time + offset)
  const stills = await takeStills(request, { times, burnIn, clipPath: join(folder, fileName) })
  const each = stills.length / offsets.length
  const recording = offsets.flatMap((offset, i) => {
    const picture = stills[i * each]
    return picture ? [{ offset, picture }] : []
  })
  const here = offsets.indexOf(0) * each
  const [bare, drawn, clip] = [stills[here], stills[here + 1], stills[here + each - 1]]
  const covered = [...(captionRows ? [captionRows] : []), ...bars]
  const skip = clip && covered.length > 0 ? rowMask(clip, covered) : undefined
  const pictureLag = clip && offsets.length > 1 ? pictureLagOf(clip, recording, skip) : null
  if (captioned === null) return { captions: skipped('captions', noCaptions), pictureLag }
  if (!bare || !drawn || !clip) {
    return { captions: verdict('captions', false, `Nothing could be seen at ${time.toFixed(1)} s.`), pictureLag }
  }
  const { present, detail } = checkCaptions({ bare, drawn, clip })
  return { captions: verdict('captions', present, detail), pictureLag }
}

function bareStills(request: GateRequest, times: number[]): Promise<GrayPicture[]> {
  return takeStills(request, { times, burnIn: null, clipPath: null })
}

interface Stills {
  times: number[]
  burnIn: BurnIn | null
  clipPath: string | null
}

async function takeStills(request: GateRequest, stills: Stills): Promise<GrayPicture[]> {
  const { media, source, timeline, output, card, folder } = request
  const [fileName, secondsBefore] = ['stills.gray', request.around?.before]
  const { capabilities } = media.tools
  const args = planStills({ source, timeline, output, card, secondsBefore, ...stills, capabilities, fileName })
  await media.ffmpeg({ args, cwd: folder })
  return splitGrayPictures(await readFile(join(folder, fileName)), smallSize(output))
}

/** Three moments, away from the ends, where a fade or a cut may still be. */
function momentsIn(stretch: TimeRange): number[] {
  return [0.1, 0.5, 0.9].map((share) => stretch.start + share * lengthOf(stretch))
}

function secondsOf({ start, end }: TimeRange): string {
  return `${start.toFixed(1)} to ${end.toFixed(1)} s`
}
