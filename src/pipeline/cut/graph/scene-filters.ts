import type { CropBox, SceneFraming } from '../../../domain/clip.ts'
import { splitPanels } from '../../../domain/split-panels.ts'
import { movingCrop } from './moving-crop.ts'

interface Size {
  width: number
  height: number
}

interface SceneRequest {
  scene: SceneFraming
  /** The recording's picture as displayed, pixels. */
  source: Size
  /** The clip's picture, pixels. */
  output: Size
  /** Names the inner pads; unique in the graph. */
  name: string
  /** What is time 0 for these filters, seconds of the recording: a camera that moves needs to know. */
  startsAt: number
}

/** A little above the middle: captions of a tall clip then stand below the picture instead of on its edge. */
const shareAbove = 0.42
/** The background is blurred at this fraction of the size: an eighth costs almost nothing and hides every detail. */
const blurScale = 8
/** Luma of the background: 60 % of the light above black, so that the picture and the captions stand out. */
const darken = "lutyuv=y='16+(val-16)*0.6'"

/**
 * The filters that turn the displayed source picture into the clip's picture for one scene, as one chain with one input
 * and one output. Every chain ends in the same size, pixel shape and format, so that scenes can be joined.
 */
export function sceneFilters(request: SceneRequest): string {
  const { scene, output, startsAt } = request
  const { kind, crop, moves = [], panels = [] } = scene
  if (kind === 'crop' && crop) {
    const cut = moves.length > 0 ? movingCrop({ ...scene, crop }, startsAt) : cropFilter(crop)
    return `${cut},${scaleTo(output)}`
  }
  if (kind === 'split' && panels.length === 2) return split(panels, request)
  return blurredFit(request)
}

/** Two boxes, each filling its half of the clip. */
function split(boxes: readonly CropBox[], { output, name }: SceneRequest): string {
  const stacked = output.height > output.width
  const halves = splitPanels(output).map((panel, i) => {
    const box = boxes[i]
    return `[${name}in${i}]${box ? `${cropFilter(box)},` : ''}${scaleTo(panel)}[${name}half${i}]`
  })
  return [
    `split=2[${name}in0][${name}in1]`,
    ...halves,
    `[${name}half0][${name}half1]${stacked ? 'vstack' : 'hstack'}=inputs=2,setsar=1,format=yuv420p`,
  ].join(';')
}

function blurredFit({ scene, source: whole, output, name }: SceneRequest): string {
  const source = scene.crop ?? whole
  const front = frontOf(source, output)
  const back = { width: even(output.width / blurScale), height: even(output.height / blurScale) }
  const cover = coverBox(source, output)
  return [
    `${scene.crop ? `${cropFilter(scene.crop)},` : ''}split=2[${name}back][${name}front]`,
    `[${name}back]${cover ? `${cropFilter(cover)},` : ''}scale=${back.width}:${back.height}:flags=area,` +
      `${blur(back)},${darken},${scaleTo(output)}[${name}blurred]`,
    `[${name}front]${scaleTo(front)}[${name}whole]`,
    `[${name}blurred][${name}whole]overlay=x=${front.x}:y=${front.y}:eof_action=endall,format=yuv420p`,
  ].join(';')
}

/** Where a picture lies in a clip that shows it over its blurred copy, pixels of the clip. */
export function frontOf(source: Size, output: Size): CropBox {
  const front = fitInside(source, output)
  return { x: even((output.width - front.width) / 2), y: even((output.height - front.height) * shareAbove), ...front }
}

/** Three box blurs are as good as a Gaussian one. The radius may not be more than half of the (halved) colour picture. */
function blur({ width, height }: Size): string {
  const most = Math.floor(Math.min(width, height) / 4)
  return `boxblur=lr=${Math.min(5, most)}:lp=3:cr=${Math.min(3, most)}:cp=3`
}

function cropFilter({ x, y, width, height }: CropBox): string {
  return `crop=${width}:${height}:${x}:${y}`
}

function scaleTo({ width, height }: Size): string {
  return `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`
}

/** The source's shape, as large as fits, in even pixels. */
function fitInside(source: Size, output: Size): Size {
  const factor = Math.min(output.width / source.width, output.height / source.height)
  const side = (length: number, most: number) => Math.min(most, Math.max(2, Math.round((length * factor) / 2) * 2))
  return { width: side(source.width, output.width), height: side(source.height, output.height) }
}

/** The middle of the source in the output's shape; null when the source is too small to cut a box out. */
function coverBox(source: Size, output: Size): CropBox | null {
  const ratio = output.width / output.height
  const width = even(Math.min(source.width, source.height * ratio))
  const height = even(Math.min(source.height, source.width / ratio))
  if (width < 2 || height < 2) return null
  return { x: even((source.width - width) / 2), y: even((source.height - height) / 2), width, height }
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}
