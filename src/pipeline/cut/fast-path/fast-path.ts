import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../domain/app-error.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { seekInput } from '../../../media/seek-input.ts'
import { checkQuality } from '../gate/quality-gate.ts'
import { failuresOf } from '../gate/quality-report.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import { planReads } from '../graph/plan-reads.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import type { GoodClip, MakeRequest } from '../make-good-clip.ts'
import { soundFilters } from '../sound/audio-filters.ts'
import { type LoudnessPlan, measureSpanLoudness } from '../sound/measure-span-loudness.ts'
import { musicArgs } from '../sound/treat/treatment.ts'
import { checkSeams } from './check-seams.ts'
import { NoFastPath } from './choose-copy.ts'
import { copyPicture } from './copy-picture.ts'
import type { FastPathResult } from './fast-path-result.ts'

interface FastClip {
  /** The finished clip; null when it has to be made the normal way. */
  made: GoodClip | null
  result: FastPathResult
  /** Of its picture, pixels. */
  size: { width: number; height: number }
}

const pictureFile = 'picture.mp4'

/**
 * Makes a clip by copying its picture from the recording; only its ends are made anew, and its sound. What comes out goes through the
 * quality gate like any other clip, and its seams are decoded. Whatever speaks against it is told, not thrown: there is the normal way.
 */
export async function takeFastPath(request: MakeRequest): Promise<FastClip> {
  const { video } = request.source.info
  const size = { width: video?.width ?? 0, height: video?.height ?? 0 }
  try {
    const { made, share } = await makeFast(request, size)
    const detail = `Picture copied from the recording, but for ${share} of it at its ends.`
    return { made, result: { used: true, detail }, size }
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    return { made: null, result: { used: false, detail: `Made anew: ${reason}` }, size }
  }
}

/** A tool that failed at a recording may manage it the normal way; a cancel or a full disk is no reason to go on. */
function reasonOf(error: unknown): string | null {
  if (error instanceof NoFastPath) return error.message
  if (error instanceof RangeError) return 'The recording says odd things about its coding.'
  return error instanceof AppError && error.code === 'FFMPEG_FAILED' ? 'ffmpeg could not copy this part.' : null
}

async function makeFast(request: MakeRequest, size: FastClip['size']): Promise<{ made: GoodClip; share: string }> {
  const { media, source, timeline, threads, folder, fileName, onProgress } = request
  const { video } = source.info
  const [stretch, ...others] = timeline.stretches
  if (!video || !stretch || others.length > 0) throw new NoFastPath('The clip is put together from several pieces.')
  if (request.pictures.burnIn.scripts.length > 0) throw new NoFastPath('Something is drawn over the picture.')
  onProgress?.({ fraction: 0.05, message: 'copying the picture' })
  const { frameRate, frameCount } = timeline
  const { start, copied } = await copyPicture({
    ...{ media, source: { path: source.path, info: { ...source.info, video } }, start: stretch.start },
    ...{ frameRate, frameCount, threads, folder, fileName: pictureFile },
  })
  onProgress?.({ fraction: 0.6, message: 'making the sound' })
  const snapped: Timeline = { ...timeline, stretches: [{ ...stretch, start }] }
  const loudness = await measureAgain(request, snapped)
  const sounding = { ...request, timeline: snapped, loudness }
  await media.ffmpeg({ args: soundArgs(sounding), cwd: folder, duration: timeline.duration })
  await rm(join(folder, pictureFile), { force: true })
  onProgress?.({ fraction: 0.85, message: 'checking the clip' })
  await checkSeams({ media, folder, fileName, frameRate, frameCount, copied })
  const { checks, inspection } = await checkQuality({
    ...{ media, source, timeline: snapped, folder, fileName, ...request.pictures },
    output: size,
    expectedLoudness: loudness.expected,
    findFaces: request.findFaces ?? null,
  })
  const [failure] = failuresOf(checks)
  if (failure) throw new NoFastPath(`The copy was not good: ${failure.detail}`)
  const anew = frameCount - (copied.endFrame - copied.firstFrame)
  const share = `${(anew / perSecond(frameRate)).toFixed(1)} s`
  return { made: { checks, inspection, loudness, repaired: false }, share }
}

/** Half a frame more or less at its start can be a whole block of the meter, which is a decibel where little is said. */
async function measureAgain(request: MakeRequest, timeline: Timeline): Promise<LoudnessPlan> {
  const { media, source, track, loudness, folder } = request
  if (timeline.stretches[0]?.start === request.timeline.stretches[0]?.start) return loudness
  const { warnings, treatment } = loudness
  const again = await measureSpanLoudness({ media, source, timeline, track, folder, treatment })
  return { ...again, warnings }
}

/** The copied picture with the clip's sound, as any clip has it. */
function soundArgs({ source, timeline, track, loudness, folder, fileName }: MakeRequest): string[] {
  const { gain, treatment } = loudness
  const inputs = planReads(timeline).map(({ start, frameCount }) => {
    const seconds = frameCount / perSecond(timeline.frameRate) + 0.5
    const options = ['-vn', '-sn', '-dn']
    return seekInput({ path: source.path, container: source.info.container, start, seconds, options })
  })
  const heard = track ? inputs : []
  const sound = soundFilters({ timeline, inputs: heard, track, gain, treatment, musicInput: heard.length })
  const music = treatment?.music ? musicArgs(treatment.music) : []
  const opened = [...heard.flatMap(({ args }) => args), ...music]
  return [
    opened,
    mediaInput(join(folder, pictureFile)),
    ['-filter_complex', sound.join(';'), '-map', `${opened.filter((arg) => arg === '-i').length}:v`, '-map', '[sound]'],
    ['-c:v', 'copy', '-c:a', 'aac', '-b:a', '160k'],
    ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart'],
    ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4', '-y', fileName],
  ].flat()
}
