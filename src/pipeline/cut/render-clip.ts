import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ClipEdit, type ClipStyle, type Framing, frameSizes } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { Progress } from '../../domain/run.ts'
import { roundToMs } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import type { Media } from '../../media/create-media.ts'
import { prepareBookends } from './brand/bookends/prepare-bookends.ts'
import { openBrand } from './brand/open-brand.ts'
import type { ClipWord } from './captions/clip-word.ts'
import { facesInClip } from './captions/faces-in-clip.ts'
import type { FaceBox } from './captions/place-phrases.ts'
import { wordsOfClip } from './captions/plan-captions.ts'
import { writeSrt } from './captions/write-srt.ts'
import { writeVtt } from './captions/write-vtt.ts'
import { takeFastPath } from './fast-path/fast-path.ts'
import { fastPathObstacle, type Obstacle } from './fast-path/fast-path-obstacle.ts'
import type { FastPathResult } from './fast-path/fast-path-result.ts'
import type { FindFaces } from './gate/check-faces.ts'
import type { QualityReport } from './gate/quality-report.ts'
import { chooseFrameRate, perSecond } from './graph/choose-frame-rate.ts'
import { draftSize } from './graph/draft.ts'
import { isLightMapped } from './graph/ordinary-colours.ts'
import { planTimeline, playedRanges } from './graph/plan-timeline.ts'
import { makeGoodClip } from './make-good-clip.ts'
import { makeThumbnail } from './make-thumbnail.ts'
import { findOpening, openedAt } from './opening/find-opening.ts'
import { placeFiles, withSpace } from './place-files.ts'
import { preparePictures } from './prepare-pictures.ts'
import type { Loudness } from './sound/parse-loudness.ts'
import { planSound } from './sound/plan-sound.ts'

export interface RenderRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  edit: ClipEdit
  framing: Framing
  /** Where faces are in the recording (its seconds, pixels of its displayed picture), where that is known; captions keep off them. */
  faces?: readonly FaceBox[] | undefined
  /** The recording's transcript, or the part of it around the clip. */
  segments: Segment[]
  style: ClipStyle
  /** True for a smaller, faster one. */
  draft?: boolean | undefined
  /** False: the picture is made anew even where it could be copied. */
  fastPath?: boolean | undefined
  /** Threads of the video encoder; part of what decides the bytes. */
  threads: number
  /** A folder of this attempt alone; made when missing, always gone afterwards. Best on the file system of `output`. */
  workFolder: string
  /** Path of the clip, ending in `.mp4`; thumbnail, SRT and VTT get the same name with their own endings. */
  output: string
  /** Name of the recording, shown where it has no picture. */
  title: string
  /** What a brand's hook title says. */
  hook?: string | null | undefined
  /** For the quality gate; left out where faces can't be looked for. */
  findFaces?: FindFaces | null
  onProgress?: (progress: Progress) => void
}

export interface RenderedClip {
  path: string
  thumbnailPath: string
  srtPath: string
  vttPath: string
  /** Seconds, with what plays before and after. */
  duration: number
  /** Where the clip begins in it, seconds. */
  startsAt: number
  sizeBytes: number
  width: number
  height: number
  /** Of the finished file. */
  loudness: Loudness
  quality: QualityReport
  /** By how much it begins later than was asked, seconds (negative: earlier), and why; null where it begins as asked. */
  opening: { seconds: number; reason: string } | null
  /** Whether the picture was copied instead of made anew, and why; null where nobody would expect it. */
  fastPath: FastPathResult | null
  /** What is not as it should be, in sentences for a person. */
  warnings: string[]
}

/** Names in the working folder; plain, because they appear in filter graphs. */
const names = { clip: 'clip.mp4', thumbnail: 'clip.jpg', srt: 'clip.srt', vtt: 'clip.vtt' }

/**
 * Makes a clip's file with its thumbnail and sidecar captions. All or nothing: everything is made in the working folder,
 * checked there, and moved into place at the end, the clip itself last. Doing it again gives the same bytes.
 *
 * @throws ClipFailedQuality when the file is not good, twice; NoSpace; the failures of ffmpeg; the signal's reason
 */
