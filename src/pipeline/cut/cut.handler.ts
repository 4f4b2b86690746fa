import { access, rm, stat } from 'node:fs/promises'
import { contentOfBrand } from '../../domain/brand.ts'
import type { ClipStyle } from '../../domain/clip.ts'
import { saveClipVersion, setRendering } from '../../library/clips.store.ts'
import { getMoment } from '../../library/moments.store.ts'
import { findRendering, type Rendering, saveRendering } from '../../library/renderings.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { reframeOutput } from '../reframe/reframe.job.ts'
import { type RenderingFiles, renderingFiles, renderingPath, renderingReport } from '../rendering-files.ts'
import { readSource } from '../source-file.ts'
import { captionFingerprint } from './captions/build-captions.ts'
import { wordsOfClip } from './captions/plan-captions.ts'
import { editOfMoment } from './edit/edit-of-moment.ts'
import type { GuessLanguage } from './edit/plan-edit.ts'
import type { FindFaces } from './gate/check-faces.ts'
import { type RenderedClip, renderClip } from './render-clip.ts'
import { renderingKey } from './rendering-key.ts'
import { checkSameMusic, soundStyleOf } from './sound/music-file.ts'

// x264's result depends on its threads, so their number is fixed, whatever machine renders. Two keep one clip's encode
// from waiting for its filters; more clips at once, not more threads, are what uses further cores.
const encoderThreads = 2

interface Dependencies {
  /** Looks for faces until the signal ends it; left out where that can't be done. */
  findFaces?: (signal: AbortSignal) => FindFaces
  /** The language of what is said, where the transcript does not name it. */
  guessLanguage?: GuessLanguage
}

/** Cuts the clip of one moment, unless exactly this clip was rendered before. */
export async function handleCut(
  context: StepContext,
  { findFaces, guessLanguage = () => null }: Dependencies = {},
): Promise<void> {
  const { db, media, settings, step, dataFolder } = context
  const recording = await recordingOf(context)
  const moment = await getMoment(db, pinOf(context, 'detectionId'), step.subject)
  const { framing, faces } = reframeOutput.parse(await context.outputOf('reframe', step.subject))
  const { edit, segments, span, look } = await editOfMoment(context, { recording, moment, guessLanguage })
  const sound = await soundStyleOf(settings)
  const { audiogram, brand } = settings
  const style: ClipStyle = {
    ...look,
    ...(audiogram && { audiogram }),
    ...(brand && { brand }),
    ...(sound && { sound }),
  }
  const hook = edit.title ?? moment.hook ?? moment.title
  const { draft, fastPath } = settings
  const key = renderingKey({
    contentHash: recording.contentHash,
    edit,
    framing,
    faces,
    segments,
    style,
    draft,
    video: recording.info.video,
    fastPath,
    title: recording.title,
    hook,
    fontFingerprint: captionFingerprint({
      words: wordsOfClip({ segments, ranges: edit.ranges }),
      style: style.captions,
    }),
    toolFingerprint: media.tools.fingerprint,
    threads: encoderThreads,
  })
  const files = renderingFiles(dataFolder, key)
  const known = await findRendering(db, key)
  const reused = known !== null && (await isWhole(known, files))
  const rendering = reused ? known : await render()

  await context.finish(
    async (tx) => {
      await saveRendering(tx, rendering)
      const clipVersionId = await saveClipVersion(tx, {
        recordingId: recording.id,
        momentId: moment.id,
        span,
        title: edit.title ?? moment.title,
        edit,
        style,
        framing,
        contentHash: contentHash({ edit, style: contentOf(style), framing }),
        by: context.run.createdBy,
      })
      await setRendering(tx, clipVersionId, key)
      return { clipVersionId, renderingKey: key }
    },
    { reused },
  )

  async function render(): Promise<Rendering> {
    const workFolder = await context.workFolder()
    const rendering = readSource(db, recording, async (path) => {
      try {
        return await renderClip({
          media,
          source: { path, info: recording.info },
          edit,
          framing,
          faces,
          segments,
          style,
          draft,
          fastPath,
          threads: encoderThreads,
          workFolder,
          output: files.mp4,
          title: recording.title,
          hook,
          findFaces: findFaces?.(context.signal) ?? null,
          onProgress: (progress) => context.report(progress),
        })
      } finally {
        await checkSameMusic(sound)
      }
    })
    const rendered = await rendering.catch(async (error: unknown) => {
      // It may have been put in place before it came out that it is of another recording.
      await Promise.all(Object.values(files).map((file) => rm(file, { force: true })))
      throw error
    })
    return toRendering(key, rendered)
  }
}

/** Where a brand's files lie makes no other version of a clip. */
function contentOf(style: ClipStyle): unknown {
  return style.brand ? { ...style, brand: contentOfBrand(style.brand) } : style
}

/** Whether all files of a rendering are where they should be, and the clip is byte for byte the one that was checked. */
async function isWhole({ sizeBytes, sha256 }: Rendering, { mp4, jpg, srt, vtt }: RenderingFiles): Promise<boolean> {
  try {
    await Promise.all([jpg, srt, vtt].map((path) => access(path)))
    return (await stat(mp4)).size === sizeBytes && (await sha256OfFile(mp4)) === sha256
  } catch {
    return false
  }
}

async function toRendering(key: string, rendered: RenderedClip): Promise<Rendering> {
  const { path, sizeBytes, duration, width, height, loudness, warnings, quality, opening, fastPath, startsAt } =
    rendered
  return {
    key,
    path: `${renderingPath(key)}.mp4`,
    sha256: await sha256OfFile(path),
    sizeBytes,
    duration,
    width,
    height,
    report: renderingReport.parse({ loudness: loudness.integrated, warnings, quality, opening, fastPath, startsAt }),
  }
}
