import type { ShareBox } from '../../pipeline/reframe/face-detector.ts'

/** What is used of a TensorFlow.js tensor. */
export interface Tensor {
  shape: number[]
  dataSync(): Float32Array
  dispose(): void
}

interface FusedConvolution {
  x: Tensor
  filter: Tensor
  strides: [number, number]
  pad: 'same'
  bias: Tensor
  activation?: 'relu6'
}

/** What is used of TensorFlow.js. */
export interface Tensors {
  tidy<T>(work: () => T): T
  keep(tensor: Tensor): Tensor
  tensor4d(values: Float32Array, shape: [number, number, number, number]): Tensor
  mul(a: Tensor, b: Tensor): Tensor
  sub(a: Tensor, b: Tensor): Tensor
  add(a: Tensor, b: number): Tensor
  rsqrt(a: Tensor): Tensor
  reshape(a: Tensor, shape: number[]): Tensor
  fused: { conv2d(request: FusedConvolution): Tensor; depthwiseConv2d(request: FusedConvolution): Tensor }
}

interface Pointwise {
  filters: Tensor
  batch_norm_offset: Tensor
}

interface Depthwise extends Pointwise {
  batch_norm_scale: Tensor
  batch_norm_mean: Tensor
  batch_norm_variance: Tensor
}

interface Convolution {
  filters: Tensor
  bias: Tensor
}

/** The weights as face-api hands them out (its `NetParams`). */
export interface SsdWeights {
  mobilenetv1: Record<string, Pointwise & { depthwise_conv: Depthwise; pointwise_conv: Pointwise }>
  prediction_layer: Record<string, Pointwise & { box_encoding_predictor: Convolution; class_predictor: Convolution }>
  output_layer: { extra_dim: Tensor }
}

/** Sides of the picture the network was trained for, pixels; boxes and anchors are shares of it. */
export const fullSide = 512
/** Sides of what is looked at are multiples of this: then every cell lies where it lies in the whole picture. */
export const sideStep = 64
/**
 * Maps of cells in which faces are looked for, with their anchors a cell: faces of 50 to 360 of the 512 pixels. The three coarser maps are for larger
 * ones, which a picture that is shown with a margin does not have, and their cells would not fit its part of the whole.
 */
const maps = [
  { cells: 32, anchors: 3 },
  { cells: 16, anchors: 6 },
  { cells: 8, anchors: 6 },
] as const
/** Layers that halve the picture (MobileNet v1, Howard et al., 2017). */
const halving = new Set([2, 4, 6, 12])
const lastBeforeFirstMap = 11
const epsilon = 0.0010000000474974513

export interface SsdFace {
  score: number
  /** In shares of the full side. */
  box: ShareBox
}

/**
 * SSD MobileNet v1 on a part of its picture: its first 512 × 512 pixels from the top left, cut off where only black would follow. All layers are
 * convolutions, so a part gives the same answers as the whole at a price that goes with its area. face-api always computes the whole,
 * and sorts out overlapping boxes by reading all 5118 of them for each pair.
 */
