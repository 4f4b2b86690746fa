import type { CropBox, SceneFraming } from '../../../domain/clip.ts'

/** Heads are in the upper part of a picture: what is enlarged stays nearer to its top. Share of the height. */
const middle = 0.4

/** A scene shown larger; one that shows the whole picture stays as it is, its borders would show the trick. */
export function zoomScene(scene: SceneFraming, zoom: number): SceneFraming {
  const { crop, panels, moves } = scene
  if (scene.kind === 'crop' && crop) {
    const box = zoomBox(crop, zoom)
    const [right, down] = [box.x - crop.x, box.y - crop.y]
    return {
      ...scene,
      crop: box,
      ...(moves && { moves: moves.map((move) => ({ ...move, x: move.x + right, y: move.y + down })) }),
    }
  }
  if (scene.kind === 'split' && panels) return { ...scene, panels: panels.map((panel) => zoomBox(panel, zoom)) }
  return scene
}

/** A box inside the box, of its shape, in even pixels. */
function zoomBox({ x, y, width, height }: CropBox, zoom: number): CropBox {
  const [w, h] = [Math.max(2, even(width / zoom)), Math.max(2, even(height / zoom))]
  return { x: x + even((width - w) / 2), y: y + even((height - h) * middle), width: w, height: h }
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}
