import type { MediaInfo } from '../../domain/media-info.ts'
import type { Analysis } from '../../domain/observation.ts'
import type { Media } from '../../media/create-media.ts'
import { findSceneCuts } from './find-scenes.ts'
import { measureLoudness } from './measure-loudness.ts'
import { scenesBetween } from './scenes-between.ts'

export interface AnalyzeMedia {
  path: string
  info: MediaInfo
  media: Media
  /** Share done, 0 to 1, never going back. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** What picture and sound show, each read once, side by side; when one fails, the other is ended. */
export async function analyzeMedia({ path, info, media, onProgress }: AnalyzeMedia): Promise<Analysis> {
  const failed = new AbortController()
  const both = { path, info, media: media.withSignal(failed.signal) }
  const progress = joinProgress(onProgress)
  const looking = findSceneCuts({ ...both, onProgress: info.video ? progress() : undefined })
  const listening = measureLoudness({ ...both, onProgress: info.audio.length > 0 ? progress() : undefined })
  try {
    const [picture, sound] = await Promise.all([looking, listening])
    return {
      scenes: info.video ? scenesBetween(picture.cuts, info.duration) : [],
      loudness: sound.loudness,
      silences: sound.silences,
      warnings: [...picture.warnings, ...sound.warnings],
    }
  } catch (error) {
    failed.abort()
    // Both processes are gone before this step is.
    await Promise.allSettled([looking, listening])
    throw error
  }
}

/** Makes one share of several that run side by side. */
function joinProgress(onProgress: ((fraction: number) => void) | undefined): () => (fraction: number) => void {
  const fractions: number[] = []
  return () => {
    const mine = fractions.push(0) - 1
    return (fraction) => {
      fractions[mine] = Math.max(fractions[mine] ?? 0, fraction)
      onProgress?.(fractions.reduce((sum, each) => sum + each, 0) / fractions.length)
    }
  }
}