export function ssdNetwork(tf: Tensors, weights: SsdWeights) {
  const layers = Array.from({ length: 13 }, (_, i) => {
    const { depthwise_conv, pointwise_conv } = partOf(weights.mobilenetv1, `conv_${i + 1}`)
    return { depthwise: foldNorm(tf, depthwise_conv), pointwise: pointwise_conv, stride: halving.has(i + 1) ? 2 : 1 }
  })
  const anchors = weights.output_layer.extra_dim.dataSync()
  const { prediction_layer: heads } = weights
  const pointwise = (x: Tensor, { filters, batch_norm_offset }: Pointwise, stride = 1) =>
    tf.fused.conv2d({
      x,
      filter: filters,
      strides: [stride, stride],
      pad: 'same',
      bias: batch_norm_offset,
      activation: 'relu6',
    })

  return {
    /** Faces at least so sure, the surest first; values are −1 to 1, three a pixel, sides multiples of 64 up to 512. */
    look(
      { values, width, height }: { values: Float32Array; width: number; height: number },
      leastScore: number,
    ): SsdFace[] {
      const outputs = tf.tidy(() => {
        let x = pointwise(tf.tensor4d(values, [1, height, width, 3]), partOf(weights.mobilenetv1, 'conv_0'), 2)
        let first = x
        for (const [i, layer] of layers.entries()) {
          const strides: [number, number] = [layer.stride, layer.stride]
          x = tf.fused.depthwiseConv2d({ x, ...layer.depthwise, strides, pad: 'same', activation: 'relu6' })
          x = pointwise(x, layer.pointwise)
          if (i + 1 === lastBeforeFirstMap) first = x
        }
        const third = pointwise(pointwise(x, partOf(heads, 'conv_0')), partOf(heads, 'conv_1'), 2)
        return [first, x, third].map((map, i) => {
          const { box_encoding_predictor, class_predictor } = partOf(heads, `box_predictor_${i}`)
          const [boxes, classes] = [box_encoding_predictor, class_predictor].map(({ filters, bias }) =>
            tf.fused.conv2d({ x: map, filter: filters, strides: [1, 1], pad: 'same', bias }),
          )
          return { boxes, classes }
        })
      })
      const found = outputs.flatMap(({ boxes, classes }, i) => {
        if (!boxes || !classes) return []
        const [, rows = 0, columns = 0] = boxes.shape
        const map = { index: i, rows, columns, boxes: boxes.dataSync(), classes: classes.dataSync() }
        boxes.dispose()
        classes.dispose()
        return decodeMap(map, anchors, leastScore)
      })
      return found.toSorted((a, b) => b.score - a.score)
    },
  }
}

/** Batch normalisation is a scale and an offset a channel, so it can be done to the weights once. */
function foldNorm(tf: Tensors, conv: Depthwise): { filter: Tensor; bias: Tensor } {
  const { filters, batch_norm_scale, batch_norm_offset, batch_norm_mean, batch_norm_variance } = conv
  return tf.tidy(() => {
    const factor = tf.mul(batch_norm_scale, tf.rsqrt(tf.add(batch_norm_variance, epsilon)))
    const channels = filters.shape[2] ?? 0
    return {
      filter: tf.keep(tf.mul(filters, tf.reshape(factor, [1, 1, channels, 1]))),
      bias: tf.keep(tf.sub(batch_norm_offset, tf.mul(batch_norm_mean, factor))),
    }
  })
}

interface MapOutput {
  index: number
  rows: number
  columns: number
  /** Four numbers an anchor, three classes an anchor (nothing, face, unused). */
  boxes: Float32Array
  classes: Float32Array
}

/** Boxes are told as offsets from anchors, centre in tenths and size in fifths (Liu et al., SSD, 2016). */
function decodeMap({ index, rows, columns, boxes, classes }: MapOutput, anchors: Float32Array, leastScore: number) {
  const faces: SsdFace[] = []
  const { cells, anchors: each } = maps[index] ?? maps[0]
  const before = maps.slice(0, index).reduce((sum, map) => sum + map.cells ** 2 * map.anchors, 0)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let k = 0; k < each; k++) {
        const here = (row * columns + column) * each + k
        const score = 1 / (1 + Math.exp(-at(classes, 3 * here + 1)))
        if (score <= leastScore) continue
        const anchor = 4 * (before + (row * cells + column) * each + k)
        const [top, left] = [at(anchors, anchor), at(anchors, anchor + 1)]
        const [high, wide] = [at(anchors, anchor + 2) - top, at(anchors, anchor + 3) - left]
        const y = (at(boxes, 4 * here) / 10) * high + top + high / 2
        const x = (at(boxes, 4 * here + 1) / 10) * wide + left + wide / 2
        const height = Math.exp(at(boxes, 4 * here + 2) / 5) * high
        const width = Math.exp(at(boxes, 4 * here + 3) / 5) * wide
        faces.push({ score, box: { x: x - width / 2, y: y - height / 2, width, height } })
      }
    }
  }
  return faces
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? 0
}

function partOf<T>(parts: Record<string, T>, name: string): T {
  const part = parts[name]
  if (part === undefined) throw new Error(`its weights lack ${name}`)
  return part
}