export async function renderClip(request: RenderRequest): Promise<RenderedClip> {
  try {
    await withSpace(() => mkdir(request.workFolder, { recursive: true }))
    return await withSpace(() => render(request))
  } finally {
    await rm(request.workFolder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function render(request: RenderRequest): Promise<RenderedClip> {
  const { media, source, edit, framing, segments, style, draft, threads, workFolder, output, title, onProgress } =
    request
  const size = frameSizes[style.aspect]
  const frameRate = chooseFrameRate(source.info.video)
  const asked = planTimeline({ edit, framing, frameRate })
  const opening = await findOpening({ media, source, edit, timeline: asked, segments, faces: request.faces ?? [] })
  const opened = openedAt(edit, opening, perSecond(frameRate))
  const timeline = opening.frames === 0 ? asked : planTimeline({ edit: opened, framing, frameRate })
  const words = wordsOfClip({ segments, ranges: playedRanges(timeline) })
  const track = source.info.audio[0] ?? null

  onProgress?.({ fraction: 0, message: 'measuring loudness' })
  const loudness = await planSound({ media, source, timeline, track, style: style.sound, folder: workFolder })
  const brand = style.brand ? await openBrand(style.brand) : null
  const { duration } = timeline
  const bookends = brand
    ? await prepareBookends({ media, open: brand, frameRate, loudness: loudness.expected, duration })
    : null
  const preparing = {
    media,
    source,
    words,
    captions: style.captions,
    faces: source.info.video
      ? facesInClip({ faces: request.faces ?? [], timeline, source: source.info.video, output: size })
      : [],
    size,
    frameRate: perSecond(frameRate),
    duration,
    title,
    brand,
    hook: request.hook,
    audiogram: { look: style.audiogram ?? 'waveform', timeline, track, decibels: loudness.gain.decibels },
    folder: workFolder,
  }
  const pictures = await preparePictures(preparing)
  const making = {
    media,
    source,
    timeline,
    output: size,
    track,
    pictures,
    prepareAgain: () => preparePictures(preparing),
    loudness,
    bookends,
    threads,
    draft,
    folder: workFolder,
    fileName: names.clip,
    findFaces: request.findFaces ?? null,
    onProgress,
  }
  const obstacle = fastPathObstacle({ ...request, video: source.info.video })
  const isTried = obstacle === null && request.fastPath !== false
  const fast = isTried ? await takeFastPath(making) : null
  const made = fast?.made ?? (await makeGoodClip(making))
  const pictureSize = fast?.made ? fast.size : size

  onProgress?.({ fraction: 0.97, message: 'making the thumbnail' })
  await makeThumbnail({
    media,
    folder: workFolder,
    clipName: names.clip,
    fileName: names.thumbnail,
    size: pictureSize,
    keyframes: made.inspection.keyframes,
    duration,
    from: bookends?.secondsBefore,
    captionRows: pictures.captionRows,
  })
  const heard = laterBy(bookends?.secondsBefore ?? 0, words)
  await writeFile(join(workFolder, names.srt), writeSrt(heard))
  await writeFile(join(workFolder, names.vtt), writeVtt(heard))
  const { size: sizeBytes } = await stat(join(workFolder, names.clip))
  const paths = await moveIntoPlace(workFolder, output)
  onProgress?.({ fraction: 1, message: 'done' })
  return {
    ...paths,
    duration: (bookends?.secondsBefore ?? 0) + duration + (bookends?.secondsAfter ?? 0),
    startsAt: bookends?.secondsBefore ?? 0,
    sizeBytes,
    ...(draft ? draftSize(size) : pictureSize),
    loudness: made.inspection.loudness,
    fastPath: fast?.result ?? askedInVain(obstacle),
    opening:
      opening.reason === null ? null : { seconds: opening.frames / perSecond(frameRate), reason: opening.reason },
    quality: { checks: made.checks, repaired: made.repaired },
    warnings: [...made.loudness.warnings, ...pictures.warnings, ...hdrWarning(source.info, media.tools.capabilities)],
  }
}

/** Words as they are heard in the file, after what plays before the clip. */
function laterBy(seconds: number, words: ClipWord[]): ClipWord[] {
  if (seconds === 0) return words
  return words.map((word) => ({ ...word, start: roundToMs(word.start + seconds), end: roundToMs(word.end + seconds) }))
}

function askedInVain(obstacle: Obstacle | null): FastPathResult | null {
  return obstacle?.reason ? { used: false, detail: obstacle.reason } : null
}

async function moveIntoPlace(workFolder: string, output: string) {
  const stem = output.replace(/\.mp4$/i, '')
  const paths = { path: output, thumbnailPath: `${stem}.jpg`, srtPath: `${stem}.srt`, vttPath: `${stem}.vtt` }
  const placements = [
    { from: join(workFolder, names.srt), to: paths.srtPath },
    { from: join(workFolder, names.vtt), to: paths.vttPath },
    { from: join(workFolder, names.thumbnail), to: paths.thumbnailPath },
    { from: join(workFolder, names.clip), to: paths.path },
  ]
  await placeFiles(placements, basename(workFolder))
  return paths
}

function hdrWarning({ video }: MediaInfo, { filters }: { filters: ReadonlySet<string> }): string[] {
  if (!video?.hdr || isLightMapped(video, filters)) return []
  return [
    'The recording is HDR; its colours look flatter in the clip than they should. An ffmpeg with zscale mends that.',
  ]
}
