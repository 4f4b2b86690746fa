import type { Aspect, SceneFraming } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'

export interface FrameSceneRequest {
  /** One scene, without a cut inside; seconds of the recording. */
  scene: TimeRange
  info: MediaInfo
  aspect: Aspect
  media: Media
  /** The recording. */
  path: string
  signal: AbortSignal
}

/**
 * Decides where the camera looks during one scene. Promises:
 * - the answer has the scene's own start and end, and a box (if any) of even numbers that lies inside the displayed picture;
 * - repeatable: the same recording, scene and aspect give the same answer, so it may be remembered under `name` and `version`;
 * - `version` changes whenever an answer could change;
 * - a recording without a picture gets a `card`; a scene that nothing can be seen in gets `blurred-fit`, never an error;
 * - reads the recording only, writes nothing, and stops within a second when `signal` says so.
 */
export interface SceneFramer {
  readonly name: string
  readonly version: string
  frameScene(request: FrameSceneRequest): Promise<SceneFraming>
}
