import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ClipEdit, type ClipStyle, type Framing, frameSizes } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { Progress } from '../../domain/run.ts'
import type { Segment } from '../../domain/transcript.ts'
import type { Media } from '../../media/create-media.ts'
import { wordsOfClip } from './captions/plan-captions.ts'
import { writeSrt } from './captions/write-srt.ts'
import { writeVtt } from './captions/write-vtt.ts'
import { chooseFrameRate, perSecond } from './choose-frame-rate.ts'
import { ClipFailedQuality } from './cut-errors.ts'
import { makeThumbnail } from './make-thumbnail.ts'
import { defaultLimit, type LoudnessPlan, measureSpanLoudness } from './measure-span-loudness.ts'
import type { Loudness } from './parse-loudness.ts'
import { placeFiles, withSpace } from './place-files.ts'
import { planGraph } from './plan-graph.ts'
import { planTimeline, playedRanges } from './plan-timeline.ts'
import { type PreparedPictures, preparePictures } from './prepare-pictures.ts'
import { captionRows, checkQuality, type GateRequest } from './quality-gate.ts'
import { failuresOf, type QualityCheck, type QualityReport } from './quality-report.ts'

export interface RenderRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  edit: ClipEdit
  framing: Framing
  /** The recording's transcript, or the part of it around the clip. */
  segments: Segment[]
  style: ClipStyle
  /** Threads of the video encoder; part of what decides the bytes. */
  threads: number
  /** A folder of this attempt alone; made when missing, always gone afterwards. Best on the file system of `output`. */
  workFolder: string
  /** Path of the clip, ending in `.mp4`; thumbnail, SRT and VTT get the same name with their own endings. */
  output: string
  /** Name of the recording, shown where it has no picture. */
  title: string
  onProgress?: (progress: Progress) => void
}

export interface RenderedClip {
  path: string
  thumbnailPath: string
  srtPath: string
  vttPath: string
  /** Seconds. */
  duration: number
  sizeBytes: number
  width: number
  height: number
  /** Of the finished file. */
  loudness: Loudness
  quality: QualityReport
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
  const { media, source, edit, framing, segments, style, workFolder, output, title, onProgress } = request
  const size = frameSizes[style.aspect]
  const frameRate = chooseFrameRate(source.info.video)
  const timeline = planTimeline({ edit, framing, frameRate })
  const words = wordsOfClip({ segments, ranges: playedRanges(timeline) })
  const track = source.info.audio[0] ?? null

  onProgress?.({ fraction: 0, message: 'measuring loudness' })
  const loudness = await measureSpanLoudness({ media, path: source.path, timeline, track })
  const pictures = await preparePictures({
    ...{ media, source, words, captions: style.captions, size },
    ...{ frameRate: perSecond(frameRate), title, folder: workFolder },
  })
  const made = await makeGoodClip({ request, timeline, size, track, pictures, loudness })

  onProgress?.({ fraction: 0.97, message: 'making the thumbnail' })
  const rows = captionRows({ captions: pictures.captions, output: size })
  await makeThumbnail({
    ...{ media, folder: workFolder, clipName: names.clip, fileName: names.thumbnail, size, captionRows: rows },
    ...{ keyframes: made.inspection.keyframes, duration: timeline.duration },
  })
  await writeFile(join(workFolder, names.srt), writeSrt(words))
  await writeFile(join(workFolder, names.vtt), writeVtt(words))
  const { size: sizeBytes } = await stat(join(workFolder, names.clip))
  const paths = await moveIntoPlace(workFolder, output)
  onProgress?.({ fraction: 1, message: 'done' })
  return {
    ...paths,
    duration: timeline.duration,
    sizeBytes,
    ...size,
    loudness: made.inspection.loudness,
    quality: { checks: made.checks, repaired: made.repaired },
    warnings: [...made.loudness.warnings, ...pictures.warnings, ...hdrWarning(source.info)],
  }
}

interface GoodClipRequest {
  request: RenderRequest
  timeline: ReturnType<typeof planTimeline>
  size: { width: number; height: number }
  track: MediaInfo['audio'][number] | null
  pictures: PreparedPictures
  loudness: LoudnessPlan
}

/** Makes the clip and checks it; when it is not good, makes it once more with what was learned. */
async function makeGoodClip(making: GoodClipRequest) {
  const first = await makeAndCheck(making, making.loudness)
  if (failuresOf(first.checks).length === 0) return { ...first, loudness: making.loudness, repaired: false }
  const loudness = await repairLoudness(making, first)
  const second = await makeAndCheck(making, loudness)
  const failures = failuresOf(second.checks)
  if (failures.length > 0) throw new ClipFailedQuality(failures)
  return { ...second, loudness, repaired: true }
}

async function makeAndCheck({ request, timeline, size, track, pictures }: GoodClipRequest, loudness: LoudnessPlan) {
  const { media, source, threads, workFolder, onProgress } = request
  const { burnIn, card } = pictures
  const args = planGraph({
    ...{ source, timeline, output: size, burnIn, card, gain: loudness.gain, track, threads },
    ...{ capabilities: media.tools.capabilities, fileName: names.clip },
  })
  await media.ffmpeg({
    args: ['-y', ...args],
    cwd: workFolder,
    duration: timeline.duration,
    onProgress: ({ fraction }) => onProgress?.({ fraction: 0.03 + 0.87 * fraction, message: 'rendering' }),
  })
  onProgress?.({ fraction: 0.9, message: 'checking the clip' })
  const gate: GateRequest = {
    ...{ media, source, timeline, output: size, folder: workFolder, fileName: names.clip },
    ...pictures,
    expectedLoudness: loudness.expected,
  }
  return checkQuality(gate)
}

/**
 * What the encoder added to the peaks is taken off the limiter's ceiling, and the sound measured again. Where sound was not
 * the trouble the same is made once more: a disk or a memory hiccup does not come twice.
 */
async function repairLoudness(
  { request, timeline, track, loudness }: GoodClipRequest,
  { checks, inspection }: { checks: QualityCheck[]; inspection: { loudness: Loudness } },
): Promise<LoudnessPlan> {
  const soundFailed = failuresOf(checks).some(({ name }) => name === 'loudness' || name === 'true-peak')
  if (!soundFailed) return loudness
  const over = Math.max(0, (inspection.loudness.truePeak ?? 0) + 1)
  const { media, source } = request
  return measureSpanLoudness({ media, path: source.path, timeline, track, limitDb: defaultLimit - over - 0.5 })
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

function hdrWarning({ video }: MediaInfo): string[] {
  return video?.hdr ? ['The recording is HDR; its colours look flatter in the clip than they should.'] : []
}
