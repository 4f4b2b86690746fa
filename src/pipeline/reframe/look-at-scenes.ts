import type { TimeRange } from '../../domain/time-range.ts'
import { appearanceOf } from './appearance.ts'
import type { FaceDetector } from './face-detector.ts'
import { createPictureMeasurer, type PictureMeasures } from './measure-picture.ts'
import { type Sample, sampleRate } from './sample-pictures.ts'
import { createFaceTracker, type FaceTrack } from './track-faces.ts'

/** What was seen in one scene. */
export interface SceneSight {
  /** Seconds of the recording. */
  scene: TimeRange
  faces: FaceTrack[]
  picture: PictureMeasures
}

/** Samples between two looks: the detector is what costs, and a face is followed well for a second. */
const samplesPerLook = sampleRate

interface LookRequest {
  /** In order, without gaps. */
  scenes: readonly TimeRange[]
  samples: AsyncIterable<Sample>
  /** Null where faces are not to be looked for. */
  detector: FaceDetector | null
  signal: AbortSignal
  onSample?: ((time: number) => void) | undefined
}

/** Looks at a span sample by sample; only those since the last look are kept. Answers with one sight a scene. */
export async function lookAtScenes(request: LookRequest): Promise<SceneSight[]> {
  const { scenes, samples, signal, onSample } = request
  const sights: SceneSight[] = []
  let open = openScene(scenes[0])
  const close = async () => {
    if (!open) return
    await lookAtLast(open, request)
    sights.push({ scene: open.scene, faces: open.tracker.tracks(), picture: open.measurer.measures() })
  }
  for await (const sample of samples) {
    signal.throwIfAborted()
    onSample?.(sample.time)
    while (open && sample.time >= open.scene.end && sights.length < scenes.length - 1) {
      await close()
      open = openScene(scenes[sights.length])
    }
    if (open && sample.time >= open.scene.start - 1e-3) await take(open, sample, request)
  }
  while (open && sights.length < scenes.length) {
    await close()
    open = openScene(scenes[sights.length])
  }
  return sights
}

interface OpenScene {
  scene: TimeRange
  tracker: ReturnType<typeof createFaceTracker>
  measurer: ReturnType<typeof createPictureMeasurer>
  /** Since the last look. */
  waiting: Sample[]
  looks: number
}

function openScene(scene: TimeRange | undefined): OpenScene | null {
  return (
    (scene && { scene, tracker: createFaceTracker(), measurer: createPictureMeasurer(), waiting: [], looks: 0 }) ?? null
  )
}

async function take(open: OpenScene, sample: Sample, request: LookRequest): Promise<void> {
  open.waiting.push(sample)
  if (open.looks === 0 || open.waiting.length >= samplesPerLook) await lookAtLast(open, request)
}

/** Looks at the newest sample, unless it was looked at already. */
async function lookAtLast(open: OpenScene, { detector, signal }: LookRequest): Promise<void> {
  const sample = open.waiting.pop()
  if (!sample) return
  open.measurer.add(sample)
  open.looks++
  if (detector) {
    const picture = sample.rgb()
    const found = await detector.findFaces(picture, { signal })
    const faces = found.map((face) => ({ ...face, colours: appearanceOf(picture, face.box) }))
    open.tracker.look({ sample, faces }, open.waiting)
  }
  open.waiting = []
}
