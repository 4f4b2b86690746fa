import { type Aspect, type CropBox, frameSizes, type SceneFraming } from '../../../domain/clip.ts'
import { splitPanels } from '../../../domain/split-panels.ts'
import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { PlaceOverride, SceneOverride } from '../../framing-overrides.ts'
import { largestBox, type Size } from './fit-box.ts'

interface Overriding {
  /** In order of time; they do not overlap. */
  overrides: readonly SceneOverride[]
  aspect: Aspect
  /** The picture as displayed, pixels. */
  size: Size
}

/** What is left of a scene that is shorter than this belongs to its neighbour. Seconds. */
const shortest = 0.04
/** Seconds of a glide that a person asks for without saying how long. */
const glideSeconds = 1.6

/** The same span with what a person decided in place of what was found. Scenes stay in order and without gaps. */
export function applyOverrides(
  scenes: readonly SceneFraming[],
  { overrides, aspect, size }: Overriding,
): SceneFraming[] {
  return overrides.reduce(
    (framed: SceneFraming[], override) => {
      const [start, end] = [framed[0]?.start ?? 0, framed.at(-1)?.end ?? 0]
      const range = { start: roundToMs(Math.max(start, override.start)), end: roundToMs(Math.min(end, override.end)) }
      if (range.end - range.start < shortest) return framed
      const before = framed.flatMap((scene) => cutTo(scene, { start, end: range.start }))
      const after = framed.flatMap((scene) => cutTo(scene, { start: range.end, end }))
      return closeGaps([...before, frameByHand(range, { override, aspect, size }), ...after], { start, end })
    },
    [...scenes],
  )
}

function cutTo(scene: SceneFraming, range: TimeRange): SceneFraming[] {
  const [start, end] = [Math.max(scene.start, range.start), Math.min(scene.end, range.end)]
  return end - start < shortest ? [] : [{ ...scene, start, end }]
}

function closeGaps(scenes: SceneFraming[], { start, end }: TimeRange): SceneFraming[] {
  return scenes.map((scene, i) => ({
    ...scene,
    start: i === 0 ? start : scene.start,
    end: scenes[i + 1]?.start ?? end,
  }))
}

function frameByHand(
  range: TimeRange,
  { override, aspect, size }: { override: SceneOverride; aspect: Aspect; size: Size },
): SceneFraming {
  const reason = override.note ?? 'Framed by hand.'
  const box = largestBox(size, aspect)
  if (override.look === 'fit' || !box) return { ...range, kind: 'blurred-fit', crop: null, by: 'hand', reason }
  if (override.look === 'split') {
    const layout = splitPanels(frameSizes[aspect])
    const panels = layout.map((panel, i) => {
      const place = override.panels[i] ?? override.panels[0]
      return boxAt(place ?? { x: 0.5, y: 0.5 }, { most: largestOf(panel, size), size })
    })
    return { ...range, kind: 'split', crop: null, panels, by: 'hand', reason }
  }
  const crop = boxAt(override, { most: box, size })
  const moves = (override.moves ?? []).map(({ time, x, y, seconds = glideSeconds }) => {
    const there = boxAt({ x, y: y ?? override.y, zoom: override.zoom }, { most: box, size })
    return { time: roundToMs(time), seconds, x: there.x, y: there.y }
  })
  return { ...range, kind: 'crop', crop, ...(moves.length > 0 && { moves }), by: 'hand', reason }
}

/** The largest box of a panel's shape that fits into the picture. */
function largestOf(panel: Size, size: Size): Size {
  const factor = Math.min(size.width / panel.width, size.height / panel.height)
  return { width: even(panel.width * factor), height: even(panel.height * factor) }
}

/** A box around a place, held inside the picture, in even pixels. */
function boxAt({ x, y = 0.5, zoom = 1 }: PlaceOverride, { most, size }: { most: Size; size: Size }): CropBox {
  const width = Math.max(2, even(most.width / zoom))
  const height = Math.max(2, even(most.height / zoom))
  return {
    x: Math.max(0, Math.min(even(size.width - width), even(x * size.width - width / 2))),
    y: Math.max(0, Math.min(even(size.height - height), even(y * size.height - height / 2))),
    width,
    height,
  }
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}
