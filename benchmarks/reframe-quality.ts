// Run after a change of reframe or of a face detector; about 5 minutes on two cores. CLIPWRIGHT_TEST_MEDIA adds real heads to the drawn ones.

import { faceApiDetector } from '../src/adapters/face-detectors/face-api-detector.ts'
import { modelPath } from '../src/adapters/face-detectors/find-face-detector.ts'
import { yunetDetector } from '../src/adapters/face-detectors/yunet-detector.ts'
import { loadSettings } from '../src/config/load-settings.ts'
import type { Aspect, SceneFraming } from '../src/domain/clip.ts'
import { cropAt } from '../src/domain/crop-at.ts'
import { createMedia } from '../src/media/create-media.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { findExactSceneCuts } from '../src/pipeline/analyze/find-scenes.ts'
import { calm, motionOf } from '../src/pipeline/reframe/camera/plan-camera.ts'
import { frameSpan } from '../src/pipeline/reframe/frame-moment.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { drawnHeads, realHeads } from './support/cut-heads.ts'
import { describeMachine } from './support/describe-machine.ts'
import { type HeadFilm, makeHeadFilms } from './support/make-head-films.ts'

const options = benchOptions({ rounds: 1 })
await using folder = await benchFolder('reframe-quality', options.keep)
const settings = loadSettings()
const media = createMedia({ tools: await findMediaTools(settings) })
const model = modelPath({ model: settings.FACE_MODEL, dataFolder: folder.scratch })
// Not the one that remembers pictures: each film is framed for two shapes, and the second would cost nothing.
const detector = model === null ? faceApiDetector() : yunetDetector(model)
let looks = 0
const counting = {
  ...detector,
  findFaces: (...asked: Parameters<typeof detector.findFaces>) => {
    looks++
    return detector.findFaces(...asked)
  },
}
const aspects: Aspect[] = options.tiny ? ['9:16'] : ['9:16', '1:1']

console.log(await describeMachine())
console.log(`faces by ${detector.name} ${detector.version}`)
const heads = [...(await drawnHeads(media, folder.media)), ...(await realHeads(media, folder.media))]
if (!heads.some(({ isReal }) => isReal)) console.log('CLIPWRIGHT_TEST_MEDIA is not set: drawn heads only')
const films = await makeHeadFilms({ media, heads, folder: folder.media, size: { width: 1280, height: 720 } })

const rows: {
  film: HeadFilm
  aspect: Aspect
  seconds: number
  frames: number
  whole: number
  cropped: number
  jerk: number
  acceleration: number
}[] = []
for (const film of films) {
  for (const aspect of aspects) rows.push(await measure(film, aspect))
}

/** Frames a film and compares, 25 times a second, with where its heads really are. */
async function measure(film: HeadFilm, aspect: Aspect) {
  const { path, duration, speakerAt, speeches } = film
  const info = await media.probe(path)
  const size = info.video ?? { width: 1, height: 1 }
  const range = { start: 0, end: duration }
  const began = performance.now()
  const { framing } = await frameSpan({
    range,
    scenes: [range],
    findCuts: (within) => findExactSceneCuts({ media, path, info, range: within }),
    speeches,
    overrides: [],
    info,
    aspect,
    detector: counting,
    media,
    path,
    signal: new AbortController().signal,
  })
  const seconds = (performance.now() - began) / 1000
  let [frames, whole, cropped] = [0, 0, 0]
  for (let time = 0.02; time < duration; time += 0.04) {
    const face = speakerAt(time)
    const scene = framing.scenes.find(({ start, end }) => time >= start && time < end)
    if (!face || !scene) continue
    frames++
    if (scene.kind !== 'blurred-fit') cropped++
    if (isShown(scene, time, face)) whole++
  }
  const motions = framing.scenes.flatMap((scene) =>
    scene.crop ? [motionOf({ crop: scene.crop, moves: scene.moves ?? [] }, scene)] : [],
  )
  const jerk = Math.max(0, ...motions.map((motion) => motion.jerk))
  const acceleration = Math.max(0, ...motions.map((motion) => motion.acceleration))
  const row = { film, aspect, seconds, frames, whole, cropped, jerk, acceleration }
  const percent = (count: number) => `${((100 * count) / Math.max(1, frames)).toFixed(1)} %`
  console.log(
    [
      `${film.name} ${aspect}`.padEnd(34),
      `face whole ${percent(whole)}`.padEnd(20),
      `by a crop ${percent(cropped)}`.padEnd(20),
      `jerk ${jerk.toFixed(1)}`,
      `${(seconds / duration).toFixed(2)} s a second`,
      [...new Set(framing.scenes.map(({ reason }) => reason))].join(' / '),
    ].join('  '),
  )
  return row

  function isShown(scene: SceneFraming, time: number, face: { x: number; y: number; width: number; height: number }) {
    if (scene.kind === 'blurred-fit') return true
    const boxes = scene.panels ?? [cropAt(scene, time)]
    return boxes.some((box) => {
      if (!box) return false
      const [left, top] = [face.x * size.width, face.y * size.height]
      return (
        left >= box.x - 1 &&
        top >= box.y - 1 &&
        left + face.width * size.width <= box.x + box.width + 1 &&
        top + face.height * size.height <= box.y + box.height + 1
      )
    })
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const sumOf = (list: typeof rows) => {
  const frames = sum(list.map((row) => row.frames))
  const whole = (100 * sum(list.map((row) => row.whole))) / frames
  const cropped = (100 * sum(list.map((row) => row.cropped))) / frames
  return `${whole.toFixed(2)} % of ${frames} frames show the speaker's face whole (target ≥ 98 %), ${cropped.toFixed(1)} % by a crop`
}
console.log(`\nall: ${sumOf(rows)}`)
const real = rows.filter(({ film }) => film.isReal)
if (real.length > 0) console.log(`real heads: ${sumOf(real)}`)
const [jerk, acceleration] = [
  Math.max(...rows.map((row) => row.jerk)),
  Math.max(...rows.map((row) => row.acceleration)),
]
console.log(
  `camera: jerk at most ${jerk.toFixed(1)} (bound ${calm.jerk}), acceleration ${acceleration.toFixed(2)} (bound ${calm.acceleration}) widths of the crop a second³ and a second²`,
)
console.log(
  `face work: ${(sum(rows.map((row) => row.seconds)) / sum(rows.map(({ film }) => film.duration))).toFixed(2)} s a second of clip, wall`,
)
const { peakMemory, cpuSeconds } = detector.process
const clipSeconds = sum(rows.map(({ film }) => film.duration))
console.log(
  `face model: ${(cpuSeconds / clipSeconds).toFixed(3)} s of a core a second of clip; ${(looks / clipSeconds).toFixed(2)} looks a second, ${Math.round((1000 * cpuSeconds) / looks)} ms each`,
)
console.log(
  `memory: ${Math.round(peakMemory / 1e6)} MB the detector's process, ${Math.round(process.memoryUsage.rss() / 1e6)} MB this one`,
)
